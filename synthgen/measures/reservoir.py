"""A fair sample of things that go by, the same by the same seed."""

from __future__ import annotations

from random import Random
from typing import Generic, TypeVar

T = TypeVar("T")


class Reservoir(Generic[T]):
    """Keeps `size` of all that is offered, each with the same chance (algorithm R; Vitter, 1985)."""

    def __init__(self, size: int, seed: int) -> None:
        self.seen = 0
        self.kept: list[T] = []
        self._size = size
        self._random = Random(seed)

    def add(self, thing: T) -> None:
        self.seen += 1
        if len(self.kept) < self._size:
            self.kept.append(thing)
        elif (place := self._random.randrange(self.seen)) < self._size:
            self.kept[place] = thing

    def draw(self, count: int) -> list[T]:
        """Return `count` of what is kept, drawn anew, in an order that tells nothing."""
        return Random(count).sample(self.kept, min(count, len(self.kept)))
