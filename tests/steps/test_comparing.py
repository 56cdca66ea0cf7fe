"""The comparing step by itself: what is asked in which order, and contests found again from the answers alone."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from evaluate_trials import answer, judging, marks_in, on_merit, question, shown
from hypothesis import given
from hypothesis import strategies as st
from judge_trials import RUBRIC
from note_trials import SPEC
from recorded_talk import RecordedTalk

from synthgen.backends.scripted import prompt_of
from synthgen.calls import Answered, Sampling
from synthgen.errors import ServerError
from synthgen.judging.contest import Contest
from synthgen.prompts import Prompts
from synthgen.records import Cell, Row, Slot, State, Turn
from synthgen.rubrics import parse_rubric
from synthgen.spec import parse_spec
from synthgen.steps.comparing import Comparing
from synthgen.steps.judge import Judge
from synthgen.steps.style import Style
from synthgen.steps.umpire import Umpire

PARTS = (
    parse_spec(SPEC, "house.yaml"),
    Prompts([Path(__file__).parents[2] / "templates"]),
    Style(False, Sampling(max_tokens=0)),
    1,
    parse_rubric(RUBRIC, "desk.yaml"),
)
ABC = tuple(answer(who, 1) for who in "abc")


class Talk(RecordedTalk):
    """Answers from a list, soundly at its end, and keeps what was answered as a ledger does."""

    usual = staticmethod(judging(on_merit))


def row(*answers: str) -> Row:
    turns = (Turn("user", question(1)), *(Turn("assistant", text) for text in answers))
    return Row("trial-000001", Slot(Cell("", "en"), 1, 0, {}), turns)


def comparing(talk: Talk, *, scores: bool = True, pairs: bool = True, repeats: int = 1, tries: int = 2) -> Comparing:
    judge, umpire = Judge(*PARTS) if scores else None, Umpire(*PARTS) if pairs else None
    return Comparing(judge, umpire, repeats, tries, lambda row: list(talk.answered))


def finished(step: Comparing, talk: Talk, asked: Row) -> Contest:
    done = asked
    while step.is_due(done):
        done = asyncio.run(step.run(done, talk))
    assert (done.state, done.messages) == (State.REPLIED, asked.messages)
    return step.contest(done)


def test_each_answer_is_scored_and_then_each_two_are_compared_in_both_orders() -> None:
    talk = Talk()
    contest = finished(comparing(talk, repeats=2), talk, row(*ABC))
    assert [request.purpose for request in talk.requests] == ["judge"] * 6 + ["compare"] * 6
    scored = [mark for request in talk.requests[:6] for mark, _ in marks_in(prompt_of(request))]
    assert scored == ["a", "a", "b", "b", "c", "c"]
    orders = ["".join(mark for text in shown(request) for mark, _ in marks_in(text)) for request in talk.requests[6:]]
    assert orders == ["ab", "ba", "ac", "ca", "bc", "cb"]
    assert len({request.sampling.seed for request in talk.requests}) == 12
    assert {who: len(own) for who, own in contest.verdicts.items()} == {0: 2, 1: 2, 2: 2}
    assert {*contest.preferences} == {(0, 1), (0, 2), (1, 2)}


@pytest.mark.parametrize(("scores", "pairs", "calls"), [(True, False, 3), (False, True, 6), (False, False, 0)])
def test_only_what_is_wanted_is_asked(scores: bool, pairs: bool, calls: int) -> None:
    talk = Talk()
    step = comparing(talk, scores=scores, pairs=pairs)
    contest = finished(step, talk, row(*ABC))
    assert len(talk.requests) == calls
    assert (bool(contest.verdicts), bool(contest.preferences)) == (scores, pairs)
    assert step.purpose == ("judge" if scores else "compare")


@pytest.mark.parametrize(
    ("answers", "calls", "alike"),
    [
        (("", *ABC[1:]), 2 + 2, []),
        (("", " ", ABC[2]), 1, []),
        (("", "", ""), 0, []),
        ((ABC[0], "\n".join(["", *ABC[0].split(" "), ""]), ABC[2]), 3 + 4, [(0, 1)]),
        ((ABC[0],) * 3, 3, [(0, 1), (0, 2), (1, 2)]),
    ],
)
def test_what_is_empty_is_not_asked_about_and_what_is_the_same_not_compared(
    answers: tuple[str, ...], calls: int, alike: list[tuple[int, int]]
) -> None:
    talk = Talk()
    contest = finished(comparing(talk), talk, row(*answers))
    assert len(talk.requests) == calls
    assert sorted(contest.alike) == alike
    assert all(contest.outcome(*pair) == "tie" for pair in alike)
    without = Talk()
    assert finished(comparing(without, pairs=False), without, row(*answers)).alike == frozenset()


def test_an_order_without_a_winner_is_asked_again_and_then_stands_by_its_kind() -> None:
    talk = Talk("no", "nothing", "never", "no")
    contest = finished(comparing(talk, scores=False, tries=2), talk, row(*ABC[:2]))
    assert len(talk.requests) == 3 + 2
    assert len({request.sampling.seed for request in talk.requests}) == 5
    straight, turned = contest.preferences[0, 1]
    assert (straight.winner, straight.failure, turned.is_whole) == (None, "nonsense", True)
    assert contest.outcome(0, 1) is None


def test_of_a_row_that_is_given_up_a_half_asked_pair_has_no_outcome() -> None:
    talk = Talk(*[Talk.usual] * 3, ServerError("down"))
    step, asked = comparing(talk), row(*ABC[:2])
    for _ in range(3):
        asked = asyncio.run(step.run(asked, talk))
    with pytest.raises(ServerError):
        asyncio.run(step.run(asked, talk))
    contest = step.contest(asked)
    assert {who: len(own) for who, own in contest.verdicts.items()} == {0: 1, 1: 1}
    assert (dict(contest.preferences), contest.outcome(0, 1)) == ({}, None)


def test_what_models_answered_before_is_no_verdict() -> None:
    talk = Talk()
    talk.answered = [Answered("answer_1", json.dumps({"winner": "first"}), "stop")]
    wanted = Talk()
    assert finished(comparing(talk), talk, row(*ABC)) == finished(comparing(wanted), wanted, row(*ABC))
    assert talk.requests == wanted.requests


BROKEN = ["no", "{}", '{"winner": "both of them"}', '{"order": {"score": 4}}', "", ('{"reason": "', "length")]


@given(
    st.lists(st.sampled_from([Talk.usual, Talk.usual, *BROKEN]), max_size=14),
    st.data(),
    st.integers(1, 2),
    st.integers(0, 2),
    st.booleans(),
)
def test_after_a_stop_at_any_answer_all_goes_on_as_without_it(
    answers: list[Any], data: st.DataObject, repeats: int, tries: int, scores: bool
) -> None:
    asked, whole = row(*ABC[:2]), Talk(*answers)
    options: dict[str, Any] = {"repeats": repeats, "tries": tries, "scores": scores}
    wanted = finished(comparing(whole, **options), whole, asked)
    cut = data.draw(st.integers(0, len(whole.answered)))
    again = Talk(*answers[cut:])
    again.answered = whole.answered[:cut]
    assert finished(comparing(again, **options), again, asked) == wanted
    assert again.requests == whole.requests[cut:]
    straight, turned = wanted.preferences[0, 1]
    # Each order has a winner or a kind of failure, and never both; of half a pair there is no outcome.
    assert all((each.winner is None) != (each.failure is None) for each in (straight, turned))
    assert (wanted.outcome(0, 1) is None) == (straight.winner is None or turned.winner is None)
