from __future__ import annotations

import pytest
from filter_trials import check_of, read_lines, reason, reply, spec_of
from hypothesis import given
from hypothesis import strategies as st

from synthgen.filters import language
from synthgen.languages.function_words import FUNCTION_WORDS
from synthgen.languages.latin import strange_language
from synthgen.languages.scripts import LANGUAGE_SCRIPTS, SCRIPTS, chinese_variant, script_words

CHECK = check_of("language")
LINES = list(read_lines("language_lines.tsv"))
# What a text is written in -> the languages that it passes in.
OWN = {
    "zh-Hans": ("zh", "zh-CN", "zh-Hans", "zh-SG"),
    "zh-Hant": ("zh-TW", "zh-HK", "zh-Hant"),
    "yue": ("yue", "zh-HK"),
}
MIXED = "en+zh"
FRENCH = "Nous ne parlons plus que d'argent, et je ne sais pas si je peux encore lui faire confiance."
TOLD_APART = "I keep checking the stove, the door and the windows, over and over before bed."


def reasons(text: str, *languages: str) -> set[str]:
    return {reason(CHECK(reply(text, wanted))) for wanted in languages}


@pytest.mark.parametrize(("kind", "written", "text"), [line for line in LINES if line[1] != MIXED])
def test_a_message_passes_in_its_own_language(kind: str, written: str, text: str) -> None:
    assert reasons(text, *OWN.get(written, (written,))) == {""}


@pytest.mark.parametrize("wanted", ["en", "zh-CN"])
def test_hardly_a_message_passes_in_english_or_chinese_that_is_in_another_language(wanted: str) -> None:
    others = [text for kind, written, text in LINES if kind != "short" and wanted not in OWN.get(written, (written,))]
    assert len(others) > 200
    assert sum(not reasons(text, wanted) - {""} for text in others) <= 0.03 * len(others)


@pytest.mark.parametrize(
    ("text", "wanted", "found"),
    [
        (TOLD_APART, "zh", "wrong_script"),
        (TOLD_APART, "ru", "wrong_script"),
        (TOLD_APART, "de", "wrong_language"),
        (TOLD_APART, "fi", "wrong_language"),  # a language without a list: English is known all the same
        ("最近总是半夜三点醒来，脑子里全是工作上的事。", "en", "wrong_script"),
        ("最近总是半夜三点醒来，脑子里全是工作上的事。", "ja", "wrong_language"),
        ("最近总是半夜三点醒来，脑子里全是工作上的事。", "ko", "wrong_language"),
        ("Начальник кричит на меня при всех.", "en", "wrong_script"),
        ("我懷疑自己得了憂鬱症，但是不敢去看醫生。", "zh", "wrong_chinese"),
        ("我懷疑自己得了憂鬱症，但是不敢去看醫生。", "zh-SG", "wrong_chinese"),
        ("我没有告诉妈妈，因为说了她会担心，这样对谁都不好。", "zh-TW", "wrong_chinese"),
        (FRENCH, "en", "wrong_language"),
        # Nothing here knows Finnish, but English has small words.
        ("Kissa istuu ikkunalla ja katsoo lintuja pihalla koko aamun, " * 3, "en", "wrong_language"),
    ],
)
def test_the_reason_says_what_is_wrong(text: str, wanted: str, found: str) -> None:
    assert reasons(text, wanted) == {found}


@pytest.mark.parametrize("wanted", ["xx", "sr", "uz-Latn", "qaa"])
def test_a_language_that_nobody_can_judge_passes(wanted: str) -> None:
    assert {reason(CHECK(reply(text, wanted))) for _, _, text in LINES} == {""}


def test_a_few_words_of_another_script_pass_and_whole_sentences_do_not() -> None:
    english = " ".join(["You could write down what you fear and read it again in the morning."] * 8)
    assert not reasons(f"{english} My grandmother said 吃苦是福.", "en") - {""}
    assert reasons(f"{english} 你可以先试着把自己的感受写下来，再慢慢告诉他。", "en") == {"mixed_script"}
    assert not reasons(f"{english} The sign said “你可以先试着把自己的感受写下来，再慢慢告诉他”.", "en") - {""}


def test_options_set_how_much_of_another_script_passes() -> None:
    text = "今年KPI没完成，HR找我谈PIP的事，我很害怕。"
    strict = language.build(spec_of(), False, foreign=0.1)
    assert not reasons(text, "zh") - {""}
    assert reason(strict(reply(text, "zh"))) == "mixed_script"
    sentence = "他总说Take it easy and be happy，可我放松不下来，晚上还是翻来覆去睡不着觉。"
    assert not reasons(sentence, "zh") - {""}
    assert reason(language.build(spec_of(), False, stretch=5)(reply(sentence, "zh"))) == "mixed_script"


def test_the_drop_names_the_languages() -> None:
    french = CHECK(reply(FRENCH))
    chinese = CHECK(reply("我懷疑自己得了憂鬱症，但是不敢去看醫生。", "zh"))
    unknown = CHECK(reply(TOLD_APART, "fi"))
    assert french is not None
    assert french.detail == "It reads as French. Write all of it in English."
    assert chinese is not None
    assert chinese.detail == "文中用了繁体字。请全部用简体中文书写。"
    assert chinese.evidence == "懷憂鬱醫"
    assert unknown is not None
    assert "Write all of it in Finnish" in unknown.detail


def test_links_and_addresses_are_in_no_language() -> None:
    link = "https://example.org/how-to-deal-with-anxiety-and-the-panic-that-comes-with-it"
    assert not reasons(f"我看了{link}还是没用。", "zh") - {""}
    assert script_words("我 a") == {"Latin": 1.0, "Han": 0.625}


def test_accents_that_are_characters_of_their_own_are_read() -> None:
    assert strange_language("Tôi không biết có còn tin anh ấy được nữa không.", "vi") is None
    assert strange_language("Tôi không biết có còn tin anh ấy được nữa không.", "en") == "vi"


@pytest.mark.parametrize(
    ("code", "variant"),
    [
        ("zh", "simplified"),
        ("zh-cn", "simplified"),
        ("zh-Hant-CN", "traditional"),
        ("zh-HK", "traditional"),
        ("ja", ""),
    ],
)
def test_codes_say_which_chinese_is_meant(code: str, variant: str) -> None:
    assert chinese_variant(code) == variant


def test_tables_agree() -> None:
    assert {script for scripts in LANGUAGE_SCRIPTS.values() for script in scripts} <= set(SCRIPTS)
    assert {LANGUAGE_SCRIPTS[code] for code in FUNCTION_WORDS} == {("Latin",)}
    for words in FUNCTION_WORDS.values():
        assert all(word == word.lower() for word in words)


@given(
    st.lists(st.text(max_size=30) | st.sampled_from([text for _, _, text in LINES]), max_size=8).map(" ".join),
    st.sampled_from(["en", "zh", "zh-TW", "ja", "ko", "fi", "th", "ar", "yue", "xx"]),
)
def test_any_text_gets_one_answer(text: str, wanted: str) -> None:
    found = CHECK(reply(text, wanted))
    assert found == CHECK(reply(text, wanted))
    assert reason(found) in ("", "wrong_language", "wrong_script", "mixed_script", "wrong_chinese")


@given(st.text(st.characters(exclude_categories=["L"]), max_size=200), st.sampled_from(sorted(LANGUAGE_SCRIPTS)))
def test_a_text_without_letters_passes(text: str, wanted: str) -> None:
    assert CHECK(reply(text, wanted)) is None
