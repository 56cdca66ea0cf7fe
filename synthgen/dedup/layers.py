"""Sketches in layers: the first in memory, up to a number, and each next one, larger, in a file."""

from __future__ import annotations

from collections.abc import Iterator

from synthgen.dedup.bands import Bands, Sketch
from synthgen.dedup.filed_bands import FiledBands

FIRST_FILED = 1 << 18
GROWTH = 4


class Layers:
    """Sketches by place, from 1 on; see `Bands`, of which this has the interface.

    Beyond `in_memory` of them memory does not grow.
    """

    def __init__(self, bands: int, in_memory: int) -> None:
        self._bands = bands
        # Each with the places before its own, and how many it holds at most.
        self._layers: list[tuple[Bands | FiledBands, int, int]] = [(Bands(bands), 0, in_memory)]

    def add(self, sketch: Sketch) -> int:
        """Hold a sketch and return its place. Raises DiskError."""
        for layer, before, most in self._layers:
            if layer.held < most:
                return before + layer.add(sketch)
        _, before, most = self._layers[-1]
        larger = FIRST_FILED if len(self._layers) == 1 else most * GROWTH
        filed = FiledBands(self._bands, larger)
        self._layers.append((filed, before + most, larger))
        return before + most + filed.add(sketch)

    def remove(self, place: int) -> None:
        """Let go of the sketch at a place, which is given to another one."""
        for layer, before, _ in reversed(self._layers):
            if place > before:
                layer.remove(place - before)
                return

    def alike(self, sketch: Sketch) -> Iterator[tuple[int, float]]:
        """Yield the places of sketches that share a band with this one, as `Bands.alike` does."""
        for layer, before, _ in self._layers:
            for place, share in layer.alike(sketch):
                yield before + place, share
