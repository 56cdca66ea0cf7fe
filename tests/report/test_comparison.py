"""Figures of contests, counted one by one, against what the statistics make of them."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from judge_trials import METRICS, RUBRIC

from synthgen.judging.contest import Contest
from synthgen.judging.preference import Preference, outcome_of
from synthgen.judging.verdict import Score, Verdict
from synthgen.report.comparison import ContestCount
from synthgen.rubrics import parse_rubric
from synthgen.statistics.preferences import position_bias, win_rates
from synthgen.statistics.scores import mean_with_interval

DESK = parse_rubric(RUBRIC, "desk.yaml")
FIRST, SECOND, TIE = (Preference(winner) for winner in ("first", "second", "tie"))  # type: ignore[arg-type]
UNREAD, REFUSED = Preference(None, "", "nonsense"), Preference(None, "", "refused")
PREFERENCES = (FIRST, SECOND, TIE, UNREAD, REFUSED)


def verdict(firmness: int, order: int | None) -> Verdict:
    points = {"firmness": firmness} | ({"order": order} if order else {})
    scores = {name: Score(name, each, "", "", quote_found=True) for name, each in points.items()}
    return Verdict(scores, {} if order else {"order": "missing"})


def counted(contests: list[tuple[str, list[int], Contest, bool]], names: str = "ab", **wanted: bool) -> dict[str, Any]:
    counts = ContestCount(DESK, list(names), **{"scores": True, "pairs": True} | wanted)
    for topic, lengths, contest, risk in contests:
        counts.add(topic, lengths, contest, risk=risk)
    figures = counts.figures()
    # As files hold them.
    json.dumps(figures, allow_nan=False)
    return figures


def compared(*both: Preference) -> Contest:
    return Contest({}, {(0, 1): (both[0], both[1])})


CONTEST = st.tuples(
    st.sampled_from(["", "Deposit", "Repairs"]),
    st.lists(st.integers(0, 3), min_size=3, max_size=3),
    st.lists(st.tuples(st.sampled_from(PREFERENCES), st.sampled_from(PREFERENCES)), min_size=3, max_size=3),
    st.frozensets(st.integers(0, 2), max_size=2),
)


@given(st.lists(CONTEST, max_size=12))
def test_pairs_come_to_what_their_preferences_say(drawn: list[Any]) -> None:
    pairs = list(combinations(range(3), 2))
    contests = []
    for topic, lengths, preferences, alike in drawn:
        kept = {pair: both for at, (pair, both) in enumerate(zip(pairs, preferences, strict=True)) if at not in alike}
        contests.append((topic, lengths, Contest({}, kept, frozenset(pairs[at] for at in alike)), False))
    figures = counted(contests, "abc", scores=False)
    everything = []
    for (a, b), found in zip(pairs, figures["pairs"], strict=True):
        met = [(topic, lengths, contest) for topic, lengths, contest, _ in contests if lengths[a] and lengths[b]]
        outcomes = [
            (topic, lengths, "tie" if (a, b) in contest.alike else outcome_of(*contest.preferences[a, b]))
            for topic, lengths, contest in met
        ]
        told = [outcome for _, _, outcome in outcomes if outcome]
        assert found["wins"] == asdict(win_rates(told))
        assert found["undecided"] == len(outcomes) - len(told)
        assert found["alike"] == sum((a, b) in contest.alike for _, _, contest in met)
        said = [each for _, _, contest in met for each in contest.preferences.get((a, b), ())]
        assert found["failures"] == dict(Counter(each.failure for each in said if each.failure))
        winners = [each.winner for each in said if each.winner]
        everything += winners
        assert found["position_bias"] == asdict(position_bias(winners))
        won = [
            (lengths[a] > lengths[b]) == (outcome == "a")
            for _, lengths, outcome in outcomes
            if outcome in ("a", "b") and lengths[a] != lengths[b]
        ]
        assert found["longer_won"] == (sum(won) / len(won) if won else None)
        for topic in {topic for topic, _, outcome in outcomes if outcome}:
            assert found["topics"][topic] == dict(Counter(o for name, _, o in outcomes if name == topic and o))
        assert found["differences"] == {}
    assert figures["position_bias"] == asdict(position_bias(everything))


def test_an_order_that_was_not_asked_leaves_a_question_undecided() -> None:
    found = counted([("", [3, 4], Contest({}, {}), False), ("", [3, 4], compared(FIRST, SECOND), False)])
    (pair,) = found["pairs"]
    assert (pair["undecided"], pair["wins"]["pairs"], pair["wins"]["a"]["count"]) == (1, 1, 1)


def test_differences_are_over_the_questions_that_both_have_points_for() -> None:
    points = [((4, 2), (1, 1)), ((5, None), (2, 2)), ((3, 3), (5, 1)), (None, (5, 5))]
    contests = [
        ("", [9 if one else 0, 9], Contest({0: [verdict(*one)] if one else [], 1: [verdict(*two)]}, {}), False)
        for one, two in points
    ]
    (pair,) = counted(contests)["pairs"]
    assert list(pair["differences"]) == [*METRICS, "mean"]
    assert pair["differences"]["firmness"] == asdict(mean_with_interval([3, 3, -2]))
    assert pair["differences"]["order"] == asdict(mean_with_interval([1, 2]))
    # A mean over the metrics is of whole verdicts alone.
    assert pair["differences"]["mean"] == asdict(mean_with_interval([2, 0]))


def test_what_lacks_and_who_is_at_risk_is_told_by_set() -> None:
    own = {0: [verdict(4, 2)], 1: [verdict(2, None)]}
    contests = [
        ("Deposit", [5, 3], Contest(own, {}), True),
        ("Repairs", [7, 0], Contest({0: [verdict(1, 1)]}, {}), False),
    ]
    figures = counted(contests, pairs=False)
    a, b = figures["sets"]["a"], figures["sets"]["b"]
    assert [a["answers"], a["unanswered"], a["mean_length"]] == [2, 0, 6]
    assert [b["answers"], b["unanswered"], b["mean_length"]] == [1, 1, 3]
    assert (a["mean"]["mean"], a["at risk"]["mean"], b["at risk"]["mean"]) == (2, 3, None)
    assert (a["failures"], b["failures"]) == ({}, {"missing": 1})
    assert "pairs" not in figures
    assert "position_bias" not in figures


@pytest.mark.parametrize(("names", "wanted"), [("a", {}), ("ab", {"scores": False, "pairs": False})])
def test_figures_of_nothing_are_told_all_the_same(names: str, wanted: dict[str, bool]) -> None:
    figures = counted([], names, **wanted)
    assert (figures["questions"], figures["sets"]["a"]["answers"], figures["sets"]["a"]["mean_length"]) == (0, 0, None)
    assert "pairs" not in figures
