"""How far a figure may be off by the luck of the items: percentile bootstrap intervals, the same by the same seed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


def interval(
    statistic: Callable[[Sequence[int]], float | None],
    count: int,
    *,
    samples: int = 1000,
    seed: int = 0,
    share: float = 0.95,
) -> tuple[float, float] | None:
    """Return the percentile bootstrap interval of a statistic over `count` items, or None where it has none.

    `statistic` is given `count` item indexes drawn with replacement and returns its figure for them, None where it is
    undefined. See `resamples` and `percentile_interval` for the method; a caller with several figures of one sample
    uses these two, and draws once. Items are taken as independent: of turns that share a conversation the conversation
    is the item to draw.
    """
    figures = (statistic(indexes) for indexes in resamples(range(count), samples=samples, seed=seed))
    return percentile_interval(figures, share=share)


def resamples(items: Sequence[T], *, samples: int = 1000, seed: int = 0) -> Iterator[list[T]]:
    """Yield `samples` lists, each as long as `items` and drawn from it with replacement (Efron, 1979).

    Nothing is yielded for fewer than two items: they have no spread to draw from.
    """
    if len(items) < 2:
        return
    random = Random(seed)
    for _ in range(samples):
        yield random.choices(items, k=len(items))


def percentile_interval(figures: Iterable[float | None], *, share: float = 0.95) -> tuple[float, float] | None:
    """Return the middle `share` of the figures of resamples as (low, high) (Efron & Tibshirani, 1993, chapter 13).

    Between two figures the percentile is interpolated linearly (Hyndman & Fan, 1996, type 7, as NumPy does).
    Undefined figures, None, are left out; where they are more than half, or there are no figures, the answer is None.
    Raises ValueError for a share that is not between 0 and 1.
    """
    if not 0 < share < 1:
        raise ValueError(f"share must be between 0 and 1, got {share}")
    drawn = list(figures)
    known = sorted(figure for figure in drawn if figure is not None)
    if not known or 2 * len(known) < len(drawn):
        return None
    tail = (1 - share) / 2
    return _percentile(known, tail), _percentile(known, 1 - tail)


def _percentile(ranked: Sequence[float], part: float) -> float:
    """Return the figure below which `part` of the ranked figures lie."""
    place = part * (len(ranked) - 1)
    below = min(int(place), len(ranked) - 1)
    above = min(below + 1, len(ranked) - 1)
    return ranked[below] + (ranked[above] - ranked[below]) * (place - below)
