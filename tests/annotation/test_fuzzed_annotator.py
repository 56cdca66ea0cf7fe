"""An annotator that answers in every wrong way: nothing crashes, no label is invented, what is sound is kept."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable
from typing import Any

import pytest
from annotation_trials import SPEC, fields
from hypothesis import given, settings
from hypothesis import strategies as st

from synthgen.annotation.fields import SESSION, Asked, Field
from synthgen.annotation.findings import joined, notes_of
from synthgen.parsing import parse_notes
from synthgen.records import Note
from synthgen.rules.annotation import Label

Notes = dict[str, dict[str, Any]]
ANSWERS = 5_000

LABELS = {name: {label.name: label for label in SPEC.label_set(name)} for name in ("mood", "act", "topics")}
SETS = {"mood": "mood", "act": "act", "topic": "topics"}
WRONG = ["bored", "Wory", "angry-ish", "none of these", "担", "", "?", "Worry!!", "CALM", "null", "平静的"]


def words_of(label: Label) -> list[str]:
    return [label.name, *label.names.values(), *label.synonyms]


def folded(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def sound_answer(draw: random.Random, numbers: list[int]) -> Notes:
    answer: Notes = {}
    for number in numbers:
        text, kind = ("look", "mood") if number % 2 else ("reasoning", "act")
        labels = draw.sample(list(LABELS[kind].values()), draw.randint(1, 2))
        answer[str(number)] = {
            text: f'In turn {number} it\'s "this", he said: {{so}} [it] goes.',
            kind: [draw.choice(words_of(label)) for label in labels],
        }
    return answer


def misspelt(draw: random.Random, answer: Notes) -> Notes:
    """Put a word that is no label into one turn's labels."""
    notes = answer[draw.choice(list(answer))]
    kind = [*notes][-1]
    if isinstance(notes[kind], list) and notes[kind]:
        notes[kind][draw.randrange(len(notes[kind]))] = draw.choice(WRONG)
    return answer


def as_text(draw: random.Random, answer: Notes) -> Notes:
    for notes in answer.values():
        for key, value in notes.items():
            if draw.random() < 0.5:
                notes[key] = draw.choice([", ", "、", "; ", " / "]).join(value) if isinstance(value, list) else [value]
    return answer


def many(draw: random.Random, answer: Notes) -> Notes:
    notes = answer[draw.choice(list(answer))]
    kind = [*notes][-1]
    notes[kind] = list(LABELS[SETS.get(kind, "mood")])
    return answer


def without_a_turn(draw: random.Random, answer: Notes) -> Notes:
    answer.pop(draw.choice(list(answer)))
    return answer or {"99": {"look": "x"}}


def with_more(draw: random.Random, answer: Notes) -> Notes:
    answer[draw.choice(["97", "summary", "note 98", "…"])] = {"mood": ["Worry"], "confidence": 0.9}
    notes = answer[draw.choice(list(answer))]
    notes[draw.choice(["why", "Mood ", "observation", "标签"])] = draw.choice([None, True, 3, ["x"], {"a": 1}])
    return answer


def in_other_keys(draw: random.Random, answer: Notes) -> Notes:
    prefix = draw.choice(["turn_", "Turn ", "#", "第"])
    return {
        f"{prefix}{number}": {draw.choice([key, key.upper(), f" {key}"]): value for key, value in notes.items()}
        for number, notes in answer.items()
    }


MUTATIONS: list[Callable[[random.Random, Notes], Notes]] = [
    misspelt,
    as_text,
    many,
    without_a_turn,
    with_more,
    in_other_keys,
]


def written(draw: random.Random, answer: Notes) -> str:
    match draw.randrange(6):
        case 0:
            text = repr(answer).replace("None", draw.choice(["None", "null"]))
        case 1:
            text = repr([{"turn": draw.choice([number, f"[{number}]"]), **each} for number, each in answer.items()])
        case 2:
            text = json.dumps({"turns": [{**each, "turn": number} for number, each in answer.items()]})
        case 3:
            text = json.dumps(answer, ensure_ascii=False, indent=2)
        case 4:
            text = json.dumps(answer, ensure_ascii=False).replace('\\"', '"')
        case _:
            text = json.dumps(answer)
    match draw.randrange(5):
        case 0:
            text = f"Here are the notes on [1], as asked:\n```json\n{text}\n```\nLet me know {{if}} that's all."
        case 1:
            text = text[: draw.randrange(len(text) + 1)]
        case 2:
            at = draw.randrange(len(text) + 1)
            text = text[:at] + draw.choice(['"', "'", "}", "]", ",", "\n", "\\", "{", "\ud800"]) + text[at:]
    return text


def assert_nothing_is_invented(text: str, asked: Asked) -> None:
    """Assert that every asked field has a sound value, or nothing and why, and that each label stood in the answer."""
    stood = folded(re.sub(r"\\u([0-9a-f]{4})", lambda escape: chr(int(escape[1], 16)), text))
    settled = notes_of(parse_notes(text), asked).settled(asked)
    assert {place: set(notes) for place, notes in settled.items()} == {
        place: {field.name for field in each} for place, each in asked.items()
    }
    for place, each in asked.items():
        for field in each:
            assert_sound(field, settled[place][field.name], stood)


def assert_sound(field: Field, note: Note, stood: str) -> None:
    if note.value is None:
        assert note.why
        return
    assert not note.why
    values = [note.value] if isinstance(note.value, str) else list(note.value)
    assert 1 <= len(values) <= field.most
    assert all(value.strip() and value.encode() for value in values)
    assert isinstance(note.value, tuple) == (field.several or field.steps)
    if field.labels:
        known = LABELS[SETS[field.name]]
        assert len(set(values)) == len(values)
        for value in values:
            assert any(folded(word) in stood for word in words_of(known[value]))


@pytest.mark.parametrize("part", range(10))
def test_no_answer_crashes_or_makes_a_label(part: int) -> None:
    for trial in range(part, ANSWERS, 10):
        draw = random.Random(trial)
        numbers = sorted(draw.sample(range(1, 40), draw.randint(1, 6)))
        asked: Asked = {number: fields("user" if number % 2 else "assistant") for number in numbers}
        answer = sound_answer(draw, numbers)
        for mutation in draw.sample(MUTATIONS, draw.randint(0, 3)):
            answer = mutation(draw, answer)
        assert_nothing_is_invented(written(draw, answer), asked)


@pytest.mark.parametrize("part", range(4))
def test_what_is_sound_is_kept_beside_what_is_not(part: int) -> None:
    """One turn is broken in one way; the others are kept to the letter, whatever stands around the answer."""
    for trial in range(part, 600, 4):
        draw = random.Random(trial)
        numbers = sorted(draw.sample(range(1, 40), draw.randint(2, 6)))
        asked: Asked = {number: fields("user" if number % 2 else "assistant") for number in numbers}
        answer = sound_answer(draw, numbers)
        whole = notes_of(parse_notes(json.dumps(answer)), asked)
        assert not whole.lacks
        broken = draw.choice(numbers)
        answer[str(broken)] = draw.choice(
            [{}, {"look": None}, {"mood": ["bored"], "act": ["bored"]}, {"x": 1}, {"mood": 3, "act": {"a": []}}]
        )
        text = draw.choice([json.dumps, repr, lambda each: f"Well:\n```\n{json.dumps(each, indent=1)}\n```\nDone."])(
            answer
        )
        found = notes_of(parse_notes(text), asked)
        assert {lack.place for lack in found.lacks} == {broken}
        for number in numbers:
            if number != broken:
                assert found.notes[number] == whole.notes[number]
        again = notes_of(parse_notes(json.dumps(sound_answer(random.Random(trial), numbers))), {broken: asked[broken]})
        assert joined(found, again).lacks == ()


@pytest.mark.parametrize("trial", range(40))
def test_what_stands_before_the_cut_is_kept(trial: int) -> None:
    draw = random.Random(trial)
    numbers = list(range(1, 9))
    asked: Asked = {number: fields("user" if number % 2 else "assistant") for number in numbers}
    answer = sound_answer(draw, numbers)
    text = json.dumps(answer, ensure_ascii=False)
    whole = notes_of(parse_notes(text), asked).notes
    cut = draw.randrange(len(text))
    found = notes_of(parse_notes(text[:cut]), asked)
    ends = [text.index(f'"{number + 1}": {{') - 2 for number in numbers[:-1]]
    before = [number for number, end in zip(numbers, ends, strict=False) if end <= cut]
    assert [number for number in before if found.notes[number] != whole[number]] == []
    assert all(notes[name] == whole[number][name] for number, notes in found.notes.items() for name in notes)


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text()
    | st.sampled_from(["Worry", "calm, 担心", "Question", "维修"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["1", "2", "turn", "look", "mood", "act", "reasoning", "心情", "topic", "guide", "x"]),
            inner,
        )
    ),
    max_leaves=25,
)


@settings(max_examples=500)
@given(json_values, st.booleans(), st.integers(0, 400))
def test_any_json_is_taken(value: Any, as_python: bool, cut: int) -> None:
    whole = repr(value) if as_python else json.dumps(value, ensure_ascii=False)
    for text in (whole, whole[:cut]):
        assert_nothing_is_invented(text, {1: fields("user"), 2: fields("assistant")})
        assert_nothing_is_invented(text, {SESSION: fields("session")})
