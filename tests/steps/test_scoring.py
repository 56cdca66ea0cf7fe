"""The scoring step by itself: judges and repeats in their order, and verdicts found again from the answers alone."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from judge_trials import METRICS, RUBRIC, scored
from note_trials import SAID, SPEC
from recorded_talk import RecordedTalk

from synthgen.calls import Sampling
from synthgen.errors import ServerError
from synthgen.judging.verdict import Verdict
from synthgen.prompts import Prompts
from synthgen.records import Cell, Row, Slot, State, Turn
from synthgen.rubrics import parse_rubric
from synthgen.spec import parse_spec
from synthgen.steps.judge import Judge
from synthgen.steps.scoring import Scoring
from synthgen.steps.style import Style

HOUSE = parse_spec(SPEC, "house.yaml")
DESK = parse_rubric(RUBRIC, "desk.yaml")
PROMPTS = Prompts([Path(__file__).parents[2] / "templates"])
TURNS = tuple(Turn("assistant" if at % 2 else "user", text) for at, text in enumerate(SAID))
ROW = Row("trial-000001", Slot(Cell("", "en"), 1, 0, {}), TURNS)


def judge(purpose: str = "judge") -> Judge:
    return Judge(HOUSE, PROMPTS, Style(False, Sampling(max_tokens=0)), 1, DESK, purpose)


class Talk(RecordedTalk):
    """Answers from a list, soundly at its end, and keeps what was answered as a ledger does."""

    usual = staticmethod(scored)


def scoring(talk: Talk, *judges: Judge, repeats: int = 1, tries: int = 2) -> Scoring:
    return Scoring(judges or (judge(),), repeats, tries, lambda row: list(talk.answered))


def finished(step: Scoring, talk: Talk, row: Row = ROW) -> list[list[Verdict]]:
    while step.is_due(row):
        row = asyncio.run(step.run(row, talk))
    assert (row.state, row.messages) == (State.REPLIED, TURNS)
    return step.verdicts(row)


def test_each_judge_gives_each_of_its_repeats() -> None:
    talk = Talk()
    step = scoring(talk, judge(), judge("judge_b"), repeats=3)
    assert [len(own) for own in finished(step, talk)] == [3, 3]
    assert [request.purpose for request in talk.requests] == ["judge"] * 3 + ["judge_b"] * 3
    assert len({request.sampling.seed for request in talk.requests}) == 6
    assert step.metrics == METRICS


def test_what_lacks_is_asked_for_again_and_then_stands_by_its_kind() -> None:
    half = json.dumps({"firmness": {"quote": "write", "reason": "So.", "score": 3}})
    talk = Talk(half, "no", "no", scored)
    ((first, second),) = finished(scoring(talk, repeats=2, tries=2), talk)
    assert (first.scores["firmness"].points, first.failures) == (3, {"order": "nonsense"})
    assert second.is_whole
    assert len(talk.requests) == 4


@pytest.mark.parametrize(
    ("answer", "finish", "kind"),
    [
        ("", "content_filter", "refused"),
        ("", "length", "cut_off"),
        ('{"firm', "length", "cut_off"),
        ("", "stop", "nonsense"),
    ],
)
def test_the_servers_word_for_the_end_tells_the_kind(answer: str, finish: str, kind: str) -> None:
    talk = Talk((answer, finish))
    ((verdict,),) = finished(scoring(talk, tries=0), talk)
    assert (verdict.scores, verdict.failures) == ({}, dict.fromkeys(METRICS, kind))


def test_of_a_row_that_is_given_up_what_was_answered_is_kept() -> None:
    half = json.dumps({"order": {"quote": "", "reason": "So.", "score": 2}})
    talk = Talk(scored, half, ServerError("down"))
    step = scoring(talk, judge(), judge("judge_b"))
    row = ROW
    for _ in range(2):
        row = asyncio.run(step.run(row, talk))
    with pytest.raises(ServerError):
        asyncio.run(step.run(row, talk))
    (first,), (second,) = step.verdicts(row)
    assert first.is_whole
    assert (second.scores["order"].points, second.failures) == (2, {"firmness": "missing"})


def test_a_row_that_was_never_asked_about_has_no_verdicts() -> None:
    assert scoring(Talk(), judge(), judge("judge_b")).verdicts(ROW) == [[], []]


def test_after_fewer_repeats_or_without_the_second_judge_the_first_answers_count() -> None:
    talk = Talk()
    whole = finished(scoring(talk, judge(), judge("judge_b"), repeats=2), talk)
    assert scoring(talk).verdicts(ROW) == [whole[0][:1]]
    assert scoring(talk, judge("judge_b")).verdicts(ROW) == [whole[1][:1]]


BROKEN = [
    "no",
    "{}",
    '{"firmness": {"score": 9}}',
    '{"order": {"score": 4}}',
    "firmness: 2",
    "",
    ('{"order": {', "length"),
]


@given(
    st.lists(st.sampled_from([scored, scored, *BROKEN]), max_size=16), st.data(), st.integers(1, 2), st.integers(0, 2)
)
def test_after_a_stop_at_any_answer_all_goes_on_as_without_it(
    answers: list[Any], data: st.DataObject, repeats: int, tries: int
) -> None:
    whole = Talk(*answers)
    wanted = finished(scoring(whole, judge(), judge("judge_b"), repeats=repeats, tries=tries), whole)
    cut = data.draw(st.integers(0, len(whole.answered)))
    again = Talk(*answers[cut:])
    again.answered = whole.answered[:cut]
    assert finished(scoring(again, judge(), judge("judge_b"), repeats=repeats, tries=tries), again) == wanted
    assert again.requests == whole.requests[cut:]
    # Each metric has a score on the scale or a kind of failure, and never both.
    for verdict in (verdict for own in wanted for verdict in own):
        assert {*verdict.scores, *verdict.failures} == {*METRICS}
        assert not {*verdict.scores} & {*verdict.failures}
        assert all(1 <= score.points <= 5 for score in verdict.scores.values())
