"""What a row is called."""

from __future__ import annotations

from typing import Any

import pytest

from synthgen.formats.records import own_id


@pytest.mark.parametrize(("own", "name"), [(0, "0"), ("0", "0"), (" q 7 ", "q 7"), (12, "12"), (False, "False")])
def test_a_row_is_called_by_its_id(own: Any, name: str) -> None:
    assert own_id({"id": own}, 3) == own_id({"id": own}) == name


@pytest.mark.parametrize("row", [{}, {"id": None}, {"id": ""}, {"id": " \t"}, {"id": float("nan")}])
def test_a_row_without_one_is_called_by_its_number(row: dict[str, Any]) -> None:
    assert own_id(row, 3) == "3"
    assert own_id(row, 0) == "0"
    assert own_id(row) == ""
