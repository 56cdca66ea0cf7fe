from __future__ import annotations

from collections import Counter

import pytest
from filter_trials import reason, reply
from hypothesis import given
from hypothesis import strategies as st

from synthgen.filters.ceiling import Ceiling, closings_of, opening_of

BODY = "The Tuesday calls set the tone."


def filled(count: int, share: float = 0.02, after: int = 200) -> Ceiling:
    """A ceiling over so many replies that all open and close in ways of their own."""
    ceiling = Ceiling(share, after)
    for number in range(count):
        ceiling.claim(number, f"Opening{number} of its own. {BODY} Closing{number} of its own.", "en")
    return ceiling


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Try the earlier bus on Monday.", "try the earlier bus"),
        ('**"Try  the\nEarlier bus"** on Monday.', "try the earlier bus"),
        ("It’s the bus that’s late.", "it's the bus that's"),
        ("Yes.", "yes"),
        ("", ""),
        ("***", ""),
    ],
)
def test_an_opening_is_the_first_four_words(text: str, wanted: str) -> None:
    assert opening_of(text, "en") == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("首先，把手机放到客厅。", "首先"),
        ("“先把手机放到客厅去。”", "先把手机放到"),
        ("KTV那晚之后你没有再去。", "ktv那晚之"),
        ("……", ""),
    ],
)
def test_a_chinese_opening_is_six_characters_up_to_the_first_comma(text: str, wanted: str) -> None:
    assert opening_of(text, "zh") == wanted


@pytest.mark.parametrize(
    ("text", "language", "wanted"),
    [
        (f"{BODY} What would you try first?", "en", ("what would you try",)),
        (f"{BODY} Remember, one week is enough.", "en", ("Remember", "remember one week is")),
        (f"{BODY} And please remember that you tried. Good luck!", "en", ("Remember", "good luck")),
        (f"{BODY} Keep in mind that it takes time.", "en", ("Remember", "keep in mind that")),
        (f"Remember the red suitcase? {BODY} It is yours. So is the key.", "en", ("so is the key",)),
        ("先把药交给姐姐。请记住，你可以慢慢来。", "zh", ("Remember", "请记住")),
        ("先把药交给姐姐。最后，别忘了吃饭。", "zh", ("Remember", "最后")),
        ("先把药交给姐姐。下周再看看有什么变化。", "zh", ("下周再看看有",)),
        ("", "en", ()),
    ],
)
def test_a_closing_is_the_last_sentence_and_whether_it_tells_to_remember(
    text: str, language: str, wanted: tuple[str, ...]
) -> None:
    assert closings_of(text, language) == wanted


@pytest.mark.parametrize(("held", "most"), [(0, 4), (100, 4), (199, 4), (249, 5), (600, 12)])
def test_no_opening_leads_more_than_its_share(held: int, most: int) -> None:
    ceiling = filled(held)
    for number in range(most):
        text = f"Start with the calendar, number {number}. End{number} of its own."
        assert ceiling.over(reply(text)) is None
        ceiling.claim(10_000 + number, text, "en")
    found = ceiling.over(reply("Start with the calendar on the wall. It helps."))
    assert found is not None
    assert (found.reason, found.evidence, found.repairable) == ("opening_ceiling", "start with the calendar", True)
    assert found.detail.startswith('Too many replies of the set open with "start with the calendar". Write another')


def test_no_closing_does_either() -> None:
    ceiling = filled(0)
    for number in range(4):
        ceiling.claim(number, f"Opening{number}. Remember, week {number} is enough.", "en")
    found = ceiling.over(reply("A new opening here. Remember that you tried. Good luck!"))
    assert found is not None
    assert (found.reason, found.evidence) == ("closing_ceiling", "Remember")


def test_chinese_writers_are_told_in_chinese() -> None:
    ceiling = filled(0, share=0.005)
    ceiling.claim(0, "首先，放下手机。", "zh")
    found = ceiling.over(reply("首先，打个电话。", "zh"))
    assert found is not None
    assert found.detail.startswith("这批回复里以“首先”开头的已经太多。")


def test_asking_counts_nothing_and_a_released_reply_no_more() -> None:
    ceiling = filled(0, share=0.005)
    text = f"Start with the calendar. {BODY}"
    for _ in range(3):
        assert ceiling.over(reply(text)) is None
    ceiling.claim(1, text, "en")
    assert reason(ceiling.over(reply(text))) == "opening_ceiling"
    ceiling.release(1)
    ceiling.release(1)
    ceiling.release(2)
    assert ceiling.over(reply(text)) is None


def test_a_key_that_claims_again_is_counted_once() -> None:
    ceiling = filled(0, share=0.01)
    for _ in range(5):
        ceiling.claim(1, f"Start with the calendar. {BODY}", "en")
    assert ceiling.over(reply("Start with the calendar. Another end.")) is None


def test_words_that_point_to_help_may_close_any_reply_at_risk() -> None:
    ceiling = filled(0, share=0.005)
    ceiling.claim(1, "Opening one. Call the emergency number now.", "en")
    text = "Opening two. Call the emergency number now."
    assert reason(ceiling.over(reply(text))) == "closing_ceiling"
    assert ceiling.over(reply(text, risk=True)) is None
    assert reason(ceiling.over(reply("Opening one.", risk=True))) == ""


def test_replies_led_by_examples_may_open_alike_where_a_life_is_at_risk() -> None:
    for led, wanted in ((True, ""), (False, "opening_ceiling")):
        ceiling = Ceiling(0.005, 200, led_by_examples=led)
        ceiling.claim(1, "Your safety comes first: call now.", "en")
        assert reason(ceiling.over(reply("Your safety comes first: please call.", risk=True))) == wanted
        assert reason(ceiling.over(reply("Your safety comes first: please call."))) == "opening_ceiling"


def test_closings_are_counted_only_where_they_are_to_be() -> None:
    for counts, wanted in ((True, "closing_ceiling"), (False, "")):
        ceiling = Ceiling(0.005, 200, counts_closings=counts)
        ceiling.claim(1, "Opening one. Good luck with the boat!", "en")
        assert reason(ceiling.over(reply("Opening two. Good luck with the boat!"))) == wanted


@given(
    st.lists(st.tuples(st.integers(0, 30), st.sampled_from("abcdefgh"), st.booleans()), max_size=200),
    st.sampled_from([0.02, 0.1, 0.25]),
    st.sampled_from([1, 10, 40]),
)
def test_what_holds_a_place_never_goes_over(moves: list[tuple[int, str, bool]], share: float, after: int) -> None:
    ceiling = Ceiling(share, after)
    held: dict[int, str] = {}
    for key, letter, leaves in moves:
        text = f"{letter} opens this reply. {key} {letter} ends"
        if leaves:
            ceiling.release(key)
            held.pop(key, None)
            continue
        if key in held or ceiling.over(reply(text)) is not None:
            continue
        ceiling.claim(key, text, "en")
        held[key] = letter
        # Only a count that grew is judged: replies that leave make the share of the others larger.
        assert Counter(held.values())[letter] <= max(1, share * max(after, len(held)) + 1e-9)


@given(st.text(max_size=800), st.sampled_from(["en", "zh"]))
def test_any_text_can_be_counted_and_forgotten(text: str, language: str) -> None:
    ceiling = Ceiling(0.02, 200)
    ceiling.claim(1, text, language)
    ceiling.release(1)
    assert ceiling.over(reply(text, language)) is None
