"""What came of a judgement in figures: means with intervals, failures by kind, how far a judge repeats itself."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from statistics import fmean
from typing import Any

from synthgen.judging.verdict import Verdict
from synthgen.rules.rubric import MEAN, Rubric
from synthgen.statistics.agreement import cohen_kappa, krippendorff_alpha
from synthgen.statistics.correlation import pearson, spearman
from synthgen.statistics.scores import judge_variance, length_bias, mean_with_interval

# Resamples for intervals; more move them by less than they are wide.
SAMPLES = 1000


class ScoreCount:
    """Counts verdicts as they go by. Of each it keeps the points, a few bytes, and of texts nothing."""

    def __init__(self, rubric: Rubric) -> None:
        self._metrics = [metric.name for metric in rubric.metrics]
        self._rows = 0
        # By metric, the points that each row got, a list for each judge.
        self._points: dict[str, list[list[list[int]]]] = {metric: [] for metric in self._metrics}
        self._lengths: list[int] = []
        self._topics: list[str] = []
        # By judge and metric.
        self._failures: defaultdict[tuple[int, str], Counter[str]] = defaultdict(Counter)
        self._quotes: Counter[tuple[int, str]] = Counter()
        self._scores: Counter[tuple[int, str]] = Counter()

    def add(self, topic: str, length: int, verdicts: Sequence[Sequence[Verdict]]) -> None:
        """Count what each judge gave for a row of so many words or characters, in all its repeats."""
        self._rows += 1
        self._lengths.append(length)
        self._topics.append(topic)
        for metric in self._metrics:
            self._points[metric].append(
                [[v.scores[metric].points for v in own if metric in v.scores] for own in verdicts]
            )
        for who, verdict in ((who, verdict) for who, own in enumerate(verdicts) for verdict in own):
            for metric, kind in verdict.failures.items():
                self._failures[who, metric][kind] += 1
            for metric, score in verdict.scores.items():
                self._scores[who, metric] += 1
                self._quotes[who, metric] += score.quote_found

    def figures(self) -> dict[str, Any]:
        """Return all figures, as JSON can hold them; scores are the first judge's unless another is named."""
        found: dict[str, Any] = {"rows": self._rows, "metrics": {name: self._metric(name) for name in self._metrics}}
        whole = [self._mean_of(at) for at in range(self._rows)]
        scored = [(at, mean) for at, mean in enumerate(whole) if mean is not None]
        means = [mean for _, mean in scored]
        found[MEAN] = asdict(mean_with_interval(means, samples=SAMPLES))
        found["length_bias"] = length_bias(means, [self._lengths[at] for at, _ in scored])
        found["topics"] = self._topics_table(scored)
        failures: Counter[str] = sum((self._failures[0, name] for name in self._metrics), Counter())
        found["failures"] = dict(failures.most_common())
        return found

    def _metric(self, name: str) -> dict[str, Any]:
        rows = self._points[name]
        first = [judges[0] for judges in rows if judges]
        values = [points for row in first for points in row]
        groups = [at for at, row in enumerate(first) for _ in row]
        figures = asdict(mean_with_interval(values, groups=groups, samples=SAMPLES))
        figures["distribution"] = dict(sorted(Counter(values).items()))
        figures |= self._reading(0, name)
        if any(len(row) > 1 for row in first):
            figures["repeats"] = asdict(judge_variance(first))
        if any(len(judges) > 1 for judges in rows):
            figures["second_judge"] = self._reading(1, name) | _agreement([each for each in rows if len(each) > 1])
        return figures

    def _reading(self, who: int, name: str) -> dict[str, Any]:
        """Return what could be read of a judge's answers on a metric, and what could not by its kind."""
        return {
            "failures": dict(self._failures[who, name].most_common()),
            "quotes_found": self._quotes[who, name],
            "scores": self._scores[who, name],
        }

    def _mean_of(self, at: int) -> float | None:
        """Return the mean over the metrics of a row by the first judge; None where one has no score."""
        means = [fmean(judges[0]) for name in self._metrics if (judges := self._points[name][at]) and judges[0]]
        return fmean(means) if len(means) == len(self._metrics) else None

    def _topics_table(self, scored: Sequence[tuple[int, float]]) -> dict[str, dict[str, Any]]:
        by_topic: defaultdict[str, list[float]] = defaultdict(list)
        for at, mean in scored:
            by_topic[self._topics[at]].append(mean)
        return {
            topic: {"mean": round(fmean(values), 4), "rows": len(values)} for topic, values in sorted(by_topic.items())
        }


def _agreement(rows: Sequence[Sequence[Sequence[int]]]) -> dict[str, Any]:
    """Return how two judges agree, by the mean of each one's repeats; kappa is of the means rounded to whole points."""
    pairs = [(fmean(ours), fmean(theirs)) for ours, theirs in rows if ours and theirs]
    ours, theirs = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    return {
        "rows": len(pairs),
        "pearson": pearson(ours, theirs),
        "spearman": spearman(ours, theirs),
        "quadratic_kappa": cohen_kappa([*map(_whole, ours)], [*map(_whole, theirs)], "quadratic"),
        "krippendorff": krippendorff_alpha(pairs, "interval"),
        "mean_difference": fmean(a - b for a, b in pairs) if pairs else None,
    }


def _whole(points: float) -> int:
    return int(points + 0.5)


def points_by_row(verdicts: Mapping[str, Sequence[Verdict]]) -> dict[tuple[str, str], float]:
    """Return the mean points of each (row, metric) over the repeats of one judge."""
    return {
        (row, metric): fmean(scores)
        for row, own in verdicts.items()
        for metric in dict.fromkeys(name for verdict in own for name in verdict.scores)
        if (scores := [verdict.scores[metric].points for verdict in own if metric in verdict.scores])
    }
