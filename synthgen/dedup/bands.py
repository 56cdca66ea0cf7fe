"""Locality-sensitive hashing in flat memory: which sketches share a band with another one.

A sketch is a list of 32-bit minima, as `rensa` makes them (MinHash). Two sketches share a band when two neighbouring
minima are the same. A dictionary of lists a band, which the library has, takes 85 bytes an entry; chained hashing in
arrays takes 12 to 16, so a text costs about a kilobyte.
"""

from __future__ import annotations

import sys
from array import array
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import repeat
from operator import getitem, mod, setitem, xor
from typing import NamedTuple

from rapidfuzz.distance import Hamming

ROWS = 2
# Entries looked at in a chain, newest first. A band of many sketches says little, and near copies share several bands.
MOST_STEPS = 64
GROWTH = 4
_FIRST_SIZE = 256
_BLOCK = 1_024
_ZEROS = array("I", bytes(4 * _BLOCK))
_LAST_BYTE = 0 if sys.byteorder == "little" else 3
_END = 0


class Sketch(NamedTuple):
    """What is held of a text: a print of each band, and the last byte of each minimum.

    The bytes tell how much two texts share as well as the minima do, in a quarter of the memory.
    """

    prints: array[int]
    ends: bytes


def sketch_of(minima: Sequence[int]) -> Sketch:
    """Return the sketch of a text's minima."""
    words = array("I", minima)
    return Sketch(array("I", map(xor, words[::ROWS], words[1::ROWS])), words.tobytes()[_LAST_BYTE::4])


class Bands:
    """Sketches by place: small numbers from 1 on, given back when a sketch is removed.

    Each band has an array with the newest place of every slot, and two by place: the print that stands there, and
    the next older place of its slot.
    """

    def __init__(self, bands: int) -> None:
        # Sizes differ so that the bands grow one after another: growing all at once would hold up a run.
        self._heads = [_zeros(int(_FIRST_SIZE * GROWTH ** (band / bands)) | 1) for band in range(bands)]
        self._sizes = [*map(len, self._heads)]
        self._prints = [_zeros(1) for _ in range(bands)]
        self._links = [_zeros(1) for _ in range(bands)]
        self._width = bands * ROWS
        self._ends = bytearray(self._width)
        self._free: list[int] = []
        self.held = 0
        self._next_growth = _FIRST_SIZE

    def add(self, sketch: Sketch) -> int:
        """Hold a sketch and return its place."""
        if not self._free:
            self._make_room()
        place = self._free.pop()
        self._ends[place * self._width : (place + 1) * self._width] = sketch.ends
        slots = self._slots(sketch)
        _set(self._prints, repeat(place), sketch.prints)
        _set(self._links, repeat(place), map(getitem, self._heads, slots))
        _set(self._heads, slots, repeat(place))
        self.held += 1
        if self.held >= self._next_growth:
            self._grow()
        return place

    def remove(self, place: int) -> None:
        """Let go of the sketch at a place, which is given to another one."""
        for heads, prints, links in zip(self._heads, self._prints, self._links, strict=True):
            slot = prints[place] % len(heads)
            newer = heads[slot]
            if newer == place:
                heads[slot] = links[place]
                continue
            while links[newer] != place:
                newer = links[newer]
            links[newer] = links[place]
        self._free.append(place)
        self.held -= 1

    def alike(self, sketch: Sketch) -> Iterator[tuple[int, float]]:
        """Yield the places of sketches that share a band with this one; of a band that many share, the newest.

        With each goes the share of shingles, 0 to 1, that both texts have in common by estimate.
        """
        found = set()
        newest = map(getitem, self._heads, self._slots(sketch))
        for place, mark, prints, links in zip(newest, sketch.prints, self._prints, self._links, strict=True):
            steps = MOST_STEPS
            while place != _END and steps:
                if prints[place] == mark:
                    found.add(place)
                place = links[place]
                steps -= 1
        for place in found:
            ends = bytes(self._ends[place * self._width : (place + 1) * self._width])
            yield place, Hamming.similarity(ends, sketch.ends) / self._width

    def _slots(self, sketch: Sketch) -> list[int]:
        return list(map(mod, sketch.prints, self._sizes))

    def _make_room(self) -> None:
        made = len(self._prints[0])
        for column in (*self._prints, *self._links):
            column.extend(_ZEROS)
        self._ends.extend(bytes(_BLOCK * self._width))
        self._free.extend(range(made + _BLOCK - 1, made - 1, -1))

    def _grow(self) -> None:
        """Give more slots to the bands that have as many sketches as slots."""
        for band, heads in enumerate(self._heads):
            if len(heads) <= self.held:
                self._heads[band] = _spread(heads, self._prints[band], self._links[band])
        self._sizes = [*map(len, self._heads)]
        self._next_growth = min(self._sizes)


def _spread(heads: array[int], prints: array[int], links: array[int]) -> array[int]:
    """Return more slots, with the places of the old ones chained anew, the newest first."""
    size = GROWTH * len(heads) + 1
    spread = _zeros(size)
    for newest in filter(None, heads):
        chain = [newest]
        while links[chain[-1]] != _END:
            chain.append(links[chain[-1]])
        for place in reversed(chain):
            slot = prints[place] % size
            links[place], spread[slot] = spread[slot], place
    return spread


def _set(columns: Iterable[array[int]], at: Iterable[int], values: Iterable[int]) -> None:
    """Set one item of each column, in half the time that a loop takes."""
    deque(map(setitem, columns, at, values), maxlen=0)


def _zeros(count: int) -> array[int]:
    return array("I", bytes(4 * count))
