"""How long messages and conversations are: counts of each length, which are few, and what is read from them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

# Bars of a histogram, about; the width of one is a round number.
_BARS = 24
_MOST_BARS = 40
_ROUND = (1, 2, 5)


def length_figures(counts: Mapping[int, int]) -> dict[str, Any]:
    """Return count, mean, and the lengths that 0, 5, 25, 50, 75, 95 and 100 % of the texts do not exceed."""
    ranked = sorted(counts.items())
    total = sum(counts.values())
    mean = sum(length * count for length, count in ranked) / total
    parts = {"least": 0.0, "p5": 0.05, "p25": 0.25, "median": 0.5, "p75": 0.75, "p95": 0.95, "most": 1.0}
    return {"count": total, "mean": mean} | {name: _quantile(ranked, part * total) for name, part in parts.items()}


def bins(counts: Mapping[int, int], width: int) -> list[tuple[int, int]]:
    """Return (where a bin begins, how many are in it), from the first that holds any; far longer ones are left out."""
    binned: Counter[int] = Counter()
    for length, count in counts.items():
        binned[length // width * width] += count
    first = min(binned, default=0)
    last = min(max(binned, default=0), first + _MOST_BARS * width)
    return [(start, binned[start]) for start in range(first, last + 1, width)] if binned else []


def bin_width(*lengths: Mapping[int, int]) -> int:
    """Return one width that suits all of these: 1, 2 or 5 times a power of ten.

    The longest hundredth is left out of the reckoning: one endless text would make a single bar of all others.
    """
    spans = [length_span(counts) for counts in lengths if counts]
    span = max((high for _, high in spans), default=0) - min((low for low, _ in spans), default=0)
    width = 1
    while span / width > _BARS:
        power = 10 ** (len(str(width)) - 1)
        width = next((step * power for step in _ROUND if step * power > width), 10 * power)
    return width


def length_span(counts: Mapping[int, int]) -> tuple[int, int]:
    """Return the least length, and the one that 99 % do not exceed."""
    ranked = sorted(counts.items())
    return ranked[0][0], _quantile(ranked, 0.99 * sum(counts.values()))


def _quantile(ranked: list[tuple[int, int]], wanted: float) -> int:
    """Return the length by which so many texts are told, the shortest first."""
    told = 0
    for length, count in ranked:
        told += count
        if told >= wanted:
            return length
    return ranked[-1][0]
