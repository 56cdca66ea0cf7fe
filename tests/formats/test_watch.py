"""Who is told how far long work has come."""

from __future__ import annotations

from synthgen.formats.watch import unwatched, watched


def test_rows_come_as_they_are_and_each_is_told() -> None:
    told: list[tuple[str, int, int]] = []
    rows = watched(iter("abc"), lambda *now: told.append(now), "Reading rows", 3)
    assert next(rows) == "a"
    assert told == [("Reading rows", 1, 3)]
    assert list(rows) == ["b", "c"]
    assert told == [("Reading rows", number, 3) for number in (1, 2, 3)]
    assert list(watched("abc", unwatched, "Reading rows")) == ["a", "b", "c"]
