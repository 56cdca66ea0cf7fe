"""Ranks of values, those of ties averaged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from fractions import Fraction
from typing import TypeVar

N = TypeVar("N", int, Fraction, int | Fraction)


def middle_ranks(values: Iterable[N]) -> dict[N, int]:
    """Return twice the middle rank of each value, counted from 1/2: doubled, it is a whole number."""
    ranks: dict[N, int] = {}
    times, before = Counter(values), 0
    for value in sorted(times):
        ranks[value] = 2 * before + times[value]
        before += times[value]
    return ranks
