from __future__ import annotations

import pytest
from filter_trials import check_of, query, read_lines, reply, talk

from synthgen.filters.closing import says_farewell

check = check_of("closing")
LINES = [*read_lines("closing_lines.tsv")]


@pytest.mark.parametrize(("label", "language", "text"), LINES)
def test_a_close_is_told_from_a_break(label: str, language: str, text: str) -> None:
    found = check(talk(*text.split(" / "), language=language, band=(2, 8)))
    assert (found is not None) == (label == "open")


def test_an_open_question_is_told_as_one() -> None:
    found = check(talk("He laughed.", "I'm glad you told me. How old were you?", band=(2, 4)))
    assert found is not None
    assert (found.reason, found.evidence) == ("open_question", "How old were you?")


def test_a_break_is_told_how_to_end() -> None:
    found = check(talk("他把门关了。", "那扇门很重。", language="zh", band=(2, 4)))
    assert found is not None
    assert found.reason == "no_close"
    assert found.detail.endswith("请让最后两轮自然收尾：归拢谈到的内容，说出下一步，然后告别。")


def test_ends_in_other_languages_are_not_judged() -> None:
    assert check(talk("Er hat gelacht.", "Die Tür war schwer.", language="de", band=(2, 4))) is None


def test_a_conversation_without_a_band_may_end_anyhow() -> None:
    assert check(talk("He laughed.", "How old were you?")) is None


@pytest.mark.parametrize(
    ("text", "language", "wanted"),
    [
        ("Goodbye, Mia.", "en", True),
        ("Okay. Thanks. Bye!", "en", True),
        ("That is enough for one day. See you next week.", "en", True),
        ("Until Thursday, then.", "en", True),
        ("Take care of yourself.", "en", True),
        ("Have a quiet evening.", "en", True),
        ("I never got to say goodbye to him.", "en", False),
        ("I take care of my mother.", "en", False),
        ("I have a bad day every week.", "en", False),
        ("I wanted to see you.", "en", False),
        ("Bye, he said, and closed the door. Then I sat on the stairs. I did not move. It got dark.", "en", False),
        ("老师再见！", "zh", True),
        ("好，那我先走了。", "zh", True),
        ("我们下周三下午见。", "zh", True),
        ("祝你一切顺利！", "zh", True),
        ("我没来得及跟他说再见。", "zh", False),
        ("我每周三见他一次。", "zh", False),
        ("我在慢慢走出来。", "zh", False),
        ("", "en", False),
    ],
)
def test_farewells_are_known(text: str, language: str, wanted: bool) -> None:
    assert says_farewell(text, language) is wanted


def test_both_sides_may_not_part_before_the_band() -> None:
    parting = ["The letter is written.", "It is.", "Thanks. Bye.", "Goodbye."]
    found = check(talk(*parting, stage="turn", band=(6, 8)))
    assert found is not None
    assert found.reason == "closes_early"
    assert "at least 6 turns" in found.detail
    assert check(talk(*parting, stage="turn", band=(4, 8))) is None
    assert check(talk(*parting[:3], stage="turn", band=(6, 8))) is None


def test_nobody_goes_on_after_parting() -> None:
    parting = ["The letter is written.", "It is.", "Thanks. Bye.", "Goodbye."]
    more = ["One more thing about my son.", "Go on.", "He stopped eating.", "We will look at it next week. Goodbye."]
    found = check(talk(*parting, *more, band=(4, 8)))
    assert found is not None
    assert (found.reason, found.detail[:8]) == ("closes_early", "Turn 4: ")
    assert check(talk(*parting, "You too.", "Bye.", band=(4, 8))) is None


def test_single_messages_and_replies_pass() -> None:
    assert check(query("Bye.", band=(4, 8))) is None
    assert check(reply("Bye,", band=(4, 8))) is None
