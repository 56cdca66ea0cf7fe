"""Groups of rows, the largest first."""

from __future__ import annotations

import random
from array import array
from collections import Counter

from synthgen.hashing import seed_of


class Families:
    """The members of groups, 12 bytes a row; a group goes by its head, the lowest of its numbers."""

    def __init__(self, heads: array[int]) -> None:
        count = len(heads)
        self._sizes = array("I", bytes(4 * count))
        # The next member of the same group, and by head the last one so far; whoever is last is followed by itself.
        self._next, last = array("I", range(count)), array("I", range(count))
        for number, head in enumerate(heads):
            self._sizes[head] += 1
            if number != head:
                self._next[last[head]] = number
                last[head] = number

    def heads(self, seed: int) -> list[int]:
        """Return the heads of all groups, the largest first, those of one size in an order that the seed gives."""
        heads = [head for head, size in enumerate(self._sizes) if size]
        random.Random(seed_of(seed, "splits")).shuffle(heads)
        heads.sort(key=self._sizes.__getitem__, reverse=True)
        return heads

    def members(self, head: int) -> list[int]:
        """Return the numbers of a group, in their order."""
        members = [head]
        while (following := self._next[members[-1]]) != members[-1]:
            members.append(following)
        return members

    def largest(self) -> int:
        """Return the head of the largest group, the first of several."""
        return max(range(len(self._sizes)), key=self._sizes.__getitem__)

    def sizes(self) -> Counter[int]:
        """Return how many groups there are of each size."""
        return Counter(filter(None, self._sizes))
