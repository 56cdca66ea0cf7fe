from __future__ import annotations

from collections.abc import Callable

import pytest
from filter_trials import query, reason, reply, spec_of, talk
from hypothesis import given
from hypothesis import strategies as st

from synthgen.errors import SpecError
from synthgen.filters import FILTERS, build_checks
from synthgen.records import Candidate, Drop, Role, Turn

QUERY = {"words": {"en": [10, 20], "zh": [6, 9]}}
REPLY = {"words": [30, 40]}
PLAIN = {"query_words": [2, 4], "reply_words": {"*": [3, 5]}}
check = FILTERS["length"](spec_of(query=QUERY, reply=REPLY, plain=PLAIN), False)


@given(st.integers(1, 60))
def test_a_query_passes_within_its_band_only(count: int) -> None:
    wanted = "too_short" if count < 10 else "too_long" if count > 20 else ""
    assert reason(check(query("word " * count))) == wanted


@given(st.integers(1, 15))
def test_chinese_is_counted_in_characters(count: int) -> None:
    wanted = "too_short" if count < 6 else "too_long" if count > 9 else ""
    assert reason(check(query("累" * count + "。", "zh"))) == wanted


def test_replies_have_a_band_of_their_own() -> None:
    assert check(reply("word " * 35)) is None
    assert reason(check(reply("word " * 15))) == "too_short"


def test_very_small_models_have_bands_of_their_own() -> None:
    plain = FILTERS["length"](spec_of(query=QUERY, reply=REPLY, plain=PLAIN), True)
    assert [reason(plain(query("word " * count))) for count in (1, 3, 5)] == ["too_short", "", "too_long"]
    assert [reason(plain(reply("word " * count))) for count in (2, 4, 6)] == ["too_short", "", "too_long"]


def test_a_language_without_a_band_is_not_measured() -> None:
    assert check(query("wort " * 500, "de")) is None


@pytest.mark.parametrize("text", ["", "  \n\t", "\u3000"])
@pytest.mark.parametrize("stage", [query, reply])
def test_nothing_is_empty(text: str, stage: Callable[[str], Candidate]) -> None:
    assert reason(check(stage(text))) == "empty"


def test_the_detail_says_how_much_is_missing_and_how_to_mend_it() -> None:
    short, long = check(query("word " * 4)), check(reply("word " * 50))
    assert short is not None
    assert long is not None
    assert short.detail.startswith("It has 4 words; at least 10 are wanted. Expand it with what happened")
    assert short.evidence == "4 words"
    assert long.detail.startswith("It has 50 words; at most 40 are wanted. Cut ")


def test_the_detail_is_in_chinese_for_chinese() -> None:
    short = check(query("我累了。", "zh"))
    assert short is not None
    assert short.detail.startswith("全文只有3字，至少需要6字。请扩写，补充")


@pytest.mark.parametrize(
    ("text", "language", "count"),
    [
        ("我在IKEA买了3张table", "zh", 8),
        ("老板说“OK”，然后发来一个PPT", "zh", 11),
        ("My Oma says 加油 to me", "en", 7),
        ("Not a word of Chinese here", "zh", 6),
    ],
)
def test_mixed_text_is_counted_by_script(text: str, language: str, count: int) -> None:
    for bound, wanted in ((count, ""), (count + 1, "too_short")):
        narrow = FILTERS["length"](spec_of(query={"words": [bound, 100]}), False)
        assert reason(narrow(query(text, language))) == wanted


def conversation(*texts: str, language: str = "en") -> Candidate:
    roles: tuple[Role, Role] = ("user", "assistant")
    turns = tuple(Turn(roles[at % 2], text) for at, text in enumerate(texts))
    return Candidate("conversation", "\n".join(texts), language, turns=turns)


def measured(candidate: Candidate, **options: int) -> Drop | None:
    return FILTERS["length"](spec_of(query=QUERY, reply=REPLY), False, **options)(candidate)


@pytest.mark.parametrize(("count", "wanted"), [(44, "joint_too_short"), (45, ""), (52, ""), (53, "joint_too_long")])
def test_message_and_reply_have_a_joint_band(count: int, wanted: str) -> None:
    both = reply("word " * (count - 13), query="word " * 13)
    assert reason(measured(both, joint_min=45, joint_max=52)) == wanted
    assert measured(both) is None


def test_what_is_missing_jointly_is_told_to_the_writer_of_the_reply() -> None:
    found = measured(reply("word " * 30, query="word " * 10), joint_min=55)
    assert found is not None
    assert found.detail == (
        "It and the message together have 40 words; at least 55 are wanted. Write 15 more that add substance."
    )


def test_the_words_bands_of_single_texts_do_not_bind_the_turns_of_a_conversation() -> None:
    assert measured(conversation("Hi.", "Hello there.", "word " * 300, "word " * 300)) is None


def test_an_empty_turn_is_a_fault_in_every_conversation() -> None:
    found = measured(conversation("Hi.", " \n"))
    assert found is not None
    assert (found.reason, found.stage, found.detail[:7]) == ("empty", "conversation", "Turn 2:")


def test_the_turns_of_each_side_have_a_band() -> None:
    talk = conversation("word " * 10, "word " * 20, "word " * 12, "word " * 24)
    assert measured(talk, user_min=10, user_max=12, assistant_min=20, assistant_max=24) is None
    for options, wanted in (
        ({"user_min": 11}, "Turn 1: It has 10 words; at least 11"),
        ({"user_max": 11}, "Turn 3: It has 12 words; at most 11"),
        ({"assistant_min": 22}, "Turn 2: It has 20 words; at least 22"),
        ({"assistant_max": 22}, "Turn 4: It has 24 words; at most 22"),
    ):
        found = measured(talk, **options)
        assert found is not None
        assert found.detail.startswith(wanted)


def test_a_conversation_as_a_whole_has_the_joint_band() -> None:
    talk = conversation("我很累。" * 5, "先睡一觉吧。" * 4, language="zh")
    assert measured(talk, joint_min=35, joint_max=35) is None
    short, long = measured(talk, joint_min=36), measured(talk, joint_max=30)
    assert short is not None
    assert long is not None
    assert (short.reason, short.detail) == ("joint_too_short", "整段对话共35字，至少需要36字。请再写1字有内容的话。")
    assert (long.reason, long.detail[:11]) == ("joint_too_long", "整段对话共35字，最多")


def test_bounds_that_cross_are_refused() -> None:
    with pytest.raises(SpecError, match=r"filters\.length\.user_max: must be at least user_min \(9\), got 8"):
        build_checks(spec_of(filters={"length": {"user_min": 9, "user_max": 8}}), False)
    assert build_checks(spec_of(filters={"length": {"user_min": 9, "user_max": 0}}), False)


DIALOGUE = {"user_words": {"en": [3, 6], "zh": [4, 8]}, "assistant_words": [4, 8]}


@pytest.mark.parametrize(
    ("texts", "language", "wanted"),
    [
        (("Well, I tried.",), "en", ""),
        (("Yes.",), "en", "too_short"),
        (("嗯。",), "zh", "too_short"),
        (("我试过了。",), "zh", ""),
        (("word " * 7,), "en", "too_long"),
        (("Well, I tried.", "Good, go on."), "en", "too_short"),
        (("Well, I tried.", "Good, then please go on."), "en", ""),
        (("Well, I tried.", "word " * 9), "en", "too_long"),
    ],
)
def test_the_turns_of_made_conversations_have_the_words_of_the_spec(
    texts: tuple[str, ...], language: str, wanted: str
) -> None:
    bound = FILTERS["length"](spec_of(dialogue=DIALOGUE), False)
    assert reason(bound(talk(*texts, language=language, stage="turn", band=(2, 4)))) == wanted
    assert reason(bound(talk(*texts, language=language, band=(2, 4)))) == wanted
    assert bound(talk(*texts, language=language)) is None
    assert bound(talk(*texts, language=language, stage="turn")) is None


def test_a_turn_that_is_too_short_is_told_as_a_turn() -> None:
    found = FILTERS["length"](spec_of(dialogue=DIALOGUE), False)(talk("嗯。", language="zh", stage="turn", band=(2, 4)))
    assert found is not None
    assert found.detail == "全文只有1字，至少需要4字。请扩写，补充与刚才所说有关的一个想法或一个细节。"


def test_very_small_models_may_say_two_words() -> None:
    plain = FILTERS["length"](spec_of(dialogue=DIALOGUE), True)
    said = [talk("word " * count, stage="turn", band=(2, 4)) for count in (1, 2, 6, 7)]
    assert [reason(plain(turn)) for turn in said] == ["too_short", "", "", "too_long"]


def test_options_of_a_side_take_the_place_of_the_spec() -> None:
    bound = FILTERS["length"](spec_of(dialogue=DIALOGUE), False, user_min=1)
    assert bound(talk("Yes.", stage="turn", band=(2, 4))) is None
    assert reason(bound(talk("Yes.", "No.", stage="turn", band=(2, 4)))) == "too_short"
