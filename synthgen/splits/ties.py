"""Rows that have something in common that is told by a mark: the same mark, the same group."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from hashlib import blake2b
from itertools import compress, islice
from operator import eq

from synthgen.dedup.groups import Groups

_NUMBER = (1 << 32) - 1


def mark_of(*parts: str) -> int:
    """Return a mark of 63 bits; that two of a million differing marks are the same is expected once in 10^7 times."""
    said = "\x1f".join(parts).encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(said, digest_size=8).digest(), "big") >> 1


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
        marks = array("Q", (key >> 33 for key in keys))
        first = last = -1
        for at in compress(range(1, len(keys)), map(eq, marks, islice(marks, 1, None))):
            if at != last + 1:
                first = at - 1
            last = at
            if not keys[first] >> 32 & 1:
                yield keys[first] & _NUMBER, keys[at] & _NUMBER
