from __future__ import annotations

import pytest
from filter_trials import check_of, query, read_lines, reason, reply, spec_of, talk

from synthgen.filters import FILTERS
from synthgen.records import Role

SPEC = {
    "roles": {"user": "client", "assistant": "mentor"},
    "translations": {"zh": {"client": "来访者", "mentor": "导师"}},
}
check = check_of("parts", **SPEC)
strict = FILTERS["parts"](spec_of(**SPEC), False, directions=False)


def told(role: Role, text: str, language: str = "en") -> str:
    said = (text,) if role == "user" else ("Well.", text)
    return reason(check(talk(*said, language=language, stage="turn")))


def figures(language: str, held_out: bool) -> tuple[float, float]:
    """Return precision and recall on every second line."""
    hits = alarms = missed = 0
    lines = [*read_lines(f"parts_lines_{language}.tsv")][held_out::2]
    for role, label, text in lines:
        found, wanted = told("user" if role == "user" else "assistant", text, language) != "", label == "confused"
        hits += found and wanted
        alarms += found and not wanted
        missed += wanted and not found
    return hits / (hits + alarms), hits / (hits + missed)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("held_out", [False, True])
def test_lines_are_told_apart(language: str, held_out: bool) -> None:
    precision, recall = figures(language, held_out)
    assert precision >= 0.97
    assert recall >= 0.85


def test_the_lines_are_many() -> None:
    assert len([*read_lines("parts_lines_en.tsv")]) >= 120
    assert len([*read_lines("parts_lines_zh.tsv")]) >= 100


@pytest.mark.parametrize(
    ("role", "text", "language"),
    [
        ("user", "As your mentor I see a lot of courage in this.", "en"),
        ("user", "作为你的导师，我看见了你的勇气。", "zh"),
        ("assistant", "As a client, I never dared to say so.", "en"),
        ("assistant", "作为来访者，我一直不敢说。", "zh"),
    ],
)
def test_roles_are_called_as_the_spec_calls_them(role: Role, text: str, language: str) -> None:
    assert told(role, text, language) == ("user_counsels" if role == "user" else "assistant_in_need")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("I went home.\nMentor: And then?\nClient: I cried.", "en"),
        ("Anna: I went home.", "en"),
        ("我回家了。\n导师：然后呢？", "zh"),
        ("I don't know. The mentor nods and waits.", "en"),
        ("我不知道。导师点了点头。", "zh"),
    ],
)
def test_nobody_speaks_for_both_sides(text: str, language: str) -> None:
    found = check(talk(text, language=language, stage="turn", facts={"name": "Anna"}))
    assert reason(found) == "both_parts"


@pytest.mark.parametrize(
    "text", ["My mom texted: are you coming?", "Three things: money, money, money.", "Note: 5:30."]
)
def test_a_colon_is_no_label(text: str) -> None:
    assert told("user", text) == ""


@pytest.mark.parametrize("text", ["I don't know. (sighs) Maybe.", "*looks at the floor* It was me.", "（沉默）是我。"])
def test_stage_directions_may_be_refused(text: str) -> None:
    assert told("user", text) == ""
    assert reason(strict(talk(text, stage="turn"))) == "stage_direction"


@pytest.mark.parametrize("text", ["It was **very** loud.", "We had two (or three) days.", "我们去了三天（也许四天）。"])
def test_an_aside_is_no_stage_direction(text: str) -> None:
    assert strict(talk(text, stage="turn")) is None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Yes. I've been struggling with noisy discs all week. Bring it in tomorrow.", "en"),
        ("I've been having trouble with that supplier, so the hub may take a week.", "en"),
        ("I've been having a hard time getting that bolt out, and now it moves.", "en"),
        ("I've been unable to find the part in our system.", "en"),
        ("I've been overwhelmed with orders since the fair, so count on two weeks.", "en"),
        ("I'll do it tomorrow before we open.", "en"),
        ("I'll talk to my supplier about the rims.", "en"),
        ("Thank you, I'll keep the wheel here until Friday.", "en"),
        ("I still can't stop the squeal, but I can't help you today.", "en"),
        ("I'm sorry, but I just can't help you with e-bikes.", "en"),
        ("My boss doesn't take cards, and my partner never works on Mondays.", "en"),
        ("I'm struggling with my stand today, one moment.", "en"),
        ("我明天去仓库看看有没有货。", "zh"),
        ("我老板不让打折，不过可以送您一瓶油。", "zh"),
        ("我明天跟厂家联系，有消息就告诉您。", "zh"),
    ],
)
def test_talk_of_work_is_no_need(text: str, language: str) -> None:
    assert told("assistant", text, language) == ""


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("I've been struggling with my anxiety since the move.", "en"),
        ("I have been struggling with this for years.", "en"),
        ("I've been struggling with panic on the bus.", "en"),
        ("I've been having trouble sleeping again.", "en"),
        ("I've been having a hard time with my mother.", "en"),
        ("I've been unable to sleep.", "en"),
        ("I've been so overwhelmed.", "en"),
        ("I'll talk to my sister about it.", "en"),
        ("Thank you, I'll try that.", "en"),
        ("It helps, but I still can't stop crying.", "en"),
        ("I'm struggling with my marriage.", "en"),
        ("My boss keeps yelling at me.", "en"),
        ("My partner never listens.", "en"),
        ("我明天就去找他谈。", "zh"),
        ("我老板天天骂我。", "zh"),
        ("我今晚就跟她说。", "zh"),
    ],
)
def test_need_of_a_person_is(text: str, language: str) -> None:
    assert told("assistant", text, language) == "assistant_in_need"


def test_an_assistant_may_be_let_speak_of_its_needs() -> None:
    free = FILTERS["parts"](spec_of(**SPEC), False, needs=True)
    for said in (("Well.", "I've been struggling with my anxiety."), ("Well.", "我老板天天骂我。")):
        assert reason(check(talk(*said, stage="turn"))) == "assistant_in_need"
        assert free(talk(*said, stage="turn")) is None
    assert reason(free(talk("Well.", "As a client, I never dared to say so.", stage="turn"))) == "assistant_in_need"
    assert reason(free(talk("I suggest you try tea before bed.", stage="turn"))) == "user_counsels"


def test_a_whole_conversation_is_told_the_turn() -> None:
    found = check(talk("I can't sleep.", "Since when?", "I suggest you try tea before bed.", "Do you?"))
    assert found is not None
    assert found.detail.startswith("Turn 3: It is the client's turn, but it speaks as the mentor would: ")
    assert found.stage == "conversation"


def test_single_messages_and_replies_pass() -> None:
    assert check(query("I suggest you try tea before bed.")) is None
    assert check(reply("Thank you for your advice.")) is None


def test_what_is_quoted_is_not_said() -> None:
    assert told("user", 'She says "I suggest you try tea before bed" and smiles.') == ""
    assert told("assistant", "那句“我觉得自己很没用”，是谁的声音？", "zh") == ""
