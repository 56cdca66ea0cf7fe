"""Rounds in what models answer: JSON of every condition, headings, or the word that there is nothing."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthgen.parsing import Round, Rounds, parse_rounds, rounds_schema

ROUND = Round("How do I sleep?", "Write it down first.", (3, 4))
WHOLE = json.dumps({"rounds": [{"turns": [3, 4], "question": ROUND.question, "answer": ROUND.answer}]})


@pytest.mark.parametrize(
    "text",
    [
        WHOLE,
        f"Here is the round:\n```json\n{WHOLE}\n```",
        f"<answer>{WHOLE}</answer> I hope it helps.",
        '{"question": "How do I sleep?", "answer": "Write it down first.", "turns": "3-4"}',
        '[{"Question": "How do I sleep?", "Answer": "Write it down first.", "turns": ["3", 4.0, 4]}]',
        "Question: How do I sleep?\nAnswer: Write it down first.\nTurns: 3, 4",
        "**Question 1:** How do I sleep?\n\n**Answer:** Write it down first.\n**Based on turns:** [3] and [4]",
        "问题：How do I sleep?\n回答：Write it down first.\n轮次：3至4",
    ],
)
def test_a_round_is_read(text: str) -> None:
    assert parse_rounds(text, 1) == Rounds((ROUND,), False)


def test_an_answer_that_is_cut_off_keeps_what_is_whole() -> None:
    second = WHOLE[:-2] + ', {"turns": [5], "question": "And my son?", "answer": "Ask him wh'
    assert parse_rounds(second, 2).rounds == (ROUND, Round("And my son?", "", (5,)))


@pytest.mark.parametrize("text", ['{"rounds": []}', '```json\n{ "rounds" : [ ] }\n```'])
def test_nothing_to_ask_about_is_no_failure(text: str) -> None:
    assert parse_rounds(text, 1) == Rounds((), True)


@pytest.mark.parametrize("text", ["", "I cannot do that.", "{", "[]", "null", '{"rounds": [[]]}', "Turns: 3"])
def test_what_holds_no_round_gives_none(text: str) -> None:
    assert parse_rounds(text, 1) == Rounds((), False)


def test_more_rounds_than_asked_for_are_left() -> None:
    assert len(parse_rounds(WHOLE * 5, 2).rounds) == 2


def test_the_schema_holds_turns_to_those_of_the_page() -> None:
    schema = rounds_schema([7, 8, 9], 2)
    each = schema["properties"]["rounds"]["items"]
    assert each["properties"]["turns"]["items"]["enum"] == [7, 8, 9]
    assert schema["properties"]["rounds"]["maxItems"] == 2
    assert next(iter(each["properties"])) == "turns"


@given(st.text())
def test_no_text_raises_and_each_gives_the_same_twice(text: str) -> None:
    assert parse_rounds(text, 3) == parse_rounds(text, 3)


@pytest.mark.parametrize(
    "text", ["question: " * 20_000, "answer:\nquestion:\n" * 10_000, '{"turns": [' * 20_000, "3-" * 90_000]
)
def test_the_worst_texts_are_read_in_a_moment(text: str) -> None:
    begun = time.process_time()
    parse_rounds(text, 3)
    assert time.process_time() - begun < 20  # a bound for a square, not a timing
