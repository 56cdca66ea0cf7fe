"""What stands in a row under a dotted path such as `messages.0.content`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

# Enough to see how a file's rows are made; a long dialogue would name each of its turns.
_MOST_ITEMS = 2


def value_at(row: Mapping[str, Any], path: str) -> Any:
    """Return the value at a path, or None. A key that holds dots itself is found as well; lists count from 0."""
    if path in row:
        return row[path]
    value: Any = row
    for step in path.split("."):
        if isinstance(value, Mapping):
            value = value.get(step)
        elif isinstance(value, list | tuple) and step.isdecimal() and int(step) < len(value):
            value = value[int(step)]
        else:
            return None
    return value


def text_at(row: Mapping[str, Any], path: str) -> str:
    """Return the value at a path as text: "" for nothing, JSON for what is neither text nor nothing."""
    value = value_at(row, path)
    if value is None or isinstance(value, str):
        return value or ""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)


def number_at(row: Mapping[str, Any], path: str) -> float | None:
    """Return the value at a path as a number, also when it is written as text; None when it is none."""
    value = value_at(row, path)
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return None if number != number else number


def paths_in(value: Any, before: str = "") -> Iterator[str]:
    """Yield the paths of a row that lead to a value."""
    if isinstance(value, Mapping):
        for key, below in value.items():
            yield from paths_in(below, f"{before}.{key}" if before else str(key))
    elif isinstance(value, list | tuple) and value:
        for at, below in enumerate(value[:_MOST_ITEMS]):
            yield from paths_in(below, f"{before}.{at}")
    else:
        yield before
