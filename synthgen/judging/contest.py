"""Contests: what judges say of several answers to one message."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import fmean

from synthgen.judging.preference import Outcome, Preference, outcome_of
from synthgen.judging.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Contest:
    """What came of one message: verdicts by answer, and the preferences of each two in both orders.

    Of `alike` answers, which say the same, nothing was asked.
    """

    verdicts: Mapping[int, list[Verdict]]
    preferences: Mapping[tuple[int, int], tuple[Preference, Preference]]
    alike: frozenset[tuple[int, int]] = frozenset()

    def points(self, who: int) -> dict[str, float]:
        """Return the mean points of an answer by metric, over the repeats that have some."""
        points: dict[str, list[int]] = {}
        for verdict in self.verdicts.get(who, ()):
            for name, score in verdict.scores.items():
                points.setdefault(name, []).append(score.points)
        return {name: fmean(each) for name, each in points.items()}

    def has(self, a: int, b: int) -> bool:
        """Whether two answers were compared."""
        return (a, b) in self.alike or (a, b) in self.preferences

    def outcome(self, a: int, b: int) -> Outcome | None:
        """Return which of two answers wins, None where that cannot be told."""
        if (a, b) in self.alike:
            return "tie"
        found = self.preferences.get((a, b))
        return outcome_of(*found) if found else None
