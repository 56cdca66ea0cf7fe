"""A row as exports see it: its turns, what it is about, and all else that it had."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from synthgen.formats.records import own_id
from synthgen.formats.shapes import dialogue_of, language_of
from synthgen.records import Turn


@dataclass(frozen=True, slots=True)
class Example:
    """One dialogue to train on. `turns` may begin with the system's; `row` is what it was read from, unchanged."""

    id: str
    topic: str
    language: str
    turns: tuple[Turn, ...]
    row: Mapping[str, Any]


def example_of(row: Mapping[str, Any], number: int, languages: Collection[str] = ()) -> Example | None:
    """Return a row as an example, None where it has no dialogue of a known shape.

    `number` is the row's place in its source, from 1: the id of a row that has none. Where it does not say its language
    it is told among these `languages`.
    """
    turns = dialogue_of(row)
    if not turns:
        return None
    return Example(own_id(row, number), str(row.get("topic") or ""), language_of(row, turns, languages), turns, row)
