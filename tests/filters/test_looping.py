from __future__ import annotations

import pytest
from filter_trials import check_of, query, reason, reply, spec_of, talk

from synthgen.filters import FILTERS

check = check_of("looping")
LONG = "Every evening I stand in the kitchen and wait for the sound of his car."
OTHER = "And when the car turns into the street, what happens in your shoulders?"
ZH = "每天晚上我都站在厨房里，等着听他的车开进院子。"


@pytest.mark.parametrize(
    ("again", "wanted"),
    [
        (LONG, "repeated_turn"),
        ("Well, every evening I stand in the kitchen and wait for the sound of his car, you know.", "repeated_turn"),
        ("Every evening the dog waits with me, and he hears it before I do.", ""),
        ("The kitchen is where I wait.", ""),
    ],
)
def test_a_side_says_nothing_twice(again: str, wanted: str) -> None:
    assert reason(check(talk(LONG, OTHER, again))) == wanted
    assert reason(check(talk(LONG, OTHER, again, stage="turn"))) == wanted


def test_chinese_is_compared_by_characters() -> None:
    assert reason(check(talk(ZH, "然后呢？", f"嗯，{ZH}", language="zh"))) == "repeated_turn"
    assert check(talk(ZH, "然后呢？", "狗也跟我一起等，它总是先听见。", language="zh")) is None


@pytest.mark.parametrize("role", [0, 1])
def test_nobody_parrots_the_other(role: int) -> None:
    texts = ["Hello."] * role + [LONG, LONG.replace("Every", "So every")]
    found = check(talk(*texts, stage="turn"))
    assert found is not None
    assert found.reason == "parroted_turn"
    assert "in words of its own" in found.detail


def test_what_is_quoted_may_be_taken_up() -> None:
    assert check(talk(LONG, f'"{LONG}" What would the kitchen say to that?', stage="turn")) is None


def test_a_nod_may_be_said_often_and_a_short_turn_twice() -> None:
    assert check(talk(*["Yes.", "And then?"] * 8)) is None
    twice = ["I really don't know.", "Take your time.", "Hm.", "Is there a picture?", "I really don't know."]
    assert check(talk(*twice)) is None
    assert reason(check(talk(*twice, "Let it be.", "I really don't know!"))) == "repeated_turn"


def test_only_the_newest_turn_is_told_while_a_talk_goes_on() -> None:
    assert check(talk(LONG, OTHER, LONG, "Again the kitchen.", stage="turn")) is None


def test_options_bound_what_may_come_again() -> None:
    half = talk(LONG, OTHER, "In the kitchen and wait for the sound of rain, that is new, I never heard the rain.")
    strict = FILTERS["looping"](spec_of(), False, share=0.2)
    assert check(half) is None
    assert reason(strict(half)) == "repeated_turn"


def test_single_messages_and_replies_pass() -> None:
    assert check(query(LONG)) is None
    assert check(reply(LONG, query=LONG)) is None


def test_a_detail_stays_short() -> None:
    found = check(talk("word " * 5_000, "Hm.", "word " * 5_000))
    assert found is not None
    assert len(found.detail) < 400
