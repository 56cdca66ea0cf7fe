"""What a judge's scores come to: their mean with what it may be off by, and how far the judge repeats itself."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain
from math import isfinite
from statistics import fmean, stdev

from synthgen.statistics.alike import resampled_counts
from synthgen.statistics.bootstrap import percentile_interval, resamples
from synthgen.statistics.correlation import spearman

# With more items of a kind than this, on average, drawing by kind is the faster way.
_ALIKE = 50


@dataclass(frozen=True, slots=True)
class MeanFigure:
    """The mean of `count` scores, None without any.

    `interval` is percentile bootstrap, 95 %, None for fewer than two groups. `deviation` is the standard deviation of
    the scores as a sample, with divisor count - 1, None for fewer than two.
    """

    mean: float | None
    interval: tuple[float, float] | None
    deviation: float | None
    count: int


def mean_with_interval(
    values: Sequence[float],
    *,
    groups: Sequence[Hashable] | None = None,
    seed: int = 0,
    samples: int = 1000,
) -> MeanFigure:
    """Return the mean of scores and how far it may be off by the luck of the items.

    `groups` says which scores belong together, such as the repeats of one row: these are alike, so that an interval
    over scores alone would be too narrow. Whole groups are drawn then (cluster bootstrap; Davison & Hinkley, 1997,
    section 3.8); every score of the groups drawn counts the same. Without `groups` each score is its own.

    `samples` resamples are drawn by `seed`; 0 leaves the interval out. The order of the groups does not matter.
    10,000 groups take about a second, and a tenth of it where the scores are whole points.
    Raises ValueError for a score that is nan or infinite, and for groups of another length.
    """
    _refuse_endless(values)
    if groups is not None and len(groups) != len(values):
        raise ValueError(f"every score must have a group, got {len(groups)} groups of {len(values)} scores")
    # A complex number holds the sum of a group and its size, so that one addition in C makes both of the resample's.
    sums: defaultdict[Hashable, complex] = defaultdict(complex)
    for value, group in zip(values, groups if groups is not None else range(len(values)), strict=True):
        sums[group] += complex(value, 1)
    drawn = _resampled_sums(list(sums.values()), samples, seed)
    return MeanFigure(
        mean=fmean(values) if values else None,
        interval=percentile_interval(total.real / total.imag for total in drawn),
        deviation=stdev(values) if len(values) > 1 else None,
        count=len(values),
    )


@dataclass(frozen=True, slots=True)
class JudgeVariance:
    """How `scores` of `rows` vary: `within` a row when it is judged again, `between` rows, both in squared points.

    `icc` is the share of the variance that lies between rows: 1 for a judge that always repeats itself. `within` is
    None where no row was judged twice, `between` and `icc` also for one row, `icc` where all scores are the same. As
    estimates `between` and `icc` fall below 0 where rows differ less than repeats make them.
    """

    rows: int
    scores: int
    within: float | None
    between: float | None
    icc: float | None


def judge_variance(repeats: Sequence[Sequence[float]]) -> JudgeVariance:
    """Return the variance components of repeated scores; `repeats` is rows x the scores of each.

    One-way random effects, the ICC(1,1) of Shrout & Fleiss (1979). With k[i] scores of row i, n rows, N scores:
    MSW = sum of squares within rows / (N - n), MSB = sum over rows of k[i] (mean[i] - mean)^2 / (n - 1);
    within = MSW, between = (MSB - MSW) / k, ICC = between / (between + within).
    Where all rows have k scores that is (MSB - MSW) / (MSB + (k - 1) MSW). Otherwise k is
    (N - sum k[i]^2 / N) / (n - 1) (Donner, 1986): a row with one score tells of the differences between rows only,
    one without any is left out.

    Raises ValueError for a score that is nan or infinite.
    """
    _refuse_endless(chain.from_iterable(repeats))
    judged = [[Fraction(score) for score in row] for row in repeats if row]
    rows, count = len(judged), sum(map(len, judged))
    if count == rows:
        return JudgeVariance(rows, count, None, None, None)
    totals = [(sum(row), len(row)) for row in judged]
    of_rows = sum(total * total / size for total, size in totals)
    within = (sum(score * score for row in judged for score in row) - of_rows) / (count - rows)
    if rows == 1:
        return JudgeVariance(rows, count, float(within), None, None)
    mean_square = (of_rows - sum(total for total, _ in totals) ** 2 / Fraction(count)) / (rows - 1)
    size = (count - Fraction(sum(size * size for _, size in totals), count)) / (rows - 1)
    between = (mean_square - within) / size
    whole = between + within
    return JudgeVariance(rows, count, float(within), float(between), float(between / whole) if whole else None)


def length_bias(scores: Sequence[float], lengths: Sequence[float]) -> float | None:
    """Return how far longer texts get higher scores: Spearman's correlation of the two, from -1 to 1.

    The unit of the lengths does not matter. None where all scores or all lengths are the same. A correlation alone does
    not tell a judge that likes length from texts that are better for it. Raises as `spearman`.
    """
    return spearman(scores, lengths)


def _resampled_sums(sums: Sequence[complex], samples: int, seed: int) -> Iterator[complex]:
    """Yield the total of each resample, which does not depend on the order of the sums."""
    kinds = sorted(Counter(sums).items(), key=lambda kind: (kind[0].real, kind[0].imag))
    if len(kinds) * _ALIKE < len(sums):
        for counts in resampled_counts([count for _, count in kinds], samples=samples, seed=seed):
            yield sum((each * count for (each, _), count in zip(kinds, counts, strict=True)), 0j)
    else:
        ordered = [each for each, count in kinds for _ in range(count)]
        yield from (sum(sample, 0j) for sample in resamples(ordered, samples=samples, seed=seed))


def _refuse_endless(scores: Iterable[float]) -> None:
    for score in scores:
        if not isfinite(score):
            raise ValueError(f"a score must be a number, got {score}")
