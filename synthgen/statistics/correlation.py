"""How two figures of the same items go together.

All sums are of whole numbers, so a figure is exact but for its last rounding, and whether it is defined is never a
matter of rounding. Undefined is None, never nan.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import lcm, sqrt

from synthgen.statistics.ranks import middle_ranks


def pearson(a: Sequence[float], b: Sequence[float]) -> float | None:
    """Return Pearson's product-moment correlation of two figures of the same items (Pearson, 1895).

    With n items: r = (n sum ab - sum a sum b) / sqrt((n sum a^2 - (sum a)^2) (n sum b^2 - (sum b)^2)).

    None where one of them does not vary, so without items and for one item too. Raises ValueError for unequal lengths,
    and ValueError or OverflowError for a figure that is nan or infinite.
    """
    _refuse_unequal(a, b)
    # A correlation knows no unit: it is the same for the figures as parts of their common unit.
    (ours, _), (theirs, _) = _whole(a), _whole(b)
    return _correlation(ours, theirs)


def spearman(a: Sequence[float], b: Sequence[float]) -> float | None:
    """Return Spearman's rank correlation (Spearman, 1904): Pearson's of the ranks, those of ties averaged.

    None and the errors are as for `pearson`.
    """
    _refuse_unequal(a, b)
    (ours, _), (theirs, _) = _whole(a), _whole(b)
    return _correlation(_ranks(ours), _ranks(theirs))


def linear_fit(x: Sequence[float], y: Sequence[float]) -> tuple[float, float] | None:
    """Return (slope, intercept) of the line y = slope x + intercept of least squares (Legendre, 1805).

    With n items: slope = (n sum xy - sum x sum y) / (n sum x^2 - (sum x)^2), intercept = (sum y - slope sum x) / n.

    None where x does not vary, so without items and for one item too. Raises as `pearson`, and OverflowError for a line
    beyond what floats hold.
    """
    _refuse_unequal(x, y)
    (across, x_unit), (up, y_unit) = _whole(x), _whole(y)
    spread = _comoment(across, across)
    if not spread:
        return None
    slope = Fraction(_comoment(across, up) * x_unit, spread * y_unit)
    intercept = (Fraction(sum(up), y_unit) - slope * Fraction(sum(across), x_unit)) / len(x)
    return float(slope), float(intercept)


def _correlation(a: Sequence[int], b: Sequence[int]) -> float | None:
    spread, together = _comoment(a, a) * _comoment(b, b), _comoment(a, b)
    if not spread:
        return None
    # Whole numbers divide into the nearest float however long they are; each by itself may be beyond floats.
    size = sqrt(together * together / spread)
    return -size if together < 0 else size


def _comoment(a: Sequence[int], b: Sequence[int]) -> int:
    """Return n^2 times the covariance of two figures of n items."""
    return len(a) * sum(one * other for one, other in zip(a, b, strict=True)) - sum(a) * sum(b)


def _ranks(values: Sequence[int]) -> list[int]:
    ranks = middle_ranks(values)
    return [ranks[value] for value in values]


def _whole(values: Sequence[float]) -> tuple[list[int], int]:
    """Return the values as whole numbers of parts, and how many parts make 1."""
    ratios = [value.as_integer_ratio() for value in values]
    unit = lcm(*(parts for _, parts in ratios))
    return [count * (unit // parts) for count, parts in ratios], unit


def _refuse_unequal(a: Sequence[float], b: Sequence[float]) -> None:
    if len(a) != len(b):
        raise ValueError(f"both figures must be of the same items, got {len(a)} and {len(b)}")
