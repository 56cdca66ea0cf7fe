"""What columns hold, told by rows."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from synthgen.card.kinds import columns_in, columns_of


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (["a"], "text"),
        ([1, 2], "integer"),
        ([1, 2.5], "number"),
        ([True, False], "boolean"),
        ([True, 1], "text"),
        (["a", 1], "text"),
        ([None, 3], "integer"),
        ([None, None], "text"),
        ([[], [1]], ["integer"]),
        ([[]], ["text"]),
        ([["a"], "a"], "text"),
        ([[["a", "b"]], []], [["text"]]),
        ([{}], "text"),
        ([{"a": 1}, {"b": None}, None], {"a": "integer", "b": "text"}),
        ([[{"role": "user", "n": 1}], [{"role": None, "n": 0.5}]], [{"role": "text", "n": "number"}]),
    ],
)
def test_a_column_holds_what_all_its_values_are(values: list[Any], kind: Any) -> None:
    assert columns_of({"column": value} for value in values) == {"column": kind}


def test_columns_come_in_the_order_in_which_rows_bring_them() -> None:
    assert list(columns_of([{"b": 1, "a": 2}, {"c": 3, "a": None}])) == ["b", "a", "c"]
    assert columns_of([]) == {}


def test_a_file_is_read_as_its_name_tells(tmp_path: Any) -> None:
    path = tmp_path / "rows.csv"
    path.write_text("id,turns\nx,2\n", encoding="utf-8")
    assert columns_in(path) == {"id": "text", "turns": "text"}


def test_a_parquet_file_is_told_by_its_schema_though_no_row_has_a_value(tmp_path: Any) -> None:
    scores = pa.list_(pa.struct([("metric", pa.string()), ("points", pa.float64()), ("sure", pa.bool_())]))
    schema = pa.schema([("id", pa.string()), ("turns", pa.int32()), ("scores", scores), ("at", pa.timestamp("s"))])
    rows = [{"id": "x", "turns": None, "scores": [], "at": None}]
    pq.write_table(pa.Table.from_pylist(rows, schema), tmp_path / "rows.parquet")
    assert columns_in(tmp_path / "rows.parquet") == {
        "id": "text",
        "turns": "integer",
        "scores": [{"metric": "text", "points": "number", "sure": "boolean"}],
        "at": "text",
    }
