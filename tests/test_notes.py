"""Notes in what models answer: JSON of every condition, and each note under the number that stands with it."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthgen.parsing import RawNotes, parse_notes
from synthgen.parsing.loose import Pairs, loose_values

THIRD = {"look": 'Says "no", and it\'s loud.', "mood": ["Worry", "Calm"]}
FOURTH = {"reasoning": "She asks.", "act": "Question"}
READ = (
    RawNotes(3, {"look": 'Says "no", and it\'s loud.', "mood": ("Worry", "Calm")}),
    RawNotes(4, {"reasoning": "She asks.", "act": "Question"}),
)
WHOLE = {"3": THIRD, "4": FOURTH}
LISTED = [{"turn": 3, **THIRD}, {**FOURTH, "turn": "4"}]


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(WHOLE),
        json.dumps(WHOLE, indent=2),
        f"Sure! [1] Here you are:\n```json\n{json.dumps(WHOLE)}\n```\nI hope it {{helps}}.",
        repr(WHOLE),
        str({"turns": tuple(LISTED)}),
        json.dumps(LISTED),
        json.dumps({"notes": LISTED, "done": {}}),
        "\n".join(json.dumps(each) for each in LISTED),
        json.dumps({"turn_3": THIRD, "Turn 4 (adviser)": FOURTH}),
        json.dumps({"第3轮": THIRD, "第4轮": FOURTH}, ensure_ascii=False),
        json.dumps({"3": {"look": THIRD["look"], "labels": {"mood": THIRD["mood"]}}, "4": FOURTH}),
        json.dumps({"3": [THIRD], "4": FOURTH}),
        json.dumps(WHOLE)[:-1] + ', "5": {"look": "cut he',
        json.dumps(WHOLE)[:-1] + ', "5": {"mood": ["Worry", "Ca',
        '{"3": {"look": "Says "no", and it\'s loud.", "mood": ["Worry", "Calm"],},'
        ' "4": {reasoning: "She asks.", act: Question}}',
        '{"3": {"look": "Says \\"no\\", and it\'s loud."\n"mood": ["Worry", "Calm"]}\n"4": {"reasoning": "She asks."'
        ' "act": "Question"}}',
        '{“3”：{“look”：“Says \\"no\\", and it\'s loud.”，“mood”：[“Worry”，“Calm”]}，'
        "“4”：{“reasoning”：“She asks.”，“act”：“Question”}}",
        '{"turn": 3, "look": "Says \\"no\\", and it\'s loud.", "mood": ["Worry", "Calm"], "turn": 4,'
        ' "reasoning": "She asks.", "act": "Question"}',
    ],
)
def test_notes_are_read(text: str) -> None:
    assert parse_notes(text) == READ


def test_nulls_numbers_and_numbered_objects_are_values() -> None:
    text = '{"summary": None, "age": 34, "sure": True, "guide": {"step 1": "Ask.", "step 2": "Wait."},'
    text += ' "none": [null, 1.5]}'
    (notes,) = parse_notes(text)
    assert notes == RawNotes(
        None, {"summary": (), "age": "34", "sure": "true", "guide": ("Ask.", "Wait."), "none": ("1.5",)}
    )


def test_the_place_in_a_list_is_no_number() -> None:
    assert [notes.turn for notes in parse_notes(json.dumps([THIRD, FOURTH]))] == [None, None]


def test_a_key_that_stands_twice_has_its_first_value() -> None:
    assert parse_notes('{"3": {"a": "x", "a": "y", "more": {"a": "z", "b": "w"}}}') == (
        RawNotes(3, {"a": "x", "b": "w"}),
    )


@pytest.mark.parametrize(
    "text",
    ["", "I cannot do that.", "{", "}", "[", "{}", "[]", "null", "[[[[", '{"3": {}}', '{"3', "{x} [y] (z)", '{"a": "b'],
)
def test_what_holds_no_notes_gives_none(text: str) -> None:
    assert parse_notes(text) == ()


def plain(value: Any) -> Any:
    if isinstance(value, Pairs):
        return {key: plain(each) for key, each in value.pairs}
    return [plain(each) for each in value] if isinstance(value, list) else value


scalars = st.none() | st.booleans() | st.integers(-(10**14), 10**14) | st.text()
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4), max_leaves=20
)


@given(st.dictionaries(st.text(), values, max_size=4) | st.lists(values, max_size=4), st.booleans(), st.booleans())
def test_sound_json_is_read_as_a_strict_reader_does(value: Any, ascii_only: bool, indented: bool) -> None:
    text = json.dumps(value, ensure_ascii=ascii_only, indent=2 if indented else None)
    # With something before it, it is not read by a strict reader first.
    for written in (text, f"So be it {text}"):
        assert [plain(found) for found in loose_values(written)] == [json.loads(text)]


@given(st.text() | st.text(alphabet="{}[]()\"'“”:,，： \n\\3aT"))
def test_no_text_raises_and_each_gives_the_same_twice(text: str) -> None:
    assert parse_notes(text) == parse_notes(text)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 200_000,
        "{" * 200_000,
        '{"a":' * 40_000,
        '"' * 200_000,
        "{'" * 100_000,
        '{"3": "' + '"' * 190_000,
        '{"a": "' + '", ' * 60_000,
        "[" + "'," * 90_000,
        '{"1": {"turn": 1}}' * 10_000,
        "{" + " " * 199_000,
        "[" + "9" * 190_000 + "]",
        '{"a": "' + '" ,' * 60_000 + "}",
    ],
)
def test_the_worst_texts_are_read_in_a_moment(text: str) -> None:
    begun = time.process_time()
    parse_notes(text)
    assert time.process_time() - begun < 20  # a bound for a square, not a timing
