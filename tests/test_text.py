from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthgen.text import (
    bare,
    cjk_share,
    count_units,
    estimate_tokens,
    language_by_script,
    nearest_language,
    normalize,
    sentences,
    unit_name,
    units,
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("My landlord won't pay.", ["My", "landlord", "won't", "pay"]),
        ("It’s mother-in-law’s", ["It’s", "mother-in-law’s"]),
        ("押金没有退。", ["押", "金", "没", "有", "退"]),
        ("我用WiFi上网3次", ["我", "用", "WiFi", "上", "网", "3", "次"]),
        ("naïve café 12", ["naïve", "café", "12"]),
        ("カナ 한글", ["カ", "ナ", "한", "글"]),
        ("snake_case -- 'quoted'", ["snake", "case", "quoted"]),
        ("...!? 。，", []),
    ],
)
def test_units_are_words_or_characters(text, found):
    assert units(text) == found


@given(st.text(st.characters(max_codepoint=127)))
def test_the_quick_way_for_ascii_finds_what_the_other_finds(text):
    # A Chinese character at the end takes the text the slow way.
    assert units(text) == units(text + "押")[:-1]


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("", 0),
        ("one two  three\nfour", 4),
        ("Well - that is - odd!", 6),  # what white space surrounds is a word, as word counters have it
        ("押金没有退。", 5),
        ("我用 WiFi 上网", 5),
    ],
)
def test_length_is_counted_in_words_and_characters(text, length):
    assert count_units(text) == length


@given(st.text())
def test_counts_never_fail_and_never_exceed_the_characters(text):
    assert 0 <= count_units(text) <= len(text)
    assert estimate_tokens(text) >= 0
    assert 0 <= cjk_share(text) <= 1


def test_tokens_are_estimated_by_script():
    assert estimate_tokens("押" * 100) == 100
    assert estimate_tokens("word " * 100) == 135
    assert estimate_tokens("") == 0


def test_the_share_of_chinese_letters():
    assert cjk_share("押金") == 1.0
    assert cjk_share("ab押金") == 0.5
    assert cjk_share("abc") == cjk_share("123 !?") == 0.0


@given(st.text())
def test_normal_texts_stay_as_they_are(text):
    once = normalize(text)
    assert "  " not in once
    assert once == once.strip()
    assert normalize(unicodedata.normalize("NFD", "Ärger")) == normalize("ÄRGER") == "ärger"


@pytest.mark.parametrize("pair", [("Ａ１", "a1"), ("straße", "STRASSE"), ("a\u00a0\n b", "A B"), ("ﬁne", "fine")])
def test_texts_that_look_alike_are_alike(pair):
    left, right = map(normalize, pair)
    assert left == right


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("“Leave me.” She left. ", ["“Leave me.”", "She left."]),
        ("你好。今天怎么样？“好！”他说。", ["你好。", "今天怎么样？", "“好！”", "他说。"]),
        ("A list:\n- one\n\n- two", ["A list:", "- one", "- two"]),
        ("Wait… what", ["Wait…", "what"]),
        ("3.5 percent", ["3.5 percent"]),
        ("（真的？）是。", ["（真的？）", "是。"]),
        ("什么！？好。", ["什么！？", "好。"]),
        ("  \n ", []),
    ],
)
def test_sentences(text, parts):
    assert sentences(text) == parts


@given(st.text() | st.text("ab .!?。！…”」)\n"))
def test_sentences_lose_nothing_but_white_space(text):
    assert "".join("".join(sentences(text)).split()) == "".join(text.split())


@given(st.text(st.characters(max_codepoint=127)) | st.text("ab .!?\"')]\n"))
def test_the_quick_way_for_ascii_parts_sentences_as_the_other_does(text):
    assert sentences(text) == sentences(text + "\n押")[:-1]


def test_lengths_have_a_name():
    assert [unit_name(language) for language in ("en", "zh", "zh-Hant", "ja", "de")] == [
        "words",
        "characters",
        "characters",
        "characters",
        "words",
    ]


@pytest.mark.parametrize(
    ("text", "language", "nearest"),
    [
        ("", "en", "en"),
        ("My landlord said 你好 to me.", "en", "en"),
        ("我的押金还没退", "zh", "zh"),
        ("押金被 House Agency 扣下了", "zh", "zh"),
        ("房东管押金叫「しききん」，我看了三遍也没懂，后来问了几位同事和朋友，大家都说没见过", "zh", "zh"),
        ("敷金がまだ返ってきません", "ja", "zh"),
        ("東京都新宿区の賃貸契約について", "ja", "zh"),
        ("보증금을 아직 못 받았어요", "ko", "zh"),
        ("保證金 문제로 집주인과 다퉜어요", "ko", "zh"),
        ("Залог не вернули", "en", "en"),
    ],
)  # fmt: skip
def test_a_language_is_told_by_its_script(text, language, nearest):
    assert (language_by_script(text), nearest_language(text)) == (language, nearest)


@pytest.mark.parametrize("name", ["Empathy-Score:", "**EMPATHY_SCORE**", "Ｅｍｐａｔｈｙ　Ｓｃｏｒｅ"])
def test_a_name_is_the_same_however_it_is_spaced_and_marked(name):
    assert bare(name) == "empathyscore"
    assert bare("、。 -_*") == ""
