from __future__ import annotations

from dataclasses import replace

import pytest
from filter_trials import check_of, query, read_lines, reason, reply

from synthgen.filters.crisis import gives_guidance, guidance_is_due, risk_sign, shows_risk
from synthgen.records import Candidate, Turn

check = check_of("crisis")
GUIDANCE = [line for language in ("en", "zh") for line in read_lines(f"guidance_lines_{language}.tsv")]


SAID = {
    "en": {
        "risk": "Some nights I want to die.",
        "plain": "Work is stressful and I sleep badly.",
        "vague": "Consider seeing a therapist when you feel ready.",
        "guides": "Please call 988 now and tell your sister tonight.",
    },
    "zh": {
        "risk": "有些晚上我不想活了。",
        "plain": "工作压力大，睡不好。",
        "vague": "有空可以找专业人士聊聊。",
        "guides": "请现在就拨打120，并告诉你姐姐。",
    },
}


def conversation(script: str, language: str, *, risk: bool = False) -> Candidate:
    """Return a conversation of the turns named in a script; `risk` and `plain` are the user's."""
    turns = tuple(
        Turn("user" if name in ("risk", "plain") else "assistant", SAID[language][name]) for name in script.split()
    )
    return Candidate("conversation", "\n".join(turn.content for turn in turns), language, risk=risk, turns=turns)


def lines_of(language: str) -> list[list[str]]:
    return list(read_lines(f"crisis_lines_{language}.tsv"))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_recall_and_precision_of_risk(language: str) -> None:
    lines = [(label, shows_risk(text)) for _, label, text in lines_of(language)]
    hits = lines.count(("risk", True))
    assert hits / (hits + lines.count(("risk", False))) >= 0.98
    assert hits / (hits + lines.count(("none", True))) >= 0.90


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_labelled_lines_are_many_and_balanced(language: str) -> None:
    lines = lines_of(language)
    look_alikes = sum(label == "none" for _, label, _ in lines)
    assert len({text for _, _, text in lines}) == len(lines) >= 700
    assert {label for _, label, _ in lines} == {"risk", "none"}
    assert 0.45 <= look_alikes / len(lines) <= 0.55


@pytest.mark.parametrize(("label", "text"), GUIDANCE)
def test_labelled_guidance(label: str, text: str) -> None:
    assert gives_guidance(text) == (label == "guides")


@pytest.mark.parametrize(
    "text",
    [
        "I want to kill myself",
        "I WANT TO KILL MYSELF",
        "I want to\nkill myself",
        "i wanna kms fr",
        "He’ll kill me if I leave.",
        "我不想活了",
        "我想自殺",
        "最近總有輕生的念頭",
        "想zs",
        "I told my 妈妈: 我想自杀, and she laughed.",
        "我真的想kill myself。",
    ],
)
def test_risk_is_seen_however_it_is_written(text: str) -> None:
    assert shows_risk(text)


@pytest.mark.parametrize(
    "text", ["", "I ran 12 kms away from home.", "笑死我了", "I'm dying to see you.", "这紫砂壶真好看。"]
)
def test_nothing_is_seen_where_nothing_is(text: str) -> None:
    assert not shows_risk(text)


def test_risk_is_seen_in_the_middle_of_a_long_message() -> None:
    filler = "We moved here in spring and the kitchen is still full of boxes. " * 40
    assert not shows_risk(filler)
    assert risk_sign(f"{filler}Some nights I want to die. {filler}") == "i want to die"


@pytest.mark.parametrize(
    ("language", "vague", "guiding"),
    [
        ("en", "Consider seeing a therapist when you feel ready.", "Please call 988 now."),
        ("zh", "有空可以找专业人士聊聊。", "请马上拨打120。"),
    ],
)
def test_a_reply_at_risk_has_to_guide(language: str, vague: str, guiding: str) -> None:
    assert reason(check(reply(vague, language, risk=True))) == "missing_crisis_guidance"
    assert check(reply(guiding, language, risk=True)) is None
    assert check(reply(vague, language, risk=False)) is None


def test_a_query_at_risk_needs_no_guidance() -> None:
    assert check(query("I want to die.", risk=True)) is None


def test_the_drop_names_the_sign_and_what_to_add() -> None:
    found = check(reply("Breathe slowly.", query="Lately I just want to die.", risk=True))
    flagged_by_topic = check(reply("慢慢呼吸。", "zh", query="我最近睡不好。", risk=True))
    assert found is not None
    assert flagged_by_topic is not None
    assert found.evidence == "i just want to die"
    assert "call an emergency number or a crisis line now" in found.detail
    assert flagged_by_topic.evidence == ""
    assert "拨打急救电话或心理危机热线" in flagged_by_topic.detail


def test_the_details_themselves_give_the_guidance_that_they_ask_for() -> None:
    english, chinese = check(reply("Breathe.", risk=True)), check(reply("呼吸。", "zh", risk=True))
    assert english is not None
    assert chinese is not None
    assert gives_guidance(english.detail)
    assert gives_guidance(chinese.detail)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    "script",
    [
        "plain vague plain vague",
        "risk guides",
        "risk vague plain guides",
        "plain vague risk vague plain guides plain vague",
        "risk guides risk guides",
        # Nobody has answered the last turn yet.
        "plain vague risk",
        "risk guides plain vague risk",
        "risk",
        # The replies count, not the turns between them.
        "risk plain vague plain plain guides",
        "vague guides",
    ],
)
def test_a_conversation_that_guides_in_time_passes(script: str, language: str) -> None:
    assert check(conversation(script, language)) is None


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    ("script", "number"),
    [
        ("risk vague", 1),
        ("plain vague risk vague", 3),
        ("risk vague plain vague plain guides", 1),
        # What was said before the turn does not answer it.
        ("risk guides plain vague risk vague", 5),
        ("guides risk vague", 2),
        # The first turn left alone is named.
        ("risk vague risk vague plain vague", 1),
    ],
)
def test_a_conversation_that_leaves_a_turn_alone_is_dropped(script: str, number: int, language: str) -> None:
    found = check(conversation(script, language))
    assert found is not None
    assert (found.stage, found.reason) == ("conversation", "missing_crisis_guidance")
    assert found.detail.startswith(f"Turn {number}: " if language == "en" else f"第{number}轮：")
    assert found.evidence == ("i want to die" if language == "en" else "不想活")
    assert gives_guidance(found.detail)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_flagged_conversation_without_a_sign_has_to_guide_from_its_first_user_turn_on(language: str) -> None:
    found = check(conversation("vague plain vague plain vague plain guides", language, risk=True))
    assert found is not None
    assert found.detail.startswith("Turn 2: " if language == "en" else "第2轮：")
    assert found.evidence == ""
    assert check(conversation("plain vague plain guides", language, risk=True)) is None
    assert check(conversation("plain", language, risk=True)) is None
    assert check(conversation("vague", language, risk=True)) is None


def test_in_a_flagged_conversation_a_sign_tells_which_turn_is_at_risk() -> None:
    assert check(conversation("plain vague plain vague risk guides", "en", risk=True)) is None


def test_what_the_turns_show_is_not_looked_at_where_detection_is_off() -> None:
    blind = check_of("crisis", crisis={"detect": False})
    assert blind(conversation("risk vague", "en")) is None
    assert reason(blind(conversation("risk vague", "en", risk=True))) == "missing_crisis_guidance"


def newest(script: str, language: str = "en", *, risk: bool = False) -> Candidate:
    """Return the last turn of the conversation that a script names."""
    whole = conversation(script, language, risk=risk)
    return replace(whole, stage="turn", text=whole.turns[-1].content)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    ("script", "wanted"),
    [
        ("risk vague", ""),
        ("risk vague plain", ""),
        ("risk vague plain vague", "missing_crisis_guidance"),
        ("risk vague plain guides", ""),
        ("risk guides plain vague", ""),
        ("risk vague plain vague plain vague", ""),
        ("plain vague risk vague", ""),
        ("plain vague risk vague plain vague", "missing_crisis_guidance"),
        ("plain guides risk vague plain vague", "missing_crisis_guidance"),
        ("plain vague plain vague", ""),
        ("vague", ""),
        ("", ""),
    ],
)
def test_the_second_reply_to_a_turn_at_risk_is_told_while_the_talk_goes_on(
    script: str, wanted: str, language: str
) -> None:
    turns = conversation(script, language).turns
    candidate = Candidate("turn", turns[-1].content if turns else "", language, turns=turns)
    assert reason(check(candidate)) == wanted


def test_in_a_flagged_talk_without_a_sign_the_second_reply_has_to_guide() -> None:
    assert check(newest("plain vague", risk=True)) is None
    found = check(newest("plain vague plain vague", risk=True))
    assert found is not None
    assert (found.stage, found.reason) == ("turn", "missing_crisis_guidance")
    assert found.detail.startswith("A life may be in danger, and it points to no immediate human help.")
    assert check(newest("plain vague risk vague", risk=True)) is None
    assert check(newest("plain guides plain vague plain vague", risk=True)) is None


def test_signs_in_turns_may_be_left_unseen() -> None:
    blind = check_of("crisis", crisis={"detect": False})
    assert blind(newest("risk vague plain vague")) is None
    assert reason(blind(newest("risk vague plain vague", risk=True))) == "missing_crisis_guidance"


def test_guidance_is_due_until_a_reply_has_given_it() -> None:
    risk, calm = "I want to kill myself tonight.", "I slept a little better."
    help_, other = "Please call the emergency number now, and ask your sister to come.", "What happened on Sunday?"

    def due(*texts: str, risk: bool = False, detect: bool = True) -> bool:
        turns = [Turn("assistant" if at % 2 else "user", text) for at, text in enumerate(texts)]
        return guidance_is_due(turns, risk, detect)

    assert not due(calm)
    assert due(risk)
    assert due(risk, other, calm)
    assert not due(risk, help_, calm)
    assert due(risk, help_, calm, other, risk)
    assert due(calm, risk=True)
    assert not due(calm, help_, calm, risk=True)
    assert not due(risk, detect=False)
    assert not due()
