from __future__ import annotations

import pytest
from filter_trials import check_of, query, reason, reply, talk

DIALOGUE = {"names": {"en": ["Anna", "Ben", "Emma"], "zh": ["晓雯", "建国", "小雨"]}}
check = check_of("facts", dialogue=DIALOGUE)
ANNA, WEN = {"name": "Anna", "age": "27"}, {"name": "晓雯", "age": "27"}


def told(*texts: str, language: str = "en", **facts: str) -> str:
    return reason(check(talk(*texts, language=language, stage="turn", facts=facts)))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("I'm 27.", ""),
        ("I'm twenty-seven and I live alone.", ""),
        ("I'm turning 28 next month.", ""),
        ("I'm turning 27 in two weeks.", ""),
        ("When I was 12 my father left.", ""),
        ("When I'm 40 I want to laugh about it.", ""),
        ("I feel like I'm twelve.", ""),
        ("I'm 20 minutes late, sorry.", ""),
        ("My sister says, I'm 31.", ""),
        ('She wrote "I\'m 31."', ""),
        ("I'm nine weeks pregnant.", ""),
        ("I'm 34.", "contradicts_facts"),
        ("Well, I'm thirty-four years old.", "contradicts_facts"),
        ("I'm a 45-year-old nurse.", "contradicts_facts"),
        ("I'm turning 40 next month.", "contradicts_facts"),
    ],
)
def test_the_own_age_is_that_of_the_profile(text: str, wanted: str) -> None:
    assert told(text, **ANNA) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("我今年二十七，在县里上班。", ""),
        ("我27岁。", ""),
        ("我下个月就满二十八了。", ""),
        ("我十二岁那年，爸爸走了。", ""),
        ("那时候我十二岁，什么都不懂。", ""),
        ("我妈今年六十了。", ""),
        ("我虚岁二十八了。", ""),
        ("我今年三十四岁了，还没结婚。", "contradicts_facts"),
        ("我都三十五了。", "contradicts_facts"),
        ("今年42岁的我还在租房。", "contradicts_facts"),
    ],
)
def test_the_own_age_is_known_in_chinese(text: str, wanted: str) -> None:
    assert told(text, language="zh", **WEN) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("My name is Anna.", ""),
        ("Just call me Ann.", ""),
        ("My name is Emma, by the way.", "contradicts_facts"),
        ("My name is Priya.", "contradicts_facts"),
        ("Hi, I'm Ben.", "contradicts_facts"),
        ("I'm Emma's mother.", ""),
        ("I am Irish, you know.", ""),
        ("She said my name is on the list.", ""),
    ],
)
def test_the_own_name_is_that_of_the_profile(text: str, wanted: str) -> None:
    assert told(text, **ANNA) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("你好，我叫林晓雯。", ""),
        ("我叫晓雯，在读研二。", ""),
        ("我叫外卖，他也不高兴。", ""),
        ("你好，我叫陈建国。", "contradicts_facts"),
        ("我叫建国，开货车的。", "contradicts_facts"),
    ],
)
def test_the_own_name_is_known_in_chinese(text: str, wanted: str) -> None:
    assert told(text, language="zh", **WEN) == wanted


@pytest.mark.parametrize(
    ("text", "language", "wanted"),
    [
        ("Anna, what did you do then?", "en", ""),
        ("Ben, what did you do then?", "en", "wrong_name"),
        ("That took courage. What helped you, Ben?", "en", "wrong_name"),
        ("Thank you, Emma.", "en", "wrong_name"),
        ("What would you say to Ben now?", "en", ""),
        ("晓雯，那时候你在哪儿？", "zh", ""),
        ("建国，那时候你在哪儿？", "zh", "wrong_name"),
        ("谢谢你，建国。", "zh", "wrong_name"),
        ("你想对建国说什么？", "zh", ""),
    ],
)
def test_the_user_is_called_by_its_name(text: str, language: str, wanted: str) -> None:
    facts = WEN if language == "zh" else ANNA
    assert told("Hm.", text, language=language, **facts) == wanted


def test_whom_the_user_has_named_may_be_spoken_to() -> None:
    assert told("My brother Ben hung up on me.", "Ben, I was worried. Could you say it like that?", **ANNA) == ""
    assert told("Hm.", "Ben, I was worried.") == ""


@pytest.mark.parametrize(
    ("before", "after", "language", "wanted"),
    [
        ("I have two kids.", "My three children are with him.", "en", "contradicts_facts"),
        ("I have two kids.", "My two children are with him.", "en", ""),
        ("I have two kids.", "My three kids from before are grown.", "en", ""),
        ("I have two older brothers.", "My three sisters came too.", "en", ""),
        ("We've been married for ten years.", "We have been married twelve years now.", "en", "contradicts_facts"),
        ("We've been married for ten years.", "We have been married eleven years now.", "en", ""),
        ("I'm 31.", "I'm 35 and I still call my mother.", "en", "contradicts_facts"),
        ("My name is Emma.", "My name is Ruth.", "en", "contradicts_facts"),
        ("我有两个孩子。", "我家三个孩子都上学了。", "zh", "contradicts_facts"),
        ("我们结婚十年了。", "我们结婚十五年了。", "zh", "contradicts_facts"),
        ("我们结婚十年了。", "我爸妈结婚三十年了。", "zh", ""),
    ],
)
def test_turns_do_not_contradict_each_other(before: str, after: str, language: str, wanted: str) -> None:
    assert told(before, "Hm.", after, language=language) == wanted
    whole = check(talk(before, "Hm.", after, "Hm.", language=language))
    assert reason(whole) == wanted
    if whole is not None:
        assert whole.detail.startswith("第3轮：" if language == "zh" else "Turn 3: ")


def test_the_detail_says_what_is_true() -> None:
    found = check(talk("I'm 34.", stage="turn", facts=ANNA))
    assert found is not None
    assert found.detail == ('It says "i\'m 34", but what is true of this side is "27". Keep to that, or leave it out.')


def test_single_messages_and_replies_pass() -> None:
    assert check(query("I'm 34.", facts=ANNA)) is None
    assert check(reply("Ben, go on.", facts=ANNA)) is None
