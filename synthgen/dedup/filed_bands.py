"""Locality-sensitive hashing in a file: as `bands.py`, for more sketches than memory is to hold.

The file has no name and is gone with its process. It is read and written by position and not mapped, so that what the
system keeps of it in memory is the system's to give up, and none of the process's own.
"""

from __future__ import annotations

import os
import sys
import tempfile
import weakref
from array import array
from collections.abc import Iterator
from struct import Struct

from rapidfuzz.distance import Hamming

from synthgen.dedup.bands import MOST_STEPS, ROWS, Sketch
from synthgen.files import no_room

_HEAD = Struct("=I")
# What is allotted at a time. Blocks that a file gets only as it is written would be flushed with every commit of the
# ledger beside it.
_BLOCK = 1 << 22
# The print of a band, and the next older place of its slot.
_ENTRY = Struct("=II")
_END = 0
_WHAT = "the marks of texts that are compared"


class FiledBands:
    """Sketches by place, from 1 to `most`; see `Bands`, of which this has the interface.

    A file of `most` slots for each band with the newest place of each, then a record for each place: its entry in every
    chain, and its sketch's bytes. Raises DiskError where there is no room left on the disk.
    """

    def __init__(self, bands: int, most: int) -> None:
        self._slots = most | 1
        self._bands = bands
        self._width = bands * ROWS
        self._ends = bands * _ENTRY.size
        self._record = self._ends + self._width
        self._records = bands * self._slots * _HEAD.size
        with tempfile.TemporaryFile() as file:
            self._fd = os.dup(file.fileno())
        # The file is gone with the bands, whoever lets go of them.
        weakref.finalize(self, os.close, self._fd)
        self._free: list[int] = []
        self._made = 0
        self._allotted = 0
        self._allot(self._records)
        # A claim looks a sketch up and then holds it: what its slots hold is read once.
        self._asked: tuple[Sketch, list[int]] | None = None
        self.held = 0

    def add(self, sketch: Sketch) -> int:
        """Hold a sketch and return its place."""
        if self._free:
            place = self._free.pop()
        else:
            self._made += 1
            place = self._made
            self._allot(self._at(place + 1))
        slots = self._slots_of(sketch.prints)
        newest = self._newest_of(sketch, slots)
        self._asked = None
        entries = array("I", bytes(2 * self._bands * 4))
        entries[::2] = sketch.prints
        entries[1::2] = array("I", newest)
        self._write(self._at(place), entries.tobytes() + sketch.ends)
        head = _HEAD.pack(place)
        for slot in slots:
            self._write(slot, head)
        self.held += 1
        return place

    def remove(self, place: int) -> None:
        """Let go of the sketch at a place, which is given to another one."""
        self._asked = None
        entries = array("I", os.pread(self._fd, self._bands * _ENTRY.size, self._at(place)))
        older = entries[1::2]
        for band, slot in enumerate(self._slots_of(entries[::2])):
            # Where the place of the next newer one stands that names this one: in the slot, or in an entry.
            at, newer = slot, self._newest(slot)
            while newer != place:
                at = self._at(newer) + band * _ENTRY.size + _HEAD.size
                newer = self._newest(at)
            self._write(at, _HEAD.pack(older[band]))
        self._free.append(place)
        self.held -= 1

    def alike(self, sketch: Sketch) -> Iterator[tuple[int, float]]:
        """Yield the places of sketches that share a band with this one, as `Bands.alike` does."""
        newest = self._newest_of(sketch, self._slots_of(sketch.prints))
        self._asked = sketch, newest
        found: dict[int, float] = {}
        for band, (place, mark) in enumerate(zip(newest, sketch.prints, strict=True)):
            steps, at = MOST_STEPS, band * _ENTRY.size
            while place != _END and steps:
                # The whole record takes no longer to read than the entry alone, and may be wanted.
                record = os.pread(self._fd, self._record, self._at(place))
                known, older = _ENTRY.unpack_from(record, at)
                if known == mark and place not in found:
                    found[place] = Hamming.similarity(record[self._ends :], sketch.ends) / self._width
                place = older
                steps -= 1
        yield from found.items()

    def _slots_of(self, prints: array[int]) -> list[int]:
        """Return where in the file the slot of each band is."""
        size = self._slots
        return [(band * size + mark % size) * _HEAD.size for band, mark in enumerate(prints)]

    def _newest_of(self, sketch: Sketch, slots: list[int]) -> list[int]:
        if self._asked is not None and self._asked[0] is sketch:
            return self._asked[1]
        return list(map(self._newest, slots))

    def _newest(self, at: int) -> int:
        """Return the place that stands at a position, 0 for none: what was never written reads as zeros, or nothing."""
        return int.from_bytes(os.pread(self._fd, 4, at), sys.byteorder)

    def _at(self, place: int) -> int:
        return self._records + place * self._record

    def _write(self, at: int, content: bytes) -> None:
        try:
            os.pwrite(self._fd, content, at)
        except OSError as error:
            raise no_room(_WHAT, error) from error

    def _allot(self, end: int) -> None:
        """See that the file has room up to a position."""
        if end <= self._allotted:
            return
        size = -(-end // _BLOCK) * _BLOCK
        try:
            if hasattr(os, "posix_fallocate"):
                os.posix_fallocate(self._fd, 0, size)
        except OSError as error:
            raise no_room(_WHAT, error) from error
        self._allotted = size
