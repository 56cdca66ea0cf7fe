"""Runs of words that two texts share."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthgen.dedup.ngrams import Runs, as_text, ngrams, words_in

QUESTION = "My sister hasn't called since the wedding, and each week I find it harder to pick up the phone myself."
QUESTION_ZH = "婚礼以后妹妹一直没有给我打电话，而我自己也一周比一周更难拿起电话，我该怎么办？"
THIRTEEN = "hasn't called since the wedding and each week i find it harder to"


def found(text: str, among: str, words: int = 13) -> str | None:
    runs = Runs(words)
    runs.add(5, among)
    shared = runs.find(text)
    assert shared is None or shared[0] == 5
    return shared and as_text(shared[1])


def test_thirteen_words_in_a_row_are_found_wherever_they_stand() -> None:
    assert len(THIRTEEN.split()) == 13
    assert (
        found("He wrote: HASN’T called — since the wedding (and each week) I find it\nharder to; then left.", QUESTION)
        == THIRTEEN
    )
    assert found(f"So {THIRTEEN.rpartition(' ')[0]} go", QUESTION) is None
    assert found(f"So {THIRTEEN.partition(' ')[2]} go", QUESTION) is None


def test_twenty_characters_in_a_row_are_found() -> None:
    twenty = "妹妹一直没有给我打电话而我自己也一周比一"
    assert len(twenty) == 20
    assert found(f"她写道：{twenty}天难。", QUESTION_ZH) == twenty
    assert found(f"她写道：{twenty[1:]}天难。", QUESTION_ZH) is None


def test_a_passage_is_found_in_a_text_of_another_script() -> None:
    assert found(f"她写道：{QUESTION} 就这样。", QUESTION) is not None
    assert found(QUESTION, f"她写道：{QUESTION} 就这样。") is not None
    assert found(f"In her words: {QUESTION_ZH}", QUESTION_ZH) is not None
    mixed = "我用 App 记录睡眠 3 个月了，每天晚上还是 4 点醒来。"
    assert found(f"医生好，{mixed}谢谢您", mixed) is not None


def test_the_first_text_that_has_a_run_is_named() -> None:
    runs = Runs(3)
    runs.add(1, "one two three four")
    runs.add(2, "two three four five")
    assert runs.find("zero two three four") == (1, ("two", "three", "four"))
    assert runs.find("three four five") == (2, ("three", "four", "five"))


def test_a_text_shorter_than_a_run_is_one_by_itself_unless_it_says_too_little() -> None:
    twelve = " ".join(THIRTEEN.split()[:12])
    assert found(f"So {twelve}, he wrote.", twelve) == twelve
    assert found("So since the wedding and each week, he wrote.", "since the wedding and each week") is None


def test_words_are_counted_as_runs_measure_them() -> None:
    assert [words_in(text) for text in ("", "one two", "好" * 20, "one 好好好好")] == [0, 2, 13, 3]


@pytest.mark.parametrize("text", ["", "Help!", "好", "\ud800", "？！", "one two"])
def test_a_short_text_has_no_run(text: str) -> None:
    assert list(ngrams(text, 3)) == []


@given(
    st.lists(st.sampled_from(["sea", "wind", "don't", "4", "好", "天", "か"])), st.integers(0, 30), st.integers(0, 30)
)
def test_every_piece_that_is_long_enough_is_found(words: list[str], start: int, length: int) -> None:
    piece = " ".join(words[start : start + length])
    runs = list(ngrams(piece, 3))
    assert set(runs) <= set(ngrams(" ".join(words), 3))
    weight = sum(13 if word in "好天か" else 20 for word in piece.split())
    assert bool(runs) == (weight >= 60)
