"""Which of some languages a text is in."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthgen.languages.function_words import FUNCTION_WORDS
from synthgen.languages.telling import base_of, language_among, language_read

TEXTS = {
    "de": "Meine Bremse quietscht seit gestern, und ich habe die Beläge erst im Mai gewechselt.",
    "en": "My brake has squealed since yesterday, and I changed the pads only in May.",
    "fr": "Mon frein grince depuis hier, et je n'ai changé les patins qu'en mai.",
    "pl": "Od wczoraj piszczy mi hamulec, a klocki wymieniłem dopiero w maju, więc nie wiem, co robić dalej.",
    "ru": "Со вчерашнего дня скрипит тормоз, хотя колодки я поменял только в мае.",
    "el": "Από χθες τρίζει το φρένο, αν και άλλαξα τα τακάκια μόλις τον Μάιο.",
    "zh": "我的刹车从昨天开始一直响，五月份才换过刹车片。",
    "zh-TW": "我的煞車從昨天開始一直響，五月才換過煞車皮，還沒過保固。",
    "ja": "昨日からブレーキが鳴っています。パッドは五月に替えたばかりです。",
    "ko": "어제부터 브레이크에서 소리가 납니다. 패드는 오월에 바꿨습니다.",
}
LISTED = Path(__file__).parent.parent / "filters" / "language_lines.tsv"


@pytest.mark.parametrize("language", TEXTS)
def test_each_text_is_told_among_all(language: str) -> None:
    assert language_among(TEXTS, TEXTS[language]) == language
    assert language_among([*TEXTS][::-1], TEXTS[language]) == language


@pytest.mark.parametrize("language", TEXTS)
def test_the_one_language_that_a_text_can_be_in_is_its_language(language: str) -> None:
    assert language_among([language], TEXTS[language]) == language


@pytest.mark.parametrize(
    ("languages", "written", "found"),
    [
        ([], "de", "en"),
        ([], "ja", "ja"),
        ([], "zh-TW", "zh"),
        (["de"], "zh", "zh"),
        (["en", "zh"], "ko", "ko"),
        (["zh"], "ja", "ja"),
        (["ja", "en"], "zh", "zh"),
        (["zh", "el"], "ru", "en"),
        (["de"], "en", "de"),
        (["no", "de-AT"], "de", "de-AT"),
        (["en", "pt_BR"], "en", "en"),
        (["yue", "en"], "zh", "yue"),
        (["en", "zh"], "zh-TW", "zh"),
        (["en", "pl"], "en", "en"),
        (["fi", "pl"], "en", "fi"),
        (["sr", "en"], "ru", "sr"),
    ],
)
def test_the_script_tells_what_is_in_none_of_them(languages: list[str], written: str, found: str) -> None:
    assert language_among(languages, TEXTS[written]) == found


@pytest.mark.parametrize("language", TEXTS)
def test_a_text_in_one_of_them_is_read_as_that(language: str) -> None:
    assert language_read([language], TEXTS[language]) == language
    assert language_read(TEXTS, TEXTS[language]) == language


@pytest.mark.parametrize(
    ("languages", "written", "read"),
    [
        (["en", "zh"], "fr", "fr"),
        (["en", "zh"], "pl", "pl"),
        (["en", "zh"], "ru", ""),
        (["en", "zh"], "ja", "ja"),
        (["en"], "zh", "zh"),
        (["fr"], "en", "en"),
        (["zh"], "el", ""),
        (["en", "zh"], "zh-TW", "zh"),
        (["pl"], "de", "de"),
    ],
)
def test_a_text_in_none_of_them_is_read_as_none_of_them(languages: list[str], written: str, read: str) -> None:
    assert language_read(languages, f"{TEXTS[written]} " * 3) == read


def test_most_messages_of_one_sentence_are_told_among_all_languages_that_have_a_list() -> None:
    lines = [line.split("\t") for line in LISTED.read_text(encoding="utf-8").splitlines() if line[:1] not in ("", "#")]
    told = [
        (written, language_among(FUNCTION_WORDS, text))
        for kind, written, text in lines
        if written in FUNCTION_WORDS and kind == "plain"
    ]
    assert len(told) > 100
    assert sum(written == found for written, found in told) >= 0.95 * len(told)


@pytest.mark.parametrize("text", ["", "🙂", "12:30", "\ud800"])
def test_what_has_no_words_is_in_the_first(text: str) -> None:
    assert language_among(["de", "en"], text) == language_read(["de", "en"], text) == "de"


@given(st.text(), st.lists(st.sampled_from([*TEXTS, "xx", ""]), unique=True))
def test_any_text_has_a_language(text: str, languages: list[str]) -> None:
    assert language_among(languages, text) in {*languages, "zh", "ja", "ko", "en"}


@given(st.text(), st.lists(st.sampled_from([*TEXTS, "xx", ""]), unique=True))
def test_any_text_is_read(text: str, languages: list[str]) -> None:
    assert language_read(languages, text) in {*languages, *FUNCTION_WORDS, "zh", "ja", "ko", "en", ""}


def test_a_code_has_its_base() -> None:
    assert [base_of(code) for code in ("pt-BR", "zh_Hant", "EN", "")] == ["pt", "zh", "en", ""]
