"""Rows that have a turn or a beginning in common: parts of one dialogue, or a pair that stands in a longer one."""

from __future__ import annotations

import contextlib
from array import array
from collections.abc import Iterator, Sequence

from synthgen.dedup.columns import Columns
from synthgen.dedup.groups import Groups
from synthgen.dedup.ngrams import SHORTEST, words_in
from synthgen.splits.ties import key_of, mark_of, tied

TURN, BEGINNING = "same turn", "same beginning"
# A turn in more rows than these is a stock phrase, such as a greeting: a dialogue that is told in windows has one turn
# in as many rows as a window has rounds, and a pair that was put into other dialogues stands in few of them. A row that
# more others begin with is a stock opening: no dialogue that is told round by round has so many rounds.
_MOST = {TURN: 20, BEGINNING: 200}
# Of few rows fewer are many: this share of them, and not fewer than the least.
_SHARES = {TURN: 0.1, BEGINNING: 0.5}
_LEAST = 5
# The marks are put in order a sixteenth at a time, so that memory holds a sixteenth.
_TABLES = 16
_LOW = (1 << 32) - 1


class TurnTies(contextlib.AbstractContextManager["TurnTies"]):
    """What rows say turn by turn, as marks on disk: two for each turn, 12 bytes each.

    Turns are tied that say enough to be recognised, whichever side says them. A row whose whole dialogue another one
    begins with is tied to that.
    """

    def __init__(self) -> None:
        self._rows = 0
        # How many turns and beginnings were in too many rows to say anything, once all are joined.
        self.common = dict.fromkeys(_MOST, 0)
        with contextlib.ExitStack() as stack:
            self._tables = {kind: [stack.enter_context(Columns(3)) for _ in range(_TABLES)] for kind in _MOST}
            self._open = stack.pop_all()

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def add(self, number: int, marked: Sequence[str]) -> None:
        """Take the marked turns of the next row. Raises DiskError."""
        self._rows += 1
        long = False
        turns, begun = set(), 0
        for at, turn in enumerate(marked, 1):
            begun = mark_of(f"{begun:x}", turn)
            if words_in(turn[1:]) >= SHORTEST:
                long = True
                turns.add(mark_of(turn[1:]))
            if long:
                self._put(BEGINNING, number, begun, follows=at < len(marked))
        for mark in turns:
            self._put(TURN, number, mark, follows=False)

    def join(self, groups: Groups) -> dict[str, int]:
        """Join the groups of rows that are tied; return how many joins each kind made. Raises DiskError."""
        joins = dict.fromkeys(_MOST, 0)
        for kind, tables in self._tables.items():
            most = min(_MOST[kind], max(_LEAST, int(self._rows * _SHARES[kind])))
            for table in tables:
                for first, *others in tied(_keys(table)):
                    if len(others) >= most:
                        self.common[kind] += 1
                    else:
                        joins[kind] += sum(groups.join(first, number) for number in others)
        return joins

    def _put(self, kind: str, number: int, mark: int, *, follows: bool) -> None:
        key = key_of(number, mark, follows)
        self._tables[kind][mark % _TABLES].append(array("I", (key >> 64, key >> 32 & _LOW, number)), b"")


def _keys(table: Columns) -> list[int]:
    columns: Iterator[array[int]] = map(table.column, range(3))
    return sorted(high << 64 | low << 32 | number for high, low, number in zip(*columns, strict=True))
