"""Windows: every turn in one focus, context around it, and long conversations told by their two ends."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthgen.annotation.windows import Window, shortened, whole, windows, words_shown
from synthgen.records import Turn
from synthgen.text import count_units


def talk(*sizes: int) -> list[Turn]:
    return [Turn("assistant" if at % 2 else "user", " ".join(["word"] * size)) for at, size in enumerate(sizes)]


@given(st.lists(st.integers(0, 300), max_size=60), st.integers(1, 12), st.integers(0, 8), st.integers(1, 500))
def test_every_turn_is_in_one_focus(sizes: list[int], most: int, context: int, words: int) -> None:
    found = windows(talk(*sizes), most, context, words)
    assert [number for window in found for number in window.focus] == list(range(1, len(sizes) + 1))
    for window in found:
        assert 1 <= len(window.focus) <= most
        assert len(window.focus) == 1 or sum(sizes[number - 1] for number in window.focus) <= words
        assert list(window.shown) == list(range(window.shown[0], window.shown[-1] + 1))
        assert set(window.focus) <= set(window.shown)
        assert window.focus[0] - window.shown[0] <= context
        assert window.shown[-1] - window.focus[-1] <= min(1, context)
        around = set(window.shown) - set(window.focus)
        shown = sum(min(sizes[number - 1], words_shown(window, number, words)) for number in around)
        assert shown <= words // 2


def test_windows_are_of_one_length() -> None:
    assert [len(window.focus) for window in windows(talk(*[5] * 21), 10, 2, 1000)] == [7, 7, 7]


def test_a_window_is_shown_with_what_is_around_it() -> None:
    assert windows(talk(*[5] * 9), 3, 2, 1000)[1] == Window((4, 5, 6), (2, 3, 4, 5, 6, 7))
    assert windows(talk(*[5] * 9), 3, 0, 1000)[1] == Window((4, 5, 6), (4, 5, 6))
    assert windows([], 3, 2, 1000) == []


def test_a_long_turn_stands_alone_and_takes_no_other_turns_place() -> None:
    found = windows(talk(10, 10, 900, 10, 10), 4, 1, 100)
    assert (3,) in [window.focus for window in found]
    assert found[-1].shown[0] == 3  # it is context as well, cut


@given(st.lists(st.integers(0, 200), min_size=1, max_size=80), st.integers(1, 2000))
def test_a_conversation_as_a_whole_shows_its_two_ends(sizes: list[int], words: int) -> None:
    window = whole(talk(*sizes), words)
    assert window.focus == ()
    assert {1, len(sizes)} <= set(window.shown)
    gaps = [after - before for before, after in zip(window.shown, window.shown[1:], strict=False) if after > before + 1]
    assert len(gaps) <= 1
    if sum(sizes) <= words // 8:
        assert not gaps
    shown = sum(min(sizes[number - 1], words // 4) for number in window.shown)
    assert shown <= words or len(window.shown) <= 2


def test_the_middle_of_a_long_conversation_is_left_out() -> None:
    assert whole(talk(*[10] * 100), 100).shown == (1, 2, 3, 4, 5, 96, 97, 98, 99, 100)


@pytest.mark.parametrize("text", ["word " * 500, "好" * 500, "好好 word " * 200])
def test_a_long_text_keeps_its_beginning_and_its_end(text: str) -> None:
    cut = shortened(f"Start {text} end.", 50)
    assert cut.startswith("Start")
    assert cut.endswith("end.")
    assert count_units(cut) <= 55
    assert "[…]" in cut


@given(st.text(), st.integers(1, 50))
def test_any_text_is_put_on_one_line(text: str, most: int) -> None:
    assert "\n" not in shortened(text, most)
    assert shortened("one\n\n[4] two", 9) == "one [4] two"
