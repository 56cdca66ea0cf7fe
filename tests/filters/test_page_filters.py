"""Texts made of a page: grounded in the turns that they name, in words of their own, and without what was taken out."""

from __future__ import annotations

import pytest
from filter_trials import check_of, reason, spec_of
from hypothesis import given
from hypothesis import strategies as st

from synthgen.filters import grounding
from synthgen.filters.numerals import numbers_in
from synthgen.records import Candidate, Page, PageTurn

TURNS = (
    PageTurn(4, "user", "Client", "I sleep three hours since [PLACE_1]. It's been 2019 all over again, says Mum."),
    PageTurn(5, "assistant", "Coach", "Did the Zoloft clinic call it “a tired alarm”? Twenty-one days, he said."),
    PageTurn(6, "user", "Client", "Yes. And my knee hurts."),
)
PAGE = Page(1, 1, 1, 1, "en", 0, 100, TURNS, ("Imre Kovacs", "Imre", "Kovacs", "Portland", "415-555-0132"))
TURNS_ZH = (
    PageTurn(1, "user", "来访者", "我已经三个月没睡好了，每天只睡四个小时，医生说这叫“警报疲劳”。"),
    PageTurn(2, "assistant", "咨询师", "那两个星期里，您试过认知行为疗法的练习吗？"),
)
PAGE_ZH = Page(2, 1, 1, 1, "zh", 0, 100, TURNS_ZH, ("王秀兰", "志强"))


def told(text: str, cited: tuple[int, ...] = (4, 5), page: Page | None = PAGE, language: str = "en") -> Candidate:
    return Candidate("reply", text, language, page=page, cited=cited)


def evidence(candidate: Candidate) -> str | None:
    drop = check_of("grounding")(candidate)
    assert drop is None or drop.reason == "ungrounded"
    return drop.evidence if drop else None


@pytest.mark.parametrize(
    "text",
    [
        "I have slept 3 hours a night for a long time, and 21 days are named.",
        "It feels like 2019, my mother says, and I'm tired. One thing, two things.",
        "The nurse spoke of “a tired alarm”. What does the Zoloft clinic advise?",
        "Sleep is short. Mornings are hard. I am at my end.",
    ],
)
def test_what_the_turns_say_is_grounded(text: str) -> None:
    assert evidence(told(text)) is None


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("I have slept four hours a night.", "four"),
        ("It has been 12 weeks.", "12"),
        ("It happened in 2,019 cases and 2018.", "2018"),
        ("He called it “a weary bell” then.", "a weary bell"),
        ("My friend took Ativan last year.", "Ativan"),
    ],
)
def test_what_they_do_not_say_is_not(text: str, fact: str) -> None:
    assert evidence(told(text)) == fact


def test_only_the_named_turns_count() -> None:
    assert evidence(told("It has been 21 days.", (5,))) is None
    assert evidence(told("It has been 21 days.", (4, 6))) == "21"


@pytest.mark.parametrize("cited", [(), (3,), (4, 7)])
def test_turns_have_to_be_named_and_to_be_on_the_page(cited: tuple[int, ...]) -> None:
    assert "cited" in (evidence(told("I sleep badly.", cited)) or "")


def test_chinese_numbers_and_quotations() -> None:
    assert evidence(told("我三个月来睡不好，只睡4个小时，这叫「警报疲劳」，两个星期。", (1, 2), PAGE_ZH, "zh")) is None
    assert evidence(told("我五个月来睡不好。", (1,), PAGE_ZH, "zh")) == "五"
    assert evidence(told("医生说这是“长期失眠”。", (1,), PAGE_ZH, "zh")) == "长期失眠"
    assert evidence(told("我三心二意，一起走，十分难过。", (2,), PAGE_ZH, "zh")) is None


def test_each_kind_of_fact_can_be_let_pass() -> None:
    text = "It has been 12 weeks, he called it “a weary bell”, and she takes Ativan."
    found = [
        grounding.build(spec_of(), False, numbers=numbers, quotations=quotations, names=names)(told(text))
        for numbers, quotations, names in ((True, True, True), (False, True, True), (False, False, True))
    ]
    assert [drop and drop.evidence for drop in found] == ["12", "a weary bell", "Ativan"]
    assert grounding.build(spec_of(), False, numbers=False, quotations=False, names=False)(told(text)) is None


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("twenty-one or forty", [21, 40]),
        ("1,250 of 3 and seventeen", [1250, 3, 17]),
        ("someone, often, phone, weight", []),
        ("三百二十个，两千零五次，一万两千元", [320, 2005, 12000]),
        ("二〇一九年", [2019]),
    ],
)
def test_numbers_in_words(text: str, numbers: list[int]) -> None:
    assert [value for value, _ in numbers_in(text)] == numbers


def test_wording_may_not_be_kept() -> None:
    check = check_of("copied_page")
    kept = "What I hear: it's been 2019 all over again says mum, in a way."
    drop = check(told(kept))
    assert drop is not None
    assert drop.reason == "copied_page"
    assert "its been 2019 all over again says mum" in drop.evidence
    assert check(told("It has been 2019 all over again, or so my mother says.")) is None
    assert reason(check(told("我已经三个月没睡好了每天只睡四个小时", page=PAGE_ZH, language="zh"))) == "copied_page"
    assert check(told("三个月来我都没有睡好，每晚四个小时。", page=PAGE_ZH, language="zh")) is None


def test_what_was_taken_out_may_not_come_back() -> None:
    check = check_of("originals")
    for text in ("I told Imre so.", "We moved to portland.", "Call 415 555 0132.", "Mr. KOVACS said it."):
        drop = check(told(text))
        assert drop is not None, text
        assert drop.reason == "private_original"
        assert not any(original.lower() in f"{drop.detail}{drop.evidence}".lower() for original in PAGE.private)
    assert check(told("I told my brother so.")) is None
    assert reason(check(told("志强不肯说话。", page=PAGE_ZH, language="zh"))) == "private_original"


@pytest.mark.parametrize("name", ["copied_page", "grounding", "originals"])
def test_rows_that_no_page_was_made_of_are_left_alone(name: str) -> None:
    assert check_of(name)(told(f"{TURNS[0].text} Imre 99", page=None)) is None


@pytest.mark.parametrize("name", ["copied_page", "grounding", "originals"])
@given(text=st.text(max_size=300))
def test_no_text_raises(name: str, text: str) -> None:
    for page, language in ((PAGE, "en"), (PAGE_ZH, "zh")):
        candidate = told(text, page=page, language=language)
        assert check_of(name)(candidate) == check_of(name)(candidate)
