from __future__ import annotations

import pytest
from filter_trials import check_of, query, reason, reply, spec_of
from hypothesis import given
from hypothesis import strategies as st

from synthgen.filters import FILTERS
from synthgen.filters.copying import GRAM, units_of
from synthgen.filters.turns import by_turn
from synthgen.records import Candidate, Turn

MESSAGE = (
    "Since my mother moved in with us in March every evening turns into a negotiation about food and pills, "
    "and I lie awake at four going over the list of things that I forgot."
)
MESSAGE_ZH = (
    "自从妈妈三月份搬来和我们一起住，每天晚上都像在谈判，吃什么药、看什么电视都要吵，我凌晨四点醒来就再也睡不着了。"
)
ANSWER = (
    "Caring for a parent after work asks a lot of one person. Choose the evening that costs you most and hand it over, "
    "with a date and a name, so that your nights have room to breathe again. Then look at what changes in a week."
)
ANSWER_ZH = (
    "下班以后还要照顾老人，确实很耗人。先挑最累的那个晚上，固定交给家里另一个人，写清楚日期，"
    "给自己留一点喘息，一周以后再看看有什么变化。"
)
WORDS = MESSAGE.split()
check = check_of("echo")


def test_an_answer_of_its_own_passes() -> None:
    assert check(reply(ANSWER, query=MESSAGE)) is None
    assert check(reply(ANSWER_ZH, "zh", query=MESSAGE_ZH)) is None


@given(start=st.integers(0, len(WORDS) - 12), length=st.integers(1, len(WORDS)))
def test_a_run_of_twelve_words_is_an_echo(start: int, length: int) -> None:
    copied = WORDS[start : start + length]
    text = f"{ANSWER} Yes, {' '.join(copied)} indeed. {ANSWER}"
    assert (reason(check(reply(text, query=MESSAGE))) == "echo") == (len(copied) >= 12)


@pytest.mark.parametrize(("length", "wanted"), [(18, ""), (19, "echo"), (25, "echo")])
def test_a_run_of_chinese_is_measured_in_characters(length: int, wanted: str) -> None:
    letters = [char for char in MESSAGE_ZH if char.isalnum()]
    assert (
        reason(check(reply(f"{ANSWER_ZH}嗯，{''.join(letters[3 : 3 + length])}。{ANSWER_ZH}", "zh", query=MESSAGE_ZH)))
        == wanted
    )


@pytest.mark.parametrize("marks", ['""', "“”", "「」", "『』", "‘’"])
def test_a_short_quotation_is_fair(marks: str) -> None:
    quoted = f"{marks[0]}{' '.join(WORDS[:14])}{marks[1]}"
    assert check(reply(f"You wrote {quoted}, and that stays with me. {ANSWER}", query=MESSAGE)) is None


def test_quoting_the_whole_message_is_an_echo() -> None:
    assert reason(check(reply(f'"{MESSAGE}"', query=MESSAGE))) == "echo"


def test_case_punctuation_and_apostrophes_do_not_hide_an_echo() -> None:
    message = "I don't know what to do, it's all too much and nobody's asking me."
    text = "I DON’T know what to do - it’s all too much; and nobody’s asking me!"
    assert reason(check(reply(text, query=message))) == "echo"


def test_a_reply_patched_from_short_pieces_is_an_echo() -> None:
    patched = " so ".join(" ".join(WORDS[at : at + 9]) for at in range(0, len(WORDS), 9))
    found = check(reply(patched, query=MESSAGE))
    assert found is not None
    assert found.detail.startswith("Most of it only repeats the message.")


def test_options_move_both_bounds() -> None:
    lax = FILTERS["echo"](spec_of(), False, run=200, share=1)
    assert lax(reply(MESSAGE, query=MESSAGE)) is None
    narrow = FILTERS["echo"](spec_of(), False, run=5)
    assert reason(narrow(reply(f"{ANSWER} I lie awake at four. {ANSWER}", query=MESSAGE))) == "echo"


def test_queries_and_replies_to_nothing_pass() -> None:
    assert check(query(MESSAGE, query=MESSAGE)) is None
    assert check(reply(MESSAGE)) is None


@given(st.text(max_size=60), st.text(max_size=60))
def test_texts_too_short_to_compare_pass(text: str, message: str) -> None:
    if len(units_of(text, False)) < GRAM:
        assert check(reply(text, query=message)) is None


def test_the_drop_shows_what_was_copied() -> None:
    found = check(reply(f"{ANSWER} {MESSAGE}", query=MESSAGE))
    assert found is not None
    assert found.evidence.startswith("since my mother moved in with us in march")
    assert found.detail.startswith('It repeats the message word for word: "since my mother')


def test_a_message_that_copies_an_example_is_told_so() -> None:
    copied = f"My week is a mess. {' '.join(WORDS[5:20])} and so on."
    found = check(query(copied, shown=("Something else entirely, with words of its own.", MESSAGE)))
    assert found is not None
    assert found.reason == "copied_example"
    assert found.detail.startswith('It copies an example: "with us in march')
    in_chinese = check(query(f"我很累。{MESSAGE_ZH[:30]}", "zh", shown=(MESSAGE_ZH,)))
    assert in_chinese is not None
    assert in_chinese.detail.startswith("照抄了示例：")


def test_quotation_marks_do_not_excuse_a_copied_example() -> None:
    quoted = " ".join(WORDS[:14])
    assert reason(check(query(f'She said: "{quoted}". I left.', shown=(MESSAGE,)))) == "copied_example"


def test_a_message_on_the_same_theme_as_its_example_passes() -> None:
    own = "Ever since my mother moved in, the evenings are a fight about pills, and at four I am awake again."
    assert check(query(own, shown=(MESSAGE,))) is None
    assert check(query(own)) is None


def test_examples_have_bounds_of_their_own() -> None:
    copied = query(f"My week is a mess. {' '.join(WORDS[5:20])} and so on, every day.", shown=(MESSAGE,))
    lax = FILTERS["echo"](spec_of(), False, run=5, share=0.05, example_run=40, example_share=1)
    assert lax(copied) is None
    narrow = FILTERS["echo"](spec_of(), False, example_run=5)
    assert reason(narrow(query("At last I lie awake at four too.", shown=(MESSAGE,)))) == "copied_example"
    assert narrow(reply(f"{ANSWER} I lie awake at four too.", query=MESSAGE)) is None


def test_a_users_turns_are_compared_with_the_examples_as_well() -> None:
    turns = (Turn("user", MESSAGE), Turn("assistant", ANSWER))
    candidate = Candidate("conversation", f"{MESSAGE}\n{ANSWER}", "en", shown=(MESSAGE,), turns=turns)
    found = by_turn(check)(candidate)
    assert found is not None
    assert (found.reason, found.stage) == ("copied_example", "conversation")
