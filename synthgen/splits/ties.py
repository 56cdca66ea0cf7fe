"""Rows that have something in common that is told by a mark: the same mark, the same group."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from itertools import compress, islice
from operator import eq

from synthgen.dedup.groups import Groups

_NUMBER = (1 << 32) - 1


def mark_of(*parts: str) -> int:
    """Return a mark of 63 bits; that two of a million differing marks are the same is expected once in 10^7 times."""
    said = "\x1f".join(parts).encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(said, digest_size=8).digest(), "big") >> 1


def key_of(number: int, mark: int, follows: bool) -> int:
    """Return a row and its mark as one number: rows with one mark come one after another, the outright ones first."""
    return (mark << 1 | follows) << 32 | number


def tied(keys: Sequence[int]) -> Iterator[list[int]]:
    """Yield the rows of each mark that several have, out of sorted keys; none where none has it outright."""
    marks = array("Q", (key >> 33 for key in keys))
    first = last = -1
    for at in compress(range(1, len(keys)), map(eq, marks, islice(marks, 1, None))):
        if at != last + 1:
            if first >= 0:
                yield from _rows(keys, first, last)
            first = at - 1
        last = at
    if first >= 0:
        yield from _rows(keys, first, last)


def _rows(keys: Sequence[int], first: int, last: int) -> Iterator[list[int]]:
    if not keys[first] >> 32 & 1:
        yield [key & _NUMBER for key in keys[first : last + 1]]


class Ties:
    """The marks of rows, 12 bytes each."""

    def __init__(self) -> None:
        self._marks = array("Q")
        self._numbers = array("I")

    def __len__(self) -> int:
        return len(self._marks)

    def add(self, number: int, mark: int, *, follows: bool = False) -> None:
        """Mark a row. One that `follows` belongs to rows which have the mark outright, and not to others like it."""
        self._marks.append(mark << 1 | follows)
        self._numbers.append(number)

    def join(self, groups: Groups) -> int:
        """Join the groups of rows with one mark; return how many joins there were."""
        return sum(groups.join(first, number) for first, number in self.pairs())

    def pairs(self) -> Iterator[tuple[int, int]]:
        """Yield each number that shares its mark, with the first that has it."""
        keys = sorted(mark << 32 | number for mark, number in zip(self._marks, self._numbers, strict=True))
        for first, *others in tied(keys):
            for number in others:
                yield first, number
