"""Changes told in one line."""

from __future__ import annotations

import pytest

from synthgen.engine.changes import told_changes


@pytest.mark.parametrize(
    ("before", "now", "told"),
    [
        ({"a": 1}, {"a": 1}, ""),
        ({"a": {"b": [1, 2]}}, {"a": {"b": [1, 3]}}, "a.b[1]: 2 is now 3"),
        ({"a": [1]}, {"a": [1, 2]}, "a: [1] is now [1, 2]"),
        ({"a": 1}, {"b": "x"}, "a: 1 is now unset; b: unset is now 'x'"),
        ({"a": {"b": 1}}, {"a": None}, "a: {'b': 1} is now unset"),
        ({"a": "x" * 90}, {"a": ""}, f"a: '{'x' * 38}… is now ''"),
    ],
)
def test_changes_are_told_by_key_path(before: object, now: object, told: str) -> None:
    assert told_changes(before, now) == told


def test_only_the_first_changes_are_told() -> None:
    told = told_changes({"a": list(range(9))}, {"a": list(range(1, 10))})
    assert told.startswith("a[0]: 0 is now 1; ")
    assert told.endswith("a[4]: 4 is now 5; and 4 more")
