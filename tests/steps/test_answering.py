"""The answering step by itself: one model after another, each told the message and nothing of the others."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from note_trials import SPEC
from recorded_talk import RecordedTalk

from synthgen.calls import Request, Sampling
from synthgen.prompts import Prompts
from synthgen.records import Cell, Row, Slot, State, Turn
from synthgen.spec import parse_spec
from synthgen.steps.answering import Answerer, Answering
from synthgen.steps.style import Style

PROMPTS = Prompts([Path(__file__).parents[2] / "templates"])
CHAT, PLAIN = (Style(plain, Sampling(max_tokens=0)) for plain in (False, True))
GIVEN = (Turn("user", "Who mends\n the roof?"), Turn("assistant", "Not me."), Turn("assistant", ""))


def row(language: str = "en", *messages: Turn) -> Row:
    return Row("trial-000001", Slot(Cell("", language), 1, 0, {}), messages or GIVEN)


def answering(*styles: Style, given: int = 2, instructions: str | None = None) -> Answering:
    answerers = [Answerer(f"answer_{number}", style) for number, style in enumerate(styles, 1)]
    return Answering(parse_spec(SPEC, "house.yaml"), PROMPTS, 1, answerers, given, instructions)


class Talk(RecordedTalk):
    usual = staticmethod(lambda request: f"Asked for {request.purpose}.")


def test_each_model_answers_in_its_turn_and_then_nothing_is_due() -> None:
    step, talk, asked = answering(CHAT, CHAT, CHAT), Talk(), row()
    while step.is_due(asked):
        asked = asyncio.run(step.run(asked, talk))
    assert asked.messages == (*GIVEN, *(Turn("assistant", f"Asked for answer_{n}.") for n in (1, 2, 3)))
    assert asked.state is State.DRAFTED
    assert [request.purpose for request in talk.requests] == ["answer_1", "answer_2", "answer_3"]
    assert len({request.sampling.seed for request in talk.requests}) == 3
    assert not any("Not me." in turn.content for request in talk.requests for turn in request.messages)


def test_without_models_nothing_is_due() -> None:
    assert not answering().is_due(row())


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Adviser: Ask him. ", "Ask him."),
        ("assistant: Ask him.", "Ask him."),
        ("", ""),
        (" \n", ""),
        ("**Ask** him.\n\nThen wait.", "**Ask** him.\n\nThen wait."),
    ],
)
def test_an_answer_is_kept_without_the_speakers_name(said: str, kept: str) -> None:
    step = answering(CHAT)
    done = asyncio.run(step.run(row(), Talk(said)))
    assert done.messages[-1] == Turn("assistant", kept)
    # What says nothing has answered all the same.
    assert not step.is_due(done)


def request(step: Answering, asked: Row) -> Request:
    return step.request(asked)[0]


def test_a_model_is_told_whom_it_answers_in_the_language_of_the_question() -> None:
    system, user = request(answering(CHAT), row()).messages
    assert (system.role, user) == ("system", GIVEN[0])
    assert "adviser" in system.content
    assert "tenant" in system.content
    system, user = request(answering(CHAT, given=0), row("zh", Turn("user", "谁来修屋顶？"))).messages
    assert ("顾问" in system.content, user.content) == (True, "谁来修屋顶？")


def test_a_model_is_told_what_the_user_has_it_told_or_nothing() -> None:
    system, _ = request(answering(CHAT, instructions="Say {{ no }}."), row()).messages
    assert system.content == "Say {{ no }}."
    assert request(answering(CHAT, instructions=""), row()).messages == (GIVEN[0],)


@pytest.mark.parametrize(
    ("instructions", "begins"), [(None, "A message of a tenant"), ("Say no.", "Say no."), ("", "A message of a tenant")]
)
def test_a_small_model_goes_on_from_one_text(instructions: str | None, begins: str) -> None:
    asked = request(answering(PLAIN, instructions=instructions), row())
    assert asked.text.startswith(begins)
    assert asked.text.endswith("\n\nTenant: Who mends the roof?\n\nAdviser:")
    assert "\nTenant:" in asked.sampling.stop
