from __future__ import annotations

import pytest
from filter_trials import check_of, query, read_lines, reason, reply

from synthgen.filters.crisis import gives_guidance, risk_sign, shows_risk

check = check_of("crisis")
GUIDANCE = [line for language in ("en", "zh") for line in read_lines(f"guidance_lines_{language}.tsv")]


def lines_of(language: str) -> list[list[str]]:
    return list(read_lines(f"crisis_lines_{language}.tsv"))


@pytest.mark.parametrize("split", ["tuned", "heldout", "later"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_recall_and_precision_of_risk(language: str, split: str) -> None:
    lines = [(label, shows_risk(text)) for part, label, text in lines_of(language) if part == split]
    hits = lines.count(("risk", True))
    assert hits / (hits + lines.count(("risk", False))) >= 0.98
    assert hits / (hits + lines.count(("none", True))) >= 0.90


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_labelled_lines_are_many_and_balanced(language: str) -> None:
    lines = lines_of(language)
    look_alikes = sum(label == "none" for _, label, _ in lines)
    assert len({text for _, _, text in lines}) == len(lines) >= 300
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
    assert risk_sign(f"{filler}Some nights I want to die. {filler}") == "want to die"


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
    assert found.evidence == "want to die"
    assert "call an emergency number or a crisis line now" in found.detail
    assert flagged_by_topic.evidence == ""
    assert "拨打急救电话或心理危机热线" in flagged_by_topic.detail


def test_the_details_themselves_give_the_guidance_that_they_ask_for() -> None:
    english, chinese = check(reply("Breathe.", risk=True)), check(reply("呼吸。", "zh", risk=True))
    assert english is not None
    assert chinese is not None
    assert gives_guidance(english.detail)
    assert gives_guidance(chinese.detail)
