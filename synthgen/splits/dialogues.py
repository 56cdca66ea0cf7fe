"""The texts of rows that are to be compared, on disk."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable

from synthgen.dedup.spool import Spool
from synthgen.dedup.texts import MARKS


class Dialogues(contextlib.AbstractContextManager["Dialogues"]):
    """The marked turns of rows by number, from 0, on disk."""

    def __init__(self) -> None:
        self._spool = Spool()

    def __exit__(self, *_: object) -> None:
        self._spool.close()

    def add(self, marked: Iterable[str]) -> None:
        """Take the turns of the next row. Raises DiskError."""
        # A normalized text holds no line end.
        self._spool.append("\n".join(marked))

    def text(self, part: int, number: int) -> str:
        """Return a text of a row, by its place in `PARTS`. Raises DiskError."""
        turns = self._spool.read(number).split("\n")
        if part == len(MARKS):
            return " ".join(turn[1:] for turn in turns)
        mark = tuple(MARKS.values())[part]
        return " ".join(turn[1:] for turn in turns if turn[:1] == mark)
