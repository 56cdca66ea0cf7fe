"""The texts that rows are compared by: what the user says, what the assistant says, and both as they took turns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from synthgen.formats.fields import text_at
from synthgen.formats.shapes import dialogue_of
from synthgen.records import Turn
from synthgen.text import normalize

PARTS = ("query", "reply", "whole")
MARKS = {"user": "u", "assistant": "a"}

# The text of each part, normalized; "" for none. Rows that are compared by fields have one part.
Texts = tuple[str, ...]


def marked_turns(turns: Iterable[Turn]) -> list[str]:
    """Return the normalized turns of both sides that say anything, each with a mark of its side before it."""
    texts = ((MARKS[turn.role], normalize(turn.content)) for turn in turns if turn.role in MARKS)
    return [mark + text for mark, text in texts if text]


def texts_of(marked: Iterable[str]) -> Texts:
    """Return the texts of marked turns. The whole is "" where one side says all that there is."""
    marked = list(marked)
    query, reply = (" ".join(turn[1:] for turn in marked if turn[0] == mark) for mark in MARKS.values())
    return query, reply, " ".join(turn[1:] for turn in marked) if query and reply else ""


def fields_text(row: Mapping[str, Any], fields: Sequence[str]) -> str:
    """Return what stands in the fields of a row, a line for each that has a text."""
    return "\n".join(filter(None, (text_at(row, path).strip() for path in fields)))


def texts_in(row: Mapping[str, Any], fields: Sequence[str] = ()) -> Texts:
    """Return the texts of a row: of its fields together where some are named, of its dialogue if it has one."""
    return (normalize(fields_text(row, fields)),) if fields else texts_of(marked_turns(dialogue_of(row) or ()))
