from __future__ import annotations

from collections.abc import Callable

import pytest
from filter_trials import query, reason, reply, spec_of
from hypothesis import given
from hypothesis import strategies as st

from synthgen.filters import FILTERS
from synthgen.records import Candidate

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
