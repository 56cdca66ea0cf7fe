from __future__ import annotations

import pytest
from filter_trials import check_of, query, read_lines, reason, reply, spec_of
from hypothesis import given
from hypothesis import strategies as st

from synthgen.filters import FILTERS, build_checks
from synthgen.filters.formulas import formula_in
from synthgen.records import Candidate, Turn

BANNED = {"en": ["Well,"], "zh": ["抱歉"]}
check = check_of("formulas", reply={"banned_openers": BANNED})


@pytest.mark.parametrize("language", ["en", "zh"])
def test_formulas_are_told_from_openings_of_their_own(language: str) -> None:
    lines = list(read_lines(f"openings_{language}.tsv"))
    formulas = [text for label, text in lines if label == "formula"]
    good = [text for label, text in lines if label == "good"]
    assert min(len(formulas), len(good)) >= 60
    found = sum(formula_in(text, language) != "" for text in formulas)
    wrong = sum(formula_in(text, language) != "" for text in good)
    assert found / len(formulas) >= 0.95
    assert found / (found + wrong) >= 0.95


def test_the_drop_names_the_formula_and_asks_for_a_particular() -> None:
    found = check(reply("I’m really glad that you wrote. The blue suitcase says a lot."))
    assert found is not None
    assert found.reason == "acknowledgement_opener"
    assert found.detail.startswith('It opens with a formula that would fit any message: "i\'m really glad". Begin ')
    assert found.evidence.startswith("I’m really glad")
    in_chinese = check(reply("我能理解你的感受。", "zh"))
    assert in_chinese is not None
    assert in_chinese.detail.startswith("开头“我能理解”")


@pytest.mark.parametrize(
    "text",
    ["First, I understand how you feel.", "Oh wow, that sounds hard.", "**It's great that you ask.**", "“I hear you.”"],
)
def test_what_stands_before_a_formula_does_not_hide_it(text: str) -> None:
    assert reason(check(reply(text))) == "acknowledgement_opener"


@pytest.mark.parametrize("text", ["謝謝你的分享。", "我能體會到你的難過。", "聽起來你很累。", "這種焦慮很正常。"])
def test_traditional_characters_are_known(text: str) -> None:
    assert formula_in(text, "zh-TW")


def test_a_formula_later_on_is_no_opening() -> None:
    assert check(reply("The third missed dinner says enough. I understand that it hurt.")) is None


def test_messages_may_open_as_they_like() -> None:
    assert check(query("I understand that nobody can help me.")) is None


def test_a_language_without_banned_openers_is_left_alone_unless_the_spec_asks() -> None:
    text = reply("I understand how you feel.")
    quiet = check_of("formulas", reply={"banned_openers": {"zh": ["抱歉"]}})
    assert quiet(text) is None
    everywhere = FILTERS["formulas"](spec_of(), False, everywhere=True)
    assert reason(everywhere(text)) == "acknowledgement_opener"


def test_every_turn_of_a_conversation_is_looked_at() -> None:
    turns = (Turn("user", "I understand nothing."), Turn("assistant", "I hear you."))
    candidate = Candidate("conversation", "\n".join(turn.content for turn in turns), "en", turns=turns)
    checks = build_checks(spec_of(reply={"banned_openers": BANNED}), plain=False)
    [found] = [drop for each in checks if (drop := each(candidate)) and drop.reason == "acknowledgement_opener"]
    assert (found.stage, found.detail[:7]) == ("conversation", "Turn 2:")


@given(st.text(max_size=300), st.sampled_from(["en", "zh", "ja"]))
def test_any_text_can_be_asked_about(text: str, language: str) -> None:
    assert formula_in(text, language) == formula_in(text, language)
    assert formula_in("I hear you. " + text, "en").startswith("i hear you")


@pytest.mark.parametrize("text", ["living " * 20_000, "so, " * 20_000, "面对" * 50_000, "\ud800" * 1000, "\0" * 1000])
def test_long_and_broken_texts_pass(text: str) -> None:
    assert check(reply(text)) is None
