"""How far raters agree beyond chance.

Every figure is 1 - observed / expected disagreement. Both are counted in whole numbers or fractions, so a figure is
exact but for its last rounding, and whether it is defined is never a matter of rounding. Undefined is None, never nan.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain
from statistics import fmean
from typing import Any, Literal, overload

from synthgen.statistics.ranks import middle_ranks

Level = Literal["nominal", "ordinal", "interval"]
LabelSets = Sequence[frozenset[str] | None]


@overload
def cohen_kappa(a: Sequence[Hashable], b: Sequence[Hashable], weights: Literal[""] = "") -> float | None: ...
@overload
def cohen_kappa(a: Sequence[int], b: Sequence[int], weights: Literal["quadratic"]) -> float | None: ...
def cohen_kappa(a: Sequence[Any], b: Sequence[Any], weights: Literal["", "quadratic"] = "") -> float | None:
    """Return Cohen's kappa of two raters of the same items (Cohen, 1960).

    With n items, of which d are labelled otherwise, and r[l], c[l] items given label l by one and by the other:
    kappa = 1 - n d / (n^2 - sum r[l] c[l]).

    `weights="quadratic"` is for points of an ordinal scale (Cohen, 1968): each pair counts by its squared distance,
    kappa = 1 - n sum (a - b)^2 / sum over all pairs of items i, j of (a[i] - b[j])^2. The distance is between the
    points themselves, so a point of the scale that nobody used still keeps its neighbours apart.

    None without items, and where both raters gave one and the same label to all. Raises ValueError for raters of
    unequal length, and for None as a rating.
    """
    _refuse_unequal(a, b)
    _refuse_missing(chain(a, b))
    count = len(a)
    if weights == "quadratic":
        observed = sum((one - other) ** 2 for one, other in zip(a, b, strict=True))
        expected = count * sum(point * point for point in chain(a, b)) - 2 * sum(a) * sum(b)
    else:
        observed = sum(one != other for one, other in zip(a, b, strict=True))
        by_a, by_b = Counter(a), Counter(b)
        expected = count * count - sum(times * by_b[label] for label, times in by_a.items())
    return (expected - count * observed) / expected if expected else None


def fleiss_kappa(ratings: Sequence[Sequence[Hashable]]) -> float | None:
    """Return Fleiss' kappa; `ratings` is items x raters, each item rated by the same number (Fleiss, 1971).

    With N items, m raters, n[i, l] raters who gave item i label l, and t[l] = sum over i of n[i, l]:
    kappa = 1 - N m sum over i of (m^2 - sum n[i, l]^2) / ((m - 1) ((N m)^2 - sum t[l]^2)).
    For two raters it is Scott's pi (1955).

    None without items, with fewer than two raters, and where only one label was given at all. Raises ValueError
    for items with unequal numbers of ratings, and for None as a rating: Krippendorff's alpha takes both.
    """
    sizes = {len(row) for row in ratings}
    if len(sizes) > 1:
        raise ValueError(f"each item needs the same number of ratings, got {min(sizes)} to {max(sizes)}")
    every = list(chain.from_iterable(ratings))
    _refuse_missing(every)
    # One rater makes no pair, so nothing is expected of it either.
    expected = (max(sizes, default=0) - 1) * _unlike_pairs(every)
    observed = sum(map(_unlike_pairs, ratings))
    return (expected - len(every) * observed) / expected if expected else None


@overload
def krippendorff_alpha(
    ratings: Sequence[Sequence[Hashable | None]], level: Literal["nominal"] = "nominal"
) -> float | None: ...
@overload
def krippendorff_alpha(
    ratings: Sequence[Sequence[float | None]], level: Literal["ordinal", "interval"]
) -> float | None: ...
def krippendorff_alpha(ratings: Sequence[Sequence[Any]], level: Level = "nominal") -> float | None:
    """Return Krippendorff's alpha; `ratings` is items x raters, None where one is missing (Krippendorff, 2004).

    The formula is that of "Content Analysis", second edition, chapter 11. Who rated is not asked, so rows may differ in
    length; only items with two ratings or more count. With n ratings in all, m[u] of item u, and D(bag) the sum of the
    differences over all ordered pairs of a bag of ratings: alpha = 1 - (n - 1) sum (D(u) / (m[u] - 1)) / D(all).
    The difference of two ratings is by `level`:
    nominal: 0 if they are equal, else 1; interval: (v - w)^2;
    ordinal: (sum of t[g] for g from v to w - (t[v] + t[w]) / 2)^2 with t[g] ratings of rank g, which is the interval
    difference of their middle ranks.

    None where fewer than two different values are left, so without items and with one rater too. Raises ValueError
    or OverflowError for an ordinal or interval rating that is nan or infinite.
    """
    rated = [[rating for rating in row if rating is not None] for row in ratings]
    pairable = [row for row in rated if len(row) > 1]
    differences: Callable[[Collection[Any]], int | Fraction] = _unlike_pairs
    if level != "nominal":
        differences = _squared_differences
        pairable = [[_exact(rating) for rating in row] for row in pairable]
    if level == "ordinal":
        # Twice the ranks will do: alpha knows no unit.
        ranks = middle_ranks(chain.from_iterable(pairable))
        pairable = [[ranks[rating] for rating in row] for row in pairable]
    every = list(chain.from_iterable(pairable))
    expected = differences(every)
    if not expected:
        return None
    by_size: defaultdict[int, int | Fraction] = defaultdict(int)
    for row in pairable:
        by_size[len(row)] += differences(row)
    observed = sum(Fraction(total) / (size - 1) for size, total in by_size.items())
    return float(1 - (len(every) - 1) * observed / expected)


@dataclass(frozen=True, slots=True)
class LabelAgreement:
    """How far two raters agree that a label is there, over the `items` that both labelled.

    `count_a` and `count_b` count the items that each gave the label; `agreed` is the share of items on which both
    gave it or neither did. The three figures are None where all items came out alike; see their functions.
    """

    items: int
    count_a: int
    count_b: int
    agreed: float | None
    cohen: float | None
    fleiss: float | None
    krippendorff: float | None


@dataclass(frozen=True, slots=True)
class SetAgreement:
    """How far two raters agree on the labels of an item taken together, over the `items` that both labelled.

    `exact` is the share of items with the same labels; `jaccard` the mean of |a & b| / |a | b| (Jaccard, 1912), 1 for
    an item that both gave no label; `krippendorff` nominal alpha with the whole set as the value, so that a set
    that is nearly the same counts as another one. None without items; alpha also where all sets are the same.
    """

    items: int
    exact: float | None
    jaccard: float | None
    krippendorff: float | None


def label_agreement(a: LabelSets, b: LabelSets, labels: Sequence[str]) -> dict[str, LabelAgreement]:
    """Return label -> the agreement of two raters on it; None is an item that a rater left, which is not counted.

    Raises ValueError for raters of unequal length, and for a label that is not among `labels`.
    """
    pairs = _both(a, b)
    unknown = frozenset().union(*chain.from_iterable(pairs)).difference(labels)
    if unknown:
        raise ValueError(f"not among the labels: {sorted(unknown)}")
    return {label: _agreement_on([(label in one, label in other) for one, other in pairs]) for label in labels}


def set_agreement(a: LabelSets, b: LabelSets) -> SetAgreement:
    """Return the agreement of two raters over all labels at once; None is an item that a rater left.

    Raises ValueError for raters of unequal length.
    """
    pairs = _both(a, b)
    overlaps = [len(one & other) / len(one | other) if one | other else 1.0 for one, other in pairs]
    return SetAgreement(
        items=len(pairs),
        exact=fmean(one == other for one, other in pairs) if pairs else None,
        jaccard=fmean(overlaps) if pairs else None,
        krippendorff=krippendorff_alpha(pairs),
    )


def _both(a: LabelSets, b: LabelSets) -> list[tuple[frozenset[str], frozenset[str]]]:
    """Return the items that both raters labelled."""
    _refuse_unequal(a, b)
    return [(one, other) for one, other in zip(a, b, strict=True) if one is not None and other is not None]


def _agreement_on(pairs: Sequence[tuple[bool, bool]]) -> LabelAgreement:
    by_a, by_b = [one for one, _ in pairs], [other for _, other in pairs]
    return LabelAgreement(
        items=len(pairs),
        count_a=sum(by_a),
        count_b=sum(by_b),
        agreed=fmean(one == other for one, other in pairs) if pairs else None,
        cohen=cohen_kappa(by_a, by_b),
        fleiss=fleiss_kappa(pairs),
        krippendorff=krippendorff_alpha(pairs),
    )


def _unlike_pairs(bag: Collection[Hashable]) -> int:
    """Return how many ordered pairs of a bag are unequal."""
    return len(bag) ** 2 - sum(times * times for times in Counter(bag).values())


def _squared_differences(bag: Collection[int | Fraction]) -> int | Fraction:
    """Return the sum of the squared differences over all ordered pairs of a bag."""
    return 2 * (len(bag) * sum(value * value for value in bag) - sum(bag) ** 2)


def _exact(rating: float) -> int | Fraction:
    return rating if isinstance(rating, int) else Fraction(rating)


def _refuse_unequal(a: Sequence[Any], b: Sequence[Any]) -> None:
    if len(a) != len(b):
        raise ValueError(f"the raters must have rated the same items, got {len(a)} and {len(b)}")


def _refuse_missing(ratings: Iterable[Hashable]) -> None:
    if any(rating is None for rating in ratings):
        raise ValueError("a rating is missing: leave the item out, or use krippendorff_alpha")
