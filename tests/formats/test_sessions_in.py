"""Files of sessions that are no list: an object that holds them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from synthgen.formats.psy_insight import sessions_in

SESSIONS = json.loads((Path(__file__).parent / "psy_insight_sessions.json").read_text(encoding="utf-8"))
UNNAMED = {key: value for key, value in SESSIONS[0].items() if key != "dialog_id"}


def test_sessions_by_their_ids_are_rows() -> None:
    assert sessions_in({"7": UNNAMED, "b": SESSIONS[1]}) == [{"dialog_id": "7", **UNNAMED}, SESSIONS[1]]


def test_sessions_in_parts_are_rows() -> None:
    assert sessions_in({"train": SESSIONS[:2], "test": SESSIONS[3:]}) == [*SESSIONS[:2], *SESSIONS[3:]]


@pytest.mark.parametrize("row", [*SESSIONS, {"messages": SESSIONS[0]["dialog"]}, {}, {"0": {}}, {"0": "x"}, {"a": []}])
def test_a_row_is_no_object_of_sessions(row: dict[str, Any]) -> None:
    assert sessions_in(row) is None
