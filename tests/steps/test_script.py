"""The script step: requests of whole conversations, what is read of the answers, repairs."""

from __future__ import annotations

import asyncio
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from talk_spec import TALKS, talk_slot, without

from synthgen.backends.scripted import open_scripted
from synthgen.calls import Backend, Reply, Request, Sampling
from synthgen.prompts import Prompts
from synthgen.records import Drop, Row, State, Turn
from synthgen.spec import Spec
from synthgen.steps.script import Script, Source
from synthgen.steps.style import TOKENS_PER_UNIT, Style
from synthgen.steps.talk_plan import plan_talk

TEMPLATES = Path(__file__).parents[2] / "templates"
FAULT = Drop("conversation", "alternation", "Turn 3 is the tenant's again.")
TALK = (Turn("user", "It is cold."), Turn("assistant", "How cold?"), Turn("user", "Nine degrees."))


def script(
    spec: Spec = TALKS, *, plain: bool = False, template: str = "script", source: Source | None = None
) -> Script:
    given = source or Source()
    return Script(spec, Prompts([TEMPLATES]), Style(plain, Sampling(max_tokens=0)), 1, template, lambda row: given)


def whole(request: Request) -> str:
    return request.text or "\n".join(turn.content for turn in request.messages)


def spoken(turns: tuple[Turn, ...]) -> str:
    return json.dumps({"turns": [{"speaker": turn.role, "text": turn.content} for turn in turns]})


def plain_answer(*texts: str) -> str:
    sides = ("tenant", "adviser")
    return json.dumps({f"{sides[at % 2]} {at // 2 + 1}": text for at, text in enumerate(texts)})


class Desk:
    """A context whose model is a backend, and which keeps what it was asked."""

    def __init__(self, backend: Backend) -> None:
        self.backend = backend
        self.asked: list[Request] = []

    async def generate(self, request: Request, template: str) -> Reply:
        self.asked.append(request)
        return await self.backend.complete(request)


def test_a_row_is_due_until_it_has_a_conversation_without_fault() -> None:
    bare = Row("1", talk_slot())
    done = replace(bare, messages=TALK, state=State.REPLIED)
    assert script().is_due(bare)
    assert not script().is_due(done)
    assert script().is_due(replace(done, drop=FAULT))


def test_the_schema_asks_for_about_the_planned_turns_within_the_band() -> None:
    for seat in range(6):
        slot = talk_slot(seat, turns="8-13")
        request, template = script().draft_request(slot)
        turns = plan_talk(TALKS, slot, 1).turns
        wanted = request.schema["properties"]["turns"] if request.schema else {}
        assert (wanted["minItems"], wanted["maxItems"]) == (max(8, turns - 2), min(12, turns + 2))
        assert template == "script/en.j2"
        assert request.purpose == "script"
        assert f"about {turns} turns" in whole(request)


def test_an_odd_band_is_asked_for_as_it_is() -> None:
    request, _ = script().draft_request(talk_slot(turns="7-7"))
    assert request.schema is not None
    assert {request.schema["properties"]["turns"][bound] for bound in ("minItems", "maxItems")} == {7}


def test_a_request_has_room_for_the_longest_conversation_it_allows() -> None:
    request, _ = script().draft_request(talk_slot(turns="20-20"))
    assert request.sampling.max_tokens > 20 * (40 + 60) / 2 * TOKENS_PER_UNIT


def test_the_same_slot_asks_the_same_and_a_new_try_another() -> None:
    first, again, other = (script().draft_request(talk_slot(attempt=attempt))[0] for attempt in (0, 0, 1))
    assert first == again
    assert first.sampling.seed != other.sampling.seed


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_prompt_tells_all_that_is_settled(language: str) -> None:
    slot = talk_slot(language=language)
    plan, text = plan_talk(TALKS, slot, 1), whole(script().draft_request(slot)[0])
    for label, value in (*plan.profile, *plan.held_back, *plan.plan):
        assert f"- {label}{'：' if language == 'zh' else ': '}{value}" in text
    for part in (plan.name, str(plan.age), plan.approach, *(phase.name for phase in plan.phases)):
        assert part in text
    rules = TALKS.dialogue.assistant_rules[language]
    assert all(rule in text for rule in rules)


def test_one_seed_of_the_topic_is_shown_to_start_from() -> None:
    seeds = TALKS.topic("Heating").seeds["en"]
    shown = [
        [seed for seed in seeds if seed in whole(script().draft_request(talk_slot(seat))[0])] for seat in range(12)
    ]
    assert {len(each) for each in shown} == {1}
    assert {each[0] for each in shown} == set(seeds)
    assert "<example>" not in whole(script().draft_request(talk_slot(topic="Gas"))[0])


def test_a_topic_of_risk_is_announced() -> None:
    calm, risky = (whole(script().draft_request(talk_slot(topic=topic))[0]) for topic in ("Heating", "Gas"))
    assert "very next turn speaks to safety" in calm
    assert "This topic is such a one" in risky
    assert "This topic is such a one" not in calm


def test_a_repair_is_told_the_fault_of_the_whole_conversation() -> None:
    row = Row("1", talk_slot(), TALK, State.REPLIED, drop=FAULT)
    request, _ = script().request(row)
    assert [turn.role for turn in request.messages] == ["system", "user", "assistant", "user"]
    assert json.loads(request.messages[2].content) == json.loads(spoken(TALK))
    assert FAULT.detail in request.messages[3].content
    assert request.sampling.seed != script().draft_request(row.slot)[0].sampling.seed


def test_a_row_without_a_conversation_is_asked_for_anew() -> None:
    row = Row("1", talk_slot(), state=State.REPLIED, drop=FAULT)
    request, _ = script().request(row)
    first, _ = script().draft_request(row.slot)
    assert request.messages == first.messages
    assert request.sampling.seed != first.sampling.seed


def test_an_answer_becomes_the_row_s_messages() -> None:
    row = Row("1", talk_slot(), risk=True, drop=FAULT)
    name = plan_talk(TALKS, row.slot, 1).name
    for text in (spoken(TALK), f"{name}: It is cold.\nAdviser: How cold?\nTenant: Nine degrees."):
        done = script().with_text(row, text, "length")
        assert (done.messages, done.state, done.finish) == (TALK, State.REPLIED, "length")
        assert done.risk
        assert done.drop is None


def test_the_roles_are_known_in_the_language_of_the_cell() -> None:
    row = Row("1", talk_slot(language="zh"))
    done = script().with_text(row, "租客：好冷。\n顾问：几度？", "stop")
    assert done.messages == (Turn("user", "好冷。"), Turn("assistant", "几度？"))


@pytest.mark.parametrize(
    ("text", "finish"), [("I would rather not.", "stop"), ('{"turns": [{"spea', "length"), ("", "stop")]
)
def test_an_answer_without_a_conversation_is_a_fault_to_mend(text: str, finish: str) -> None:
    done = script().with_text(Row("1", talk_slot()), text, finish)
    assert done.messages == ()
    assert done.drop is not None
    assert (done.drop.stage, done.drop.reason, done.drop.repairable) == ("conversation", "no_conversation", True)
    assert ("cut off" in done.drop.detail) is (finish == "length")


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("plain", [False, True])
def test_a_scripted_model_writes_conversations_that_take_turns(language: str, plain: bool) -> None:
    desk = Desk(open_scripted("", 3))
    spec = without(TALKS, plain_turns=(6, 8))
    for seat in range(6):
        row = asyncio.run(script(spec, plain=plain).run(Row("1", talk_slot(seat, language=language)), desk))
        assert [turn.role for turn in row.messages] == ["user", "assistant"] * (len(row.messages) // 2)
        assert 6 <= len(row.messages) <= 9


def test_a_plain_prompt_shows_two_conversations_of_its_kind_on_other_topics() -> None:
    for seat in range(8):
        text = script(plain=True).draft_request(talk_slot(seat))[0].text
        shown = re.findall(r"Topic: (\w+)\nConversation: {", text)
        assert sorted(shown) == ["Damp", "Locks"]
        assert text.endswith("\nTopic: Heating\nConversation:")
        assert """"tenant 2": "Since 'May'.\"""" in text
    risky = script(plain=True).draft_request(talk_slot(topic="Gas"))[0].text
    assert re.findall(r"Topic: (\w+)\nConversation: {", risky)[-1] == "Fire"


def test_a_plain_answer_has_one_text_for_each_planned_turn() -> None:
    slot = talk_slot(turns="4-8")
    request, _ = script(plain=True).draft_request(slot)
    assert request.schema is not None
    headings = [f"{side} {number}" for number in (1, 2, 3, 4) for side in ("tenant", "adviser")]
    assert list(request.schema["properties"]) == headings[: plan_talk(TALKS, slot, 1).turns]


def test_the_samples_of_a_plain_prompt_are_sound_json() -> None:
    text = script(plain=True).draft_request(talk_slot())[0].text
    lines = [line.removeprefix("Conversation: ") for line in text.splitlines() if line.startswith("Conversation: {")]
    assert len(lines) == 2
    assert all([*json.loads(line)] == ["tenant 1", "adviser 1", "tenant 2", "adviser 2"] for line in lines)


ROUNDED = [
    (("A one.", "B two.", "C three.", "D fo"), "stop", ("A one.", "B two.", "C three.", "D fo")),
    (("A one.", "B two. And", "C three!", "D four. But it"), "stop", ("A one.", "B two.", "C three!", "D four.")),
    (("A.", "B.", "C.", "D.", "E.", "F is cut"), "length", ("A.", "B.", "C.", "D.")),
    (("A.", "B.", "C.", "D.", "A.", "F."), "stop", ("A.", "B.", "C.", "D.")),
    (("A.", "B.", "C.", "D.", "E."), "stop", ("A.", "B.", "C.", "D.")),
    (("1.", "2.", "3.", "4.", "5.", "6.", "7.", "8.", "9."), "stop", ("1.", "2.", "3.", "4.", "5.", "6.", "7.", "8.")),
]


@pytest.mark.parametrize(("texts", "finish", "kept"), ROUNDED)
def test_a_plain_conversation_is_rounded_off(texts: tuple[str, ...], finish: str, kept: tuple[str, ...]) -> None:
    row = Row("1", talk_slot(turns="4-8"))
    done = script(plain=True).with_text(row, plain_answer(*texts), finish)
    assert tuple(turn.content for turn in done.messages) == kept
    assert done.finish == "stop"


def test_a_plain_conversation_with_too_little_left_stays_as_it_came() -> None:
    row = Row("1", talk_slot(turns="4-8"))
    done = script(plain=True).with_text(row, plain_answer("A.", "B.", "A.", "D."), "length")
    assert [turn.content for turn in done.messages] == ["A.", "B.", "A.", "D."]
    assert done.finish == "length"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_pair_is_shown_to_be_expanded_and_a_memo_to_be_followed(language: str) -> None:
    slot = talk_slot(language=language)
    expand = script(template="expand", source=Source("My long {{ question }}.", "A long answer."))
    request, template = expand.draft_request(slot)
    assert template == f"expand/{language}.j2"
    assert "<message>\nMy long {{ question }}.\n</message>\n<answer>\nA long answer.\n</answer>" in whole(request)
    memo = script(template="from_memo", source=Source(memo="Person: not told."))
    request, template = memo.draft_request(slot)
    assert template == f"from_memo/{language}.j2"
    assert "<memo>\nPerson: not told.\n</memo>" in whole(request)
