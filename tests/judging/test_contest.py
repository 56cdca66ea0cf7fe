"""Outcomes of two orders, and what a contest tells of each answer."""

from __future__ import annotations

from itertools import product

import pytest

from synthgen.export.contest import contest_grounds, contest_outcome
from synthgen.judging.contest import Contest
from synthgen.judging.preference import Preference, outcome_of, preference_of
from synthgen.judging.verdict import Score, Verdict
from synthgen.parsing import RawPreference, Winner

FIRST, SECOND, TIE = (Preference(winner, "So.") for winner in ("first", "second", "tie"))  # type: ignore[arg-type]
UNREAD = Preference(None, "", "nonsense")
MIRROR: dict[Winner, Winner] = {"first": "second", "second": "first", "tie": "tie"}


def verdict(**points: int) -> Verdict:
    return Verdict({name: Score(name, given, "So.", "", quote_found=False) for name, given in points.items()}, {})


@pytest.mark.parametrize(
    ("straight", "turned", "outcome"),
    [
        (FIRST, SECOND, "a"),
        (SECOND, FIRST, "b"),
        # Who wins only where he stands first, or only where he stands second, has not won.
        (FIRST, FIRST, "tie"),
        (SECOND, SECOND, "tie"),
        (TIE, TIE, "tie"),
        (FIRST, TIE, "tie"),
        (TIE, SECOND, "tie"),
        (SECOND, TIE, "tie"),
        (TIE, FIRST, "tie"),
    ],
)
def test_both_orders_have_to_agree(straight: Preference, turned: Preference, outcome: str) -> None:
    assert outcome_of(straight, turned) == outcome


@pytest.mark.parametrize("other", [FIRST, SECOND, TIE, UNREAD])
def test_of_half_an_answer_there_is_no_outcome(other: Preference) -> None:
    assert outcome_of(UNREAD, other) is None
    assert outcome_of(other, UNREAD) is None


def test_the_names_of_the_two_do_not_matter() -> None:
    swapped = {"a": "b", "b": "a", "tie": "tie", None: None}
    for straight, turned in product((FIRST, SECOND, TIE, UNREAD), repeat=2):
        assert outcome_of(turned, straight) == swapped[outcome_of(straight, turned)]


@pytest.mark.parametrize(
    ("raw", "answer", "finish", "kind"),
    [
        (None, "", "length", "cut_off"),
        (None, "", "content_filter", "refused"),
        (None, "I'm sorry, but I can't compare these.", "stop", "refused"),
        (None, "7 cats.", "stop", "nonsense"),
        (RawPreference(None, "Both."), "", "stop", "missing"),
        (RawPreference(None, "Both."), "", "length", "cut_off"),
    ],
)
def test_an_answer_without_a_winner_is_a_failure_by_its_kind(
    raw: RawPreference | None, answer: str, finish: str, kind: str
) -> None:
    found = preference_of(raw, answer=answer, finish=finish)
    assert (found.winner, found.failure, found.is_whole) == (None, kind, False)
    assert found.reason == (raw.reason if raw else "")


@pytest.mark.parametrize("finish", ["stop", "length", "content_filter"])
def test_a_winner_that_was_read_counts_however_the_answer_ended(finish: str) -> None:
    found = preference_of(RawPreference("tie", "Alike."), answer="", finish=finish)
    assert (found, found.is_whole) == (Preference("tie", "Alike."), True)


CONTEST = Contest(
    {0: [verdict(order=2, tone=4), verdict(order=3)], 1: [verdict()]},
    {(0, 1): (FIRST, SECOND), (0, 2): (FIRST, UNREAD)},
    frozenset({(1, 3)}),
)


def test_points_are_the_mean_of_the_repeats_that_have_some() -> None:
    assert CONTEST.points(0) == {"order": 2.5, "tone": 4}
    assert CONTEST.points(1) == CONTEST.points(9) == {}


def test_alike_answers_tie_unread_ones_are_undecided_and_others_were_not_compared() -> None:
    told = {(a, b): (CONTEST.has(a, b), CONTEST.outcome(a, b)) for a, b in [(0, 1), (0, 2), (1, 3), (2, 3)]}
    assert told == {(0, 1): (True, "a"), (0, 2): (True, None), (1, 3): (True, "tie"), (2, 3): (False, None)}


def test_files_have_names_in_place_of_places() -> None:
    names = ["w", "x", "y", "z"]
    assert contest_outcome(names, CONTEST) == {
        "scores": {"w": {"order": 2.5, "tone": 4}, "x": {}},
        "winners": [
            {"a": "w", "b": "x", "winner": "w"},
            {"a": "w", "b": "y", "winner": None},
            {"a": "x", "b": "z", "winner": "tie"},
        ],
    }
    grounds = contest_grounds(names, CONTEST)
    assert [len(own) for own in grounds["verdicts"].values()] == [2, 1]
    said = {"winner": "first", "reason": "So.", "failure": None}
    assert grounds["preferences"][1] == {
        "a": "w",
        "b": "y",
        "a_first": said,
        "b_first": {"winner": None, "reason": "", "failure": "nonsense"},
    }
    assert contest_outcome(names, Contest({}, {})) == {}
