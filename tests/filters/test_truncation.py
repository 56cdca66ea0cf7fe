from __future__ import annotations

import pytest
from filter_trials import check_of, query, reason, reply
from hypothesis import given
from hypothesis import strategies as st

check = check_of("truncation")

FINISHED = [
    "Take one step today.",
    "Take one step today!",
    "What would that look like?",
    "One step at a time…",
    "One step at a time...",
    'She said, "Go."',
    'She said, "go".',
    "She said, “Go.”",
    "You can ask for help (any hour).",
    "You can ask for help (at any hour)",
    "You are **enough.**",
    "You are enough. **",
    "You've got this 💛",
    "You've got this! ❤️",
    "One breath at a time 🙏🏽",
    "One day at a time ♥",
    "Rest well :)",
    "Try these:\n- drink water\n- take a walk\n- call a friend",
    "Try these:\n1. Drink water\n2. Take a walk",
    "Try these:\n1. Drink water.\n2. Take a walk.",
    "You will find your way.\n\nTake care,\nMaria",
    "You will find your way.\n\nWith warmth,\n\nDr. Lin",
    "You will find your way.   \n\n",
    "今天先走一步。",
    "今天先走一步！",
    "你愿意试试吗？",
    "慢慢来……",
    "慢慢来～",
    "她说：“去吧。”",
    "她说“去吧”。",
    "她说：「去吧。」",
    "随时可以求助（全天）",
    "你可以的💪",
    "可以试试：\n1、多喝水\n2、去散步",
    "• 多喝水\n• 去散步",
]
UNFINISHED = [
    "Take one step today and",
    "Take one step today,",
    "Here is what may help:",
    "Take one step; then",
    "Take one step -",
    "You said that it was $50",
    "Try these:\n- Drink water.\n- Take a",
    "Try these:\n1. Drink water.\n2.",
    "Try these:\n- drink water\n-",
    "Try these:\n- drink water\n- and if you can,",
    "Take one step.\n\nThen, when you feel",
    "今天先走一步，然后",
    "今天先走一步，",
    "可以试试以下几点：",
    "可以试试：\n1、多喝水。\n2、去散",
    "可以试试：\n1. 多喝水。\n2、",
    "她说“去吧”，于是",
]


@pytest.mark.parametrize("text", FINISHED)
def test_a_finished_reply_passes(text: str) -> None:
    assert check(reply(text)) is None


@pytest.mark.parametrize("text", UNFINISHED)
def test_an_unfinished_reply_is_dropped(text: str) -> None:
    assert reason(check(reply(text))) == "truncated"


@pytest.mark.parametrize("text", FINISHED + UNFINISHED)
def test_a_query_needs_no_closing_punctuation(text: str) -> None:
    assert check(query(text)) is None


@pytest.mark.parametrize("stage", [query, reply])
@pytest.mark.parametrize("text", FINISHED + UNFINISHED)
def test_what_the_limit_cut_off_is_dropped_however_it_ends(text: str, stage) -> None:  # type: ignore[no-untyped-def]
    assert reason(check(stage(text, finish="length"))) == "truncated"


@pytest.mark.parametrize("finish", ["stop", "length"])
def test_an_empty_text_is_not_a_truncated_one(finish: str) -> None:
    assert check(reply(" \n", finish=finish)) is None


def test_the_two_faults_ask_for_different_repairs() -> None:
    cut, open_ended = check(reply("One step.", finish="length")), check(reply("One step and"))
    assert cut is not None
    assert open_ended is not None
    assert "more briefly" in cut.detail
    assert "Finish the sentence" in open_ended.detail
    assert open_ended.evidence.endswith("One step and")


@given(st.text(min_size=1).filter(str.strip))
def test_a_full_stop_on_a_line_of_words_finishes_it(text: str) -> None:
    assert check(reply(f"{text}\nI see it.")) is None
    assert reason(check(reply(f"{text}\nI see it and"))) == "truncated"
