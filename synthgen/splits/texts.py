"""The texts that rows are compared by: what the user says, what the assistant says, and both as they took turns."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable

from synthgen.dedup.spool import Spool
from synthgen.records import Turn
from synthgen.text import normalize

PARTS = ("query", "reply", "whole")
_MARKS = {"user": "u", "assistant": "a"}

# The text of each part, normalized; "" for none.
Texts = tuple[str, str, str]


def marked_turns(turns: Iterable[Turn]) -> list[str]:
    """Return the normalized turns of both sides that say anything, each with a mark of its side before it."""
    texts = ((_MARKS[turn.role], normalize(turn.content)) for turn in turns if turn.role in _MARKS)
    return [mark + text for mark, text in texts if text]


def texts_of(marked: Iterable[str]) -> Texts:
    """Return the texts of marked turns. The whole is "" where one side says all that there is."""
    marked = list(marked)
    query, reply = (" ".join(turn[1:] for turn in marked if turn[0] == mark) for mark in _MARKS.values())
    return query, reply, " ".join(turn[1:] for turn in marked) if query and reply else ""


class Dialogues(contextlib.AbstractContextManager["Dialogues"]):
    """The texts of rows by number, from 0, on disk."""

    def __init__(self) -> None:
        self._spool = Spool()

    def __exit__(self, *_: object) -> None:
        self._spool.close()

    def add(self, turns: Iterable[Turn]) -> Texts:
        """Take the next row, and return its texts. Raises DiskError."""
        marked = marked_turns(turns)
        # A normalized text holds no line end.
        self._spool.append("\n".join(marked))
        return texts_of(marked)

    def text(self, part: int, number: int) -> str:
        """Return a text of a row. Raises DiskError."""
        turns = self._spool.read(number).split("\n")
        if part == len(_MARKS):
            return " ".join(turn[1:] for turn in turns)
        mark = tuple(_MARKS.values())[part]
        return " ".join(turn[1:] for turn in turns if turn[:1] == mark)
