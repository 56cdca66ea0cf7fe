"""How well labels are recognised: what a model told against the gold labels of the same items."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, product
from statistics import fmean

from synthgen.statistics.bootstrap import percentile_interval, resamples

# What stands in the confusion table for no label.
NONE = ""

Labels = frozenset[str]
Answer = tuple[Labels, Labels]
Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Scores:
    """Precision, recall and F1, each from 0 to 1."""

    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True)
class LabelScores(Scores):
    """The scores of one label. `support` counts the items that have it in gold, `told` those that were told to."""

    support: int
    told: int


@dataclass(frozen=True, slots=True)
class Recognition:
    """The figures of one comparison.

    `micro` counts all labels together. `macro` is the plain mean over the labels that have support in gold, so its F1
    is the mean of their F1 (Opitz & Burst, 2019, "averaged F1"); None where no label has any. `exact` is the share of
    items with just the gold labels, None without items. An item that nobody answered counts as told nothing.
    `confusion` is (gold, told) -> times; see `recognition`. Intervals are percentile bootstrap over groups of items,
    95 %, None where a figure is undefined and for fewer than two groups.
    """

    items: int
    unanswered: int
    labels: Mapping[str, LabelScores]
    micro: Scores
    macro: Scores | None
    exact: float | None
    confusion: Mapping[tuple[str, str], int]
    micro_f1_interval: Interval | None
    macro_f1_interval: Interval | None
    exact_interval: Interval | None


def recognition(
    gold: Sequence[Labels],
    told: Sequence[Labels | None],
    labels: Sequence[str],
    *,
    groups: Sequence[Hashable] | None = None,
    seed: int = 0,
    samples: int = 1000,
) -> Recognition:
    """Return how well `told` recognises `gold`, item by item; None in `told` is an item left unanswered.

    By label, with h items that have it in both, s in gold, t in told: precision h/t, recall h/s, F1 2h/(s+t), each 0
    where its divisor is 0 (van Rijsbergen, 1979; as scikit-learn with zero_division=0). In the confusion table a hit
    is (label, label); every missed gold label is paired with every wrongly told one; "" stands for none where one side
    has nothing to pair, and where both are empty. For items of one label this is the plain table.

    `groups` says which items belong together, such as the turns of one conversation: these are alike, so that an
    interval over turns alone would be too narrow. Whole groups are drawn then (cluster bootstrap; Davison & Hinkley,
    1997, section 3.8), as many as there are; without `groups` each item is its own.

    `samples` resamples are drawn by `seed`; 0 leaves the intervals out. 10,000 items take about 3 seconds with
    one label each, and 7 with up to four of 50. Raises ValueError for unequal lengths, and for a label that
    is not among `labels`.
    """
    if len(gold) != len(told):
        raise ValueError(f"gold and told must be of the same items, got {len(gold)} and {len(told)}")
    if groups is not None and len(groups) != len(gold):
        raise ValueError(f"every item must have a group, got {len(groups)} groups of {len(gold)} items")
    answers = [(one, other or frozenset()) for one, other in zip(gold, told, strict=True)]
    unknown = frozenset().union(*chain.from_iterable(answers)).difference(labels)
    if unknown:
        raise ValueError(f"not among the labels: {sorted(unknown)}")
    whole = _measure(answers, labels)
    apart = _grouped(answers, groups if groups is not None else range(len(answers)))
    drawn = [
        _measure(list(chain.from_iterable(sample)), labels) for sample in resamples(apart, samples=samples, seed=seed)
    ]
    return Recognition(
        items=len(answers),
        unanswered=sum(answer is None for answer in told),
        labels=whole.labels,
        micro=whole.micro,
        macro=whole.macro,
        exact=whole.exact,
        confusion=_confusion(answers, labels),
        micro_f1_interval=percentile_interval(figures.micro.f1 for figures in drawn),
        macro_f1_interval=percentile_interval(None if figures.macro is None else figures.macro.f1 for figures in drawn),
        exact_interval=percentile_interval(figures.exact for figures in drawn),
    )


@dataclass(frozen=True, slots=True)
class _Figures:
    """What is measured of the items and of each resample of them."""

    labels: Mapping[str, LabelScores]
    micro: Scores
    macro: Scores | None
    exact: float | None


def _grouped(answers: Sequence[Answer], groups: Iterable[Hashable]) -> list[list[Answer]]:
    """Return the items of each group, the groups in the order of their first items."""
    apart: defaultdict[Hashable, list[Answer]] = defaultdict(list)
    for answer, group in zip(answers, groups, strict=True):
        apart[group].append(answer)
    return list(apart.values())


def _measure(answers: Sequence[Answer], labels: Iterable[str]) -> _Figures:
    """Return the figures of (gold, told) pairs; like pairs are counted first, since a resample has few unlike ones."""
    hits, support, told = (dict.fromkeys(labels, 0) for _ in range(3))
    exact = 0
    for (gold, given), times in Counter(answers).items():
        exact += times * (gold == given)
        for label in gold:
            support[label] += times
            if label in given:
                hits[label] += times
        for label in given:
            told[label] += times
    scores = {label: _label_scores(count, support[label], told[label]) for label, count in hits.items()}
    supported = [score for score in scores.values() if score.support]
    return _Figures(
        labels=scores,
        micro=Scores(*_ratios(sum(hits.values()), sum(support.values()), sum(told.values()))),
        macro=_mean(supported) if supported else None,
        exact=exact / len(answers) if answers else None,
    )


def _label_scores(hits: int, support: int, told: int) -> LabelScores:
    return LabelScores(*_ratios(hits, support, told), support, told)


def _ratios(hits: int, support: int, told: int) -> tuple[float, float, float]:
    """Return precision, recall and F1."""
    return hits / told if told else 0.0, hits / support if support else 0.0, 2 * hits / ((support + told) or 1)


def _mean(scores: Sequence[Scores]) -> Scores:
    return Scores(
        fmean(score.precision for score in scores),
        fmean(score.recall for score in scores),
        fmean(score.f1 for score in scores),
    )


def _confusion(answers: Iterable[Answer], labels: Iterable[str]) -> dict[tuple[str, str], int]:
    """Return (gold, told) -> times in the order of the labels, none last."""
    table: Counter[tuple[str, str]] = Counter()
    for (gold, told), times in Counter(answers).items():
        pairs = [(label, label) for label in gold & told]
        if gold != told or not gold:
            pairs += product(gold - told or {NONE}, told - gold or {NONE})
        for pair in pairs:
            table[pair] += times
    order = {label: place for place, label in enumerate([*labels, NONE])}
    return dict(sorted(table.items(), key=lambda entry: (order[entry[0][0]], order[entry[0][1]])))
