"""The noting step by itself: what it asks next follows from what was answered, and from nothing else."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from note_trials import SAID, SPEC, notes, told
from recorded_talk import RecordedTalk

from synthgen.annotation.windows import Window
from synthgen.calls import Request, Sampling
from synthgen.errors import ServerError
from synthgen.prompts import Prompts
from synthgen.records import Annotation, Cell, Note, Row, Slot, State, Turn
from synthgen.spec import parse_spec
from synthgen.steps.annotate import Annotate, Limits
from synthgen.steps.noting import Noting
from synthgen.steps.style import Style

HOUSE = parse_spec(SPEC, "house.yaml")
PROMPTS = Prompts([Path(__file__).parents[2] / "templates"])
LIMITS = Limits(turns=2, context=2, words=1500, session_words=6000)


def annotator(purpose: str = "annotate", rules: Any = HOUSE.annotation) -> Annotate:
    return Annotate(HOUSE, PROMPTS, Style(False, Sampling(max_tokens=0)), 1, rules, LIMITS, purpose)


def row_of(*texts: str) -> Row:
    turns = tuple(Turn("assistant" if at % 2 else "user", text) for at, text in enumerate(texts or SAID))
    return Row("trial-000001", Slot(Cell("", "en"), 1, 0, {}), turns)


class Talk(RecordedTalk):
    """Answers from a list, and keeps what was answered as a ledger does."""

    usual = staticmethod(told)


def noting(talk: Talk, *annotators: Annotate, votes: int = 1, tries: int = 2) -> Noting:
    return Noting(annotators or (annotator(),), votes, tries, lambda row: list(talk.answered))


def finished(step: Noting, row: Row, talk: Talk) -> Row:
    while row.state is State.DRAFTED:
        row = asyncio.run(step.run(row, talk))
    return row


def moods(annotation: Annotation) -> list[Any]:
    return [annotation.turns[number]["mood"].value for number in (1, 3)]


def test_a_run_is_one_call_and_the_last_brings_the_annotations() -> None:
    talk = Talk()
    step, row = noting(talk), row_of()
    states = []
    for calls in (1, 2, 3):
        row = asyncio.run(step.run(row, talk))
        assert len(talk.requests) == calls
        states.append(row.state)
    assert states == [State.DRAFTED, State.DRAFTED, State.REPLIED]
    assert not step.is_due(row)
    (made,) = row.annotations
    assert list(made.session) == ["summary", "topic"]
    assert list(made.turns) == [1, 2, 3, 4]
    assert row.messages == row_of().messages


def test_each_annotator_votes_on_each_window() -> None:
    talk = Talk()
    step = noting(talk, annotator(), annotator("annotate_b"), votes=2)
    row = finished(step, row_of(), talk)
    assert [request.purpose for request in talk.requests] == ["annotate"] * 6 + ["annotate_b"] * 6
    assert len({request.sampling.seed for request in talk.requests}) == 12
    assert len(row.annotations) == 2


def test_nothing_to_ask_is_done_without_a_call() -> None:
    alone = annotator(rules=type(HOUSE.annotation)(user=HOUSE.annotation.user))
    talk = Talk()
    row = Row("trial-000001", Slot(Cell("", "en"), 1, 0, {}), (Turn("assistant", "Hello?"),))
    done = asyncio.run(noting(talk, alone).run(row, talk))
    assert (done.state, done.annotations, talk.requests) == (State.REPLIED, (Annotation({}, {}),), [])


BROKEN = ["no", "{}", '{"1": {"mood": ["Wobbly"]}}', '{"2": {"act": "Advice"}, "4": {"act": []}}', "[1, 2", ""]


@given(st.lists(st.sampled_from([told, told, *BROKEN]), max_size=20), st.data(), st.integers(1, 2), st.integers(0, 2))
def test_after_a_stop_at_any_answer_all_goes_on_as_without_it(
    answers: Sequence[Any], data: st.DataObject, votes: int, tries: int
) -> None:
    whole = Talk(*answers)
    wanted = finished(noting(whole, votes=votes, tries=tries), row_of(), whole)
    cut = data.draw(st.integers(0, len(whole.answered)))
    again = Talk(*answers[cut:])
    again.answered = whole.answered[:cut]
    assert finished(noting(again, votes=votes, tries=tries), row_of(), again) == wanted
    assert again.requests == whole.requests[cut:]
    # Whatever was answered, there is a note for each field, with a value of the spec or a reason.
    (made,) = wanted.annotations
    for at, turn in enumerate(SAID, 1):
        field, allowed = ("act", {"Question", "Advice"}) if at % 2 == 0 else ("mood", {"Calm", "Worry", "Anger"})
        note = made.turns[at][field]
        assert turn
        assert (set(note.value) <= allowed) if note.value else note.why


def test_a_call_that_fails_leaves_the_row_where_it_was() -> None:
    talk = Talk(told, ServerError("down"), told)
    step = noting(talk)
    row = asyncio.run(step.run(row_of(), talk))
    with pytest.raises(ServerError):
        asyncio.run(step.run(row, talk))
    done = finished(step, row, talk)
    assert len(talk.answered) == 3
    assert moods(done.annotations[0]) == [("Worry",), ("Calm",)]


def test_what_was_answered_about_a_row_that_is_given_up_is_kept() -> None:
    def half(request: Request) -> str:
        made = notes(request)
        del made["2"]
        return json.dumps(made)

    talk = Talk(told, half, ServerError("down"))
    step = noting(talk, annotator(), annotator("annotate_b"))
    row = row_of()
    for _ in range(2):
        row = asyncio.run(step.run(row, talk))
    first, second = step.given_up(row, "call_failed")
    assert first.session["topic"] == Note("Deposit")
    assert first.turns[1]["mood"] == Note(("Worry",))
    assert first.turns[2]["act"] == Note(None, "no_turn")
    assert first.turns[3] == dict.fromkeys(("look", "mood"), Note(None, "call_failed"))
    assert {note for notes in second.turns.values() for note in notes.values()} == {Note(None, "call_failed")}
    assert second.session == dict.fromkeys(("summary", "topic"), Note(None, "call_failed"))


def test_votes_that_were_given_count_for_a_row_that_is_given_up() -> None:
    talk = Talk()
    step = noting(talk, votes=3)
    row = row_of()
    for _ in range(3):  # a whole vote
        row = asyncio.run(step.run(row, talk))
    (made,) = step.given_up(row, "call_failed")
    assert moods(made) == [("Worry",), ("Calm",)]
    assert made.turns[1]["mood"].confidence == 1


def test_answers_of_another_annotator_or_beyond_the_last_question_are_passed_over() -> None:
    talk = Talk()
    finished(noting(talk, annotator(), annotator("annotate_b"), votes=2), row_of(), talk)
    assert len(talk.answered) == 12
    asked = len(talk.requests)
    b = annotator("annotate_b")
    done = finished(noting(talk, b), row_of(), talk)
    assert len(done.annotations) == 1
    assert len(talk.requests) == asked
    assert b.windows(row_of().messages)[0] == Window((), (1, 2, 3, 4))
