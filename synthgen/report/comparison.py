"""What came of comparing sets of answers, in figures: means, wins by two orders, and what the judge is biased by."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from itertools import combinations
from statistics import fmean
from typing import Any

from synthgen.judging.contest import Contest
from synthgen.judging.preference import Outcome, Preference
from synthgen.parsing import Winner
from synthgen.report.scores import SAMPLES, ScoreCount
from synthgen.rules.rubric import MEAN, Rubric
from synthgen.statistics.preferences import position_bias, win_rates
from synthgen.statistics.scores import mean_with_interval

# The figures of the questions in which somebody may be at risk, beside those of each topic.
AT_RISK = "at risk"


@dataclass(slots=True)
class _Duels:
    """What became of two sets, question by question. An order without a readable winner is a failure by its kind."""

    outcomes: list[tuple[str, Outcome]] = field(default_factory=list)
    shown: list[Winner] = field(default_factory=list)
    longer: Counter[str] = field(default_factory=Counter)
    failures: Counter[str] = field(default_factory=Counter)
    undecided: int = 0
    alike: int = 0


class ContestCount:
    """Counts contests as they go by. Of each it keeps points and outcomes, and of texts nothing."""

    def __init__(self, rubric: Rubric, names: Sequence[str], *, scores: bool, pairs: bool) -> None:
        self._names = names
        self._metrics = [metric.name for metric in rubric.metrics] if scores else []
        self._counts = [ScoreCount(rubric) for _ in names] if scores else []
        self._risky = [ScoreCount(rubric) for _ in names] if scores else []
        self._unanswered: Counter[int] = Counter()
        self._lengths: defaultdict[int, list[int]] = defaultdict(list)
        # By question, each set's mean points by metric.
        self._points: list[list[Mapping[str, float]]] = []
        self._duels = {pair: _Duels() for pair in combinations(range(len(names)), 2)} if pairs else {}

    def add(self, topic: str, lengths: Sequence[int], contest: Contest, *, risk: bool = False) -> None:
        """Count what came of a question; `lengths` are those of the answers in words or characters, 0 for none."""
        self._points.append([contest.points(who) for who in range(len(self._names))])
        for who, length in enumerate(lengths):
            if not length:
                self._unanswered[who] += 1
                continue
            self._lengths[who].append(length)
            if self._counts:
                self._counts[who].add(topic, length, [contest.verdicts.get(who, [])])
            if self._risky and risk:
                self._risky[who].add(topic, length, [contest.verdicts.get(who, [])])
        for (a, b), duels in self._duels.items():
            if lengths[a] and lengths[b]:
                _count(duels, topic, contest, (a, b), (lengths[a], lengths[b]))

    def figures(self) -> dict[str, Any]:
        """Return all figures, as JSON can hold them."""
        figures: dict[str, Any] = {
            "questions": len(self._points),
            "sets": {name: self._set(who) for who, name in enumerate(self._names)},
        }
        if self._duels:
            figures["pairs"] = [self._pair(pair, duels) for pair, duels in self._duels.items()]
            shown = [winner for duels in self._duels.values() for winner in duels.shown]
            figures["position_bias"] = asdict(position_bias(shown))
        return figures

    def _set(self, who: int) -> dict[str, Any]:
        lengths = self._lengths[who]
        found: dict[str, Any] = {
            "answers": len(lengths),
            "unanswered": self._unanswered[who],
            "mean_length": fmean(lengths) if lengths else None,
        }
        if not self._counts:
            return found
        found |= self._counts[who].figures()
        risky = self._risky[who].figures()
        if risky["rows"]:
            found[AT_RISK] = {name: each for name, each in risky[MEAN].items() if name != "deviation"}
        return found

    def _pair(self, pair: tuple[int, int], duels: _Duels) -> dict[str, Any]:
        a, b = pair
        by_topic: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for topic, outcome in duels.outcomes:
            by_topic[topic][outcome] += 1
        decided = sum(duels.longer.values())
        return {
            "a": self._names[a],
            "b": self._names[b],
            "wins": asdict(win_rates([outcome for _, outcome in duels.outcomes])),
            "alike": duels.alike,
            "undecided": duels.undecided,
            "failures": dict(duels.failures.most_common()),
            "position_bias": asdict(position_bias(duels.shown)),
            "longer_won": duels.longer["longer"] / decided if decided else None,
            "topics": {topic: dict(times) for topic, times in sorted(by_topic.items())},
            "differences": {name: self._difference(a, b, name) for name in (*self._metrics, MEAN) if self._metrics},
        }

    def _difference(self, a: int, b: int, metric: str) -> dict[str, Any]:
        """Return the mean of a's points minus b's over the questions on which both have some, with its interval."""
        found = []
        for row in self._points:
            ours, theirs = (self._score(row[who], metric) for who in (a, b))
            if ours is not None and theirs is not None:
                found.append(ours - theirs)
        return asdict(mean_with_interval(found, samples=SAMPLES))

    def _score(self, points: Mapping[str, float], metric: str) -> float | None:
        if metric != MEAN:
            return points.get(metric)
        return fmean(points.values()) if len(points) == len(self._metrics) else None


def _count(duels: _Duels, topic: str, contest: Contest, pair: tuple[int, int], lengths: tuple[int, int]) -> None:
    both: tuple[Preference, ...] = contest.preferences.get(pair, ())
    duels.shown += [preference.winner for preference in both if preference.winner is not None]
    duels.failures.update(preference.failure for preference in both if preference.failure is not None)
    duels.alike += pair in contest.alike
    outcome = contest.outcome(*pair)
    if outcome is None:
        duels.undecided += 1
        return
    duels.outcomes.append((topic, outcome))
    if outcome != "tie" and lengths[0] != lengths[1]:
        is_longer = (outcome == "a") == (lengths[0] > lengths[1])
        duels.longer["longer" if is_longer else "shorter"] += 1
