"""Who belongs together, found pair by pair."""

from __future__ import annotations

from array import array


class Groups:
    """Numbers from 0, each in one group; four bytes a number. A group goes by the lowest of its numbers."""

    def __init__(self) -> None:
        self._parents = array("I")

    def __len__(self) -> int:
        return len(self._parents)

    def add(self) -> int:
        """Return the next number, which is in a group of its own."""
        self._parents.append(len(self._parents))
        return len(self._parents) - 1

    def find(self, number: int) -> int:
        """Return the lowest number of a number's group."""
        parents = self._parents
        while (parent := parents[number]) != number:
            # Half of the way is cut off for whoever comes next.
            parents[number] = number = parents[parent]
        return number

    def join(self, one: int, other: int) -> bool:
        """Make one group of those of two numbers; return whether they were two."""
        one, other = self.find(one), self.find(other)
        if one != other:
            self._parents[max(one, other)] = min(one, other)
        return one != other
