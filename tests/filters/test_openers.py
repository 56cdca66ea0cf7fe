from __future__ import annotations

import pytest
from filter_trials import check_of, query, reason, reply
from hypothesis import given
from hypothesis import strategies as st

EN = ["I'm sorry", "It sounds like", "It", "I hear you", "Well,"]
ZH = ["我理解", "听起来", "抱歉"]
check = check_of("openers", reply={"banned_openers": {"en": EN, "zh": ZH}})


@pytest.mark.parametrize(
    "text",
    [
        "It sounds like a hard week.",
        "it is hard.",
        "It's hard.",
        "It’s hard.",
        "It.",
        "It",
        "I'm sorry to read this.",
        "I’m sorry to read this.",
        "i'm  sorry to read this.",
        "I'm\nsorry to read this.",
        '"It sounds like a hard week," you wrote.',
        "“It sounds like a hard week.”",
        "**It sounds like** a hard week.",
        "  \n> _I hear you._",
        "## I hear you",
        "- It is hard.",
        "WELL, here we are.",
    ],
)
def test_a_banned_opener_is_dropped(text: str) -> None:
    assert reason(check(reply(text))) == "banned_opener"


@pytest.mark.parametrize(
    "text",
    [
        "Italy was your dream.",
        "Items on your list can wait.",
        "Itching to leave, you stayed.",
        "I hear your brother is back.",
        "I am sorry to read this.",
        "Sorry as you are, you went.",
        "Your week sounds hard. It sounds like a lot.",
        "Well done!",
        "",
        "***",
    ],
)
def test_other_openings_pass(text: str) -> None:
    assert check(reply(text)) is None


@pytest.mark.parametrize(
    "text", ["我理解你的感受。", "“我理解你。”", "听起来你很累。", "  **抱歉**让你久等。", "「听起来」不容易。"]
)
def test_chinese_needs_no_word_ends(text: str) -> None:
    assert reason(check(reply(text, "zh"))) == "banned_opener"


@pytest.mark.parametrize("text", ["你说的我理解。", "这些话听起来很重。"])
def test_chinese_openers_count_at_the_start_only(text: str) -> None:
    assert check(reply(text, "zh")) is None


def test_queries_may_open_as_they_like() -> None:
    assert check(query("It sounds like nobody cares.")) is None


def test_a_language_without_openers_passes() -> None:
    assert check(reply("It sounds like that.", "de")) is None


def test_one_list_may_stand_for_all_languages() -> None:
    for_all = check_of("openers", reply={"banned_openers": ["It", "我理解"]})
    assert reason(for_all(reply("It is late.", "de"))) == "banned_opener"
    assert reason(for_all(reply("我理解。", "zh"))) == "banned_opener"


def test_the_longest_opener_is_named_and_all_are_listed() -> None:
    found = check(reply("It sounds like a hard week."))
    assert found is not None
    assert found.detail.startswith('It opens with "It sounds like", which is banned.')
    assert all(opener in found.detail for opener in EN)
    assert found.evidence == "It sounds like a hard week."


@given(opener=st.text(min_size=1, max_size=12).filter(str.strip), rest=st.text(max_size=20))
def test_any_opener_bans_itself(opener: str, rest: str) -> None:
    strange = check_of("openers", reply={"banned_openers": [opener]})
    assert reason(strange(reply(f"{opener.strip()} . {rest}"))) == "banned_opener"
