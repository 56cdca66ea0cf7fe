"""An answer beside what it is compared with, and what a metric makes of many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Compared:
    """An answer and the references of the same question, one or more; `language` is "en", "zh" or another code.

    Raises ValueError without references: an answer alone can only be asked how varied it is.
    """

    answer: str
    references: tuple[str, ...]
    language: str

    def __post_init__(self) -> None:
        if not self.references:
            raise ValueError("an answer is compared with at least one reference")


class Metric(Protocol):
    """A metric whose figures for a corpus follow from sums over its pairs, so that resamples of it are cheap."""

    @property
    def names(self) -> tuple[str, ...]:
        """What its figures are called."""

    @property
    def scale(self) -> int:
        """The best figure there can be: 1 or 100."""

    @property
    def variant(self) -> str:
        """What exactly is computed, by which version of which library; asked after `parts`."""

    def parts(self, pairs: Sequence[Compared]) -> list[list[float]]:
        """Return for every pair what it adds to the sums."""

    def figures(self, sums: Sequence[float], count: int) -> list[float]:
        """Return the figures, in the order of `names`, from the sums over `count` pairs."""
