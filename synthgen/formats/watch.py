"""Long work on many rows, and who is told how far it has come."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")

# Is told what is being done, to how many rows so far, and of how many: 0 where nobody knows. It is called for each row,
# so it has to return at once.
Watch = Callable[[str, int, int], None]


def unwatched(doing: str, rows: int, of: int) -> None:
    """Nobody is told."""


def watched(rows: Iterable[T], watch: Watch, doing: str, of: int = 0) -> Iterator[T]:
    """Yield rows, and tell of each as it comes."""
    for number, row in enumerate(rows, 1):
        watch(doing, number, of)
        yield row
