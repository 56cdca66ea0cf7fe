"""Which place each key has: in four bytes where keys are small numbers, as those of rows are."""

from __future__ import annotations

from array import array

_BLOCK = 4_096
# Larger keys are few.
_MOST_SMALL = 1 << 26


class Places:
    """Places, from 1 on, by key."""

    def __init__(self) -> None:
        self._small = array("I")
        self._large: dict[int, int] = {}
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def put(self, key: int, place: int) -> None:
        """Note the place of a key that has none."""
        self._count += 1
        if not 0 <= key < _MOST_SMALL:
            self._large[key] = place
            return
        if key >= len(self._small):
            self._small.frombytes(bytes(4 * (key + _BLOCK - len(self._small))))
        self._small[key] = place

    def pop(self, key: int) -> int:
        """Return the place of a key, which has none from here on; 0 where it had none."""
        if not 0 <= key < _MOST_SMALL:
            place = self._large.pop(key, 0)
        elif key < len(self._small):
            place, self._small[key] = self._small[key], 0
        else:
            place = 0
        self._count -= place > 0
        return place
