"""One side of a simulated conversation: what it is asked, what is read of its answers, when the talk is over."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from talk_spec import TALKS, talk_slot, without

from synthgen.backends.scripted import Scripted
from synthgen.calls import Reply, Request, Sampling
from synthgen.prompts import Prompts
from synthgen.records import Drop, Role, Row, State, Turn
from synthgen.spec import CrisisRules, Spec
from synthgen.steps.speaker import Speaker
from synthgen.steps.style import TOKENS_PER_UNIT, Style
from synthgen.steps.talk_plan import plan_talk

TEMPLATES = Path(__file__).parents[2] / "templates"
SAID = ("It is cold here.", "How cold is it?", "Nine degrees.", "Since when?", "Since Friday.", "Write to the owner.")
FAULT = Drop("turn", "too_long", "It has 90 words.")


def speaker(side: Role = "user", spec: Spec = TALKS, *, plain: bool = False) -> Speaker:
    return Speaker(spec, Prompts([TEMPLATES]), Style(plain, Sampling(max_tokens=0)), 1, side)


def talk(count: int, **parts: object) -> Row:
    turns = tuple(Turn("assistant" if at % 2 else "user", text) for at, text in enumerate(SAID[:count]))
    return replace(Row("run-1", talk_slot(), turns), **parts)  # type: ignore[arg-type]


def asked(row: Row, side: Role = "user", spec: Spec = TALKS) -> list[tuple[str, str]]:
    request, _ = speaker(side, spec).request(row)
    return [(turn.role, turn.content) for turn in request.messages]


def test_the_side_is_due_whose_turn_it_is() -> None:
    for count in range(6):
        assert speaker("user").is_due(talk(count)) == (count % 2 == 0)
        assert speaker("assistant").is_due(talk(count)) == (count % 2 == 1)
    # A fault is mended by the side that spoke last.
    assert speaker("user").is_due(talk(3, drop=FAULT))
    assert not speaker("assistant").is_due(talk(3, drop=FAULT))
    assert not speaker("user").is_due(talk(6, state=State.REPLIED))
    assert speaker("assistant").is_due(talk(6, state=State.REPLIED, drop=FAULT))


def test_the_user_begins_at_a_word_to_begin() -> None:
    (_, system), (role, start) = asked(talk(0))
    plan = plan_talk(TALKS, talk_slot(), 1)
    for told in (plan.name, str(plan.age), "sour", "two months", "first", "Speak of the flat.", "3 and 40 words"):
        assert told in system
    assert (role, start) == ("user", "(The conversation begins. Say what brings you here.)")
    assert "court" not in system


def test_the_assistant_is_told_its_course_and_the_phase_of_the_turn() -> None:
    (_, system), (_, heard) = asked(talk(1), "assistant")
    for told in ("firm", "step by step to the court", "hearing", "planning", "parting", "Name the law", '"I see"'):
        assert told in system
    assert heard.startswith("It is cold here.\n\n(For you alone, now: hearing, asking or noting.)")
    for hidden in ("sour", "two months", "Ann", "Bo"):
        assert hidden not in system


@pytest.mark.parametrize(("language", "told"), [("en", "life may be at risk"), ("zh", "生命危险")])
def test_danger_to_life_is_spoken_of_only_where_it_may_come_up(language: str, told: str) -> None:
    blind = TALKS.model_copy(update={"crisis": CrisisRules(detect=False)})
    calm, flagged = (talk(1, slot=talk_slot(topic=topic, language=language)) for topic in ("Heating", "Gas"))
    assert told not in asked(calm, "assistant", blind)[0][1]
    for row, spec in ((calm, TALKS), (flagged, blind)):
        assert told in asked(row, "assistant", spec)[0][1]


def test_a_talk_is_heard_from_ones_own_side() -> None:
    heard = asked(talk(4))[2:]
    assert [role for role, _ in heard] == ["assistant", "user", "assistant", "user"]
    heard = asked(talk(3), "assistant")[1:]
    assert [role for role, _ in heard] == ["user", "assistant", "user"]


def test_what_is_held_back_may_be_told_once_there_is_trust() -> None:
    long = replace(talk(0).slot, cell=talk(0).slot.cell._replace(turns="20-20"))
    for count, words in ((2, "not yet the time"), (8, "you may tell what you have kept back")):
        said = tuple(Turn("assistant" if at % 2 else "user", f"Turn {at} was said.") for at in range(count))
        assert words in asked(Row("run-1", long, said))[-1][1]
    nothing = without(TALKS, held_back=[])
    assert asked(Row("run-1", long, said), spec=nothing)[-1][1] == "Turn 7 was said."


def test_both_sides_are_told_when_the_end_is_near() -> None:
    six = talk_slot(turns="6-6")
    assert "time is up" in asked(replace(talk(4), slot=six))[-1][1]
    assert "coming to its end" in asked(replace(talk(2), slot=six))[-1][1]
    assert "this is the last thing you say" in asked(replace(talk(5), slot=six), "assistant")[-1][1]


def test_only_the_assistant_is_told_of_a_risk_and_only_in_the_note() -> None:
    calm, risky = asked(talk(1), "assistant"), asked(talk(1, risk=True), "assistant")
    assert calm[0] == risky[0]
    assert "safety may be at risk" in risky[-1][1]
    assert "safety may be at risk" not in calm[-1][1]
    assert asked(talk(2, risk=True)) == asked(talk(2))


def test_a_fault_is_told_and_the_turn_that_has_it_is_shown() -> None:
    before, mended = asked(talk(2)), asked(talk(3, drop=FAULT))
    assert mended[: len(before)] == before
    (role, faulty), (_, repair) = mended[len(before) :]
    assert (role, faulty) == ("assistant", "Nine degrees.")
    assert "It has 90 words." in repair
    first, _ = speaker().request(talk(2))
    seeds = {speaker().request(talk(3, drop=FAULT, repairs=at))[0].sampling.seed for at in range(3)}
    assert len(seeds | {first.sampling.seed}) == 4


def test_seeds_differ_by_side_turn_seat_and_try() -> None:
    rows = [talk(0), talk(2), replace(talk(0), slot=talk_slot(1)), replace(talk(0), slot=talk_slot(attempt=1))]
    seeds = [speaker().request(row)[0].sampling.seed for row in rows]
    seeds.append(speaker("assistant").request(talk(1))[0].sampling.seed)
    assert len(set(seeds)) == 5
    assert seeds[0] == speaker().request(talk(0))[0].sampling.seed


def test_a_turn_may_be_as_long_as_the_spec_lets_it() -> None:
    request, template = speaker().request(talk(0))
    assert request.sampling.max_tokens > 40 * TOKENS_PER_UNIT
    assert (request.purpose, template, request.schema) == ("user", "user_turn/en.j2", None)


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Tenant: It is cold.", "It is cold."),
        ('"It is cold."', "It is cold."),
        ("**Ann**: It is cold.", "It is cold."),
        ("User: It is cold.", "It is cold."),
        ("  It is cold.  ", "It is cold."),
        ("", ""),
    ],
)
def test_wrapping_is_taken_off(text: str, content: str) -> None:
    spec = without(TALKS, names={"en": ["Ann"]})
    row = speaker(spec=spec).with_text(talk(0), text, "stop")
    assert row.messages == (Turn("user", content),)
    assert (row.state, row.finish) == (State.DRAFTED, "stop")


def test_a_mended_turn_takes_the_place_of_the_faulty_one() -> None:
    row = speaker().with_text(talk(3, drop=FAULT), "Nine degrees since Friday.", "length")
    assert [turn.content for turn in row.messages] == [*SAID[:2], "Nine degrees since Friday."]
    assert row.finish == "length"


def test_a_talk_is_over_at_its_length_or_when_both_have_parted_within_the_band() -> None:
    long = talk_slot(turns="4-20")
    parted = (Turn("user", "It is cold."), Turn("assistant", "How cold?"), Turn("user", "Thank you, goodbye."))
    row = replace(talk(0), slot=long, messages=parted)
    assert speaker("assistant").with_text(row, "Take care, goodbye.", "stop").state is State.REPLIED
    assert speaker("assistant").with_text(row, "One more thing first.", "stop").state is State.DRAFTED
    wider = replace(row, slot=talk_slot(turns="6-20"))
    assert speaker("assistant").with_text(wider, "Take care, goodbye.", "stop").state is State.DRAFTED
    six = replace(talk(5), slot=talk_slot(turns="6-6"))
    assert speaker("assistant").with_text(six, "And the window?", "stop").state is State.REPLIED
    # A last turn that is mended into a question of a talk that may go on goes on.
    again = replace(row, messages=(*parted, Turn("assistant", "Bye.")), state=State.REPLIED, drop=FAULT)
    assert speaker("assistant").with_text(again, "Who has the key?", "stop").state is State.DRAFTED


def test_one_call_is_one_turn() -> None:
    asked: list[Request] = []

    class Desk:
        async def generate(self, request: Request, template: str) -> Reply:
            asked.append(request)
            return await Scripted(["It is cold."]).complete(request)

    row = asyncio.run(speaker().run(talk(0), Desk()))
    assert row.messages == (Turn("user", "It is cold."),)
    assert len(asked) == 1


@pytest.mark.parametrize("side", ["user", "assistant"])
def test_very_small_models_go_on_from_examples(side: Role) -> None:
    row = talk(2 if side == "user" else 1)
    request, template = speaker(side, plain=True).request(row)
    assert template == f"{side}_turn/en.plain.j2"
    assert request.messages == ()
    label = "Tenant" if side == "user" else "Adviser"
    assert request.text.endswith(f"{row.messages[-1].content}\n{label}:")
    assert "Tenant: The wall is wet." in request.text
    assert "smoke" not in request.text
    assert "墙" not in request.text
    risky, _ = speaker(side, plain=True).request(replace(row, risk=True))
    assert "I smell smoke." in risky.text
    assert "\n" in request.sampling.stop


@given(st.text(max_size=300), st.sampled_from(["user", "assistant"]), st.booleans())
def test_any_answer_becomes_a_turn(text: str, side: Role, faulty: bool) -> None:
    row = talk(2 if side == "user" else 1)
    if faulty:
        row = replace(row, messages=(*row.messages, Turn(side, "Old.")), drop=FAULT)
    spoken = speaker(side).with_text(row, text, "stop")
    assert len(spoken.messages) == (3 if side == "user" else 2)
    assert spoken.messages[-1].role == side
