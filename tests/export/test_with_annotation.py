"""What is put into a row comes out again, and what was there stays."""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from synthgen.annotation.labels import LabelSet
from synthgen.export.annotation import with_annotation
from synthgen.formats.annotated import annotation_in
from synthgen.formats.shapes import dialogue_of
from synthgen.records import Annotation, Note, Notes
from synthgen.rules.annotation import NoteField
from synthgen.spec import parse_spec

# Fields are called by what rows of other makers call other things, and labels hold what parts labels.
SPEC = parse_spec(
    """
name: desk
topics: [Delivery, Refund]
labels:
  emotion: [Calm, {name: "Cross, or worse", names: {zh: 生气}, synonyms: [Angry]}, {name: Glad, names: {zh: 高兴}}]
  move: [Ask, "Tell and Show", Unknown]
annotation:
  session:
    topic: {labels: topics}
    summary: {}
    steps: {steps: true}
    context: {}
    language: {}
    missing: {}
    turns: {labels: move, several: true}
  user:
    emotion: {labels: emotion, several: true}
    observation: {}
    content: {}
    turn: {}
  assistant:
    move: {labels: move}
    reasoning: {}
    labels: {}
    value: {labels: move, several: true}
""",
    "desk.yaml",
)
RULES = SPEC.annotation
SETS = {name: LabelSet(SPEC.label_set(name), "en") for name in ("topics", *SPEC.labels)}
SESSIONS = json.loads((Path(__file__).parents[1] / "formats" / "psy_insight_sessions.json").read_text(encoding="utf-8"))
SAID = ("Where is my parcel?", "Which number is on the slip?", "", "Thank you: it is in the yard.")


def turns_by(speaker: str, user: str, assistant: str, content: str) -> list[dict[str, Any]]:
    return [{speaker: (user, assistant)[at % 2], content: said} for at, said in enumerate(SAID)]


OPENAI = turns_by("role", "user", "assistant", "content")
SYSTEM = {"role": "system", "content": "Be brief."}
TOOL = {"role": "tool", "content": "{}"}
SHAPES: dict[str, dict[str, Any]] = {
    "native": {"id": "r-1", "topic": "Refund", "language": "en", "messages": OPENAI},
    "OpenAI": {"messages": [SYSTEM, *OPENAI[:2], TOOL, *OPENAI[2:]]},
    "OpenAI's parts": {"messages": [{"role": "user", "content": [{"type": "text", "text": SAID[0]}]}, *OPENAI[1:]]},
    "ShareGPT": {"conversations": turns_by("from", "human", "gpt", "value")},
    "Psy-Insight": {"dialog_id": 3, "Dialog": turns_by("speaker", "Seeker", "Supporter", "content"), "Steps": ""},
    "a table": {"messages": json.dumps(OPENAI), "annotation": ""},
    "other lists": {"dialogue": turns_by("role", "client", "therapist", "text")},
    "a pair": {"question": SAID[0], "answer": SAID[1]},
    "a pair of lists": {"prompt": [SYSTEM, *OPENAI[:3]], "completion": OPENAI[3:]},
    "a history": {"history": [[SAID[0], SAID[1]]], "conversations": turns_by("from", "human", "gpt", "value")[2:]},
    "a session with a history": {
        "history": [[SAID[0], SAID[1]]],
        "dialog": turns_by("speaker", "Seeker", "Supporter", "content")[2:],
    },
    "alpaca": {"instruction": SAID[0], "input": "", "output": SAID[1], "annotation": None},
    "keys that are taken": {
        "annotation": "checked by hand",
        "messages": [{**turn, "labels": ["x"]} for turn in OPENAI],
    },
}


def read(row: Mapping[str, Any]) -> Annotation:
    return annotation_in(row, RULES, lambda name, words: SETS[name].found(words))[0]


def roles_of(row: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(turn.role for turn in dialogue_of(row) or () if turn.role != "system")


TEXTS = st.text(min_size=1, max_size=8).filter(str.strip) | st.sampled_from(
    ["['a', 'b']", "[1]", "1. Ask", "生气", "\ud800"]
)
SURE = st.none() | st.floats(0, 1)


def notes_for(name: str, field: NoteField) -> st.SearchStrategy[Note]:
    values: st.SearchStrategy[Any] = TEXTS
    if field.labels:
        labels = st.sampled_from([label.name for label in SPEC.label_set(field.labels)])
        values = st.lists(labels, min_size=1, max_size=3, unique=True).map(tuple) if field.several else labels
    elif field.steps:
        values = st.lists(TEXTS, min_size=1, max_size=3).map(tuple)
    return st.builds(Note, values, st.just(""), SURE) | st.builds(
        Note, st.none(), st.sampled_from(["", "empty", "unknown_label: Blue"]), st.none()
    )


def notes_of(fields: Mapping[str, NoteField]) -> st.SearchStrategy[Notes]:
    return st.fixed_dictionaries({}, optional={name: notes_for(name, field) for name, field in fields.items()})


@cache
def annotations(roles: tuple[str, ...]) -> st.SearchStrategy[Annotation]:
    turns = {number: notes_of(getattr(RULES, role)).filter(bool) for number, role in enumerate(roles, 1)}
    return st.builds(Annotation, notes_of(RULES.session), st.fixed_dictionaries({}, optional=turns))


@pytest.mark.parametrize("shape", SHAPES)
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(choice=st.data())
def test_what_is_put_in_comes_out_again(shape: str, choice: st.DataObject) -> None:
    row = SHAPES[shape]
    annotation = choice.draw(annotations(roles_of(row)))
    annotated = json.loads(json.dumps(with_annotation(row, annotation, RULES)))
    found = read(annotated)
    # A native row's own topic counts where nothing is noted.
    own = {} if "topic" in annotation.session else {"topic": Note(row["topic"])} if "topic" in row else {}
    assert found == Annotation({**annotation.session, **own}, annotation.turns)
    assert_kept(row, annotated)
    assert dialogue_of(annotated) == dialogue_of(row)


def is_nothing(value: Any) -> bool:
    parts = value if isinstance(value, list | tuple) else [value]
    return all(
        part is None or part != part or part == {} or (isinstance(part, str) and not part.strip()) for part in parts
    )


def assert_kept(before: Any, after: Any) -> None:
    """Everything that was there is there still; what was null or empty may be anything."""
    if isinstance(before, str) and isinstance(after, str) and before != after and not is_nothing(before):
        before, after = json.loads(before), json.loads(after)
    if isinstance(before, Mapping):
        for key, value in before.items():
            assert key in after
            assert_kept(value, after[key])
    elif isinstance(before, list | tuple) and not is_nothing(before):
        assert len(after) >= len(before)
        for one, other in zip(before, after, strict=False):
            assert_kept(one, other)
    elif not is_nothing(before):
        assert before == after


KEYS = [
    "messages", "dialog", "conversations", "role", "from", "speaker", "content", "value", "labels", "emotion",
    "emotional label", "Emotion", "observation", "content_", "reasoning", "annotation", "synthgen_annotation", "turns",
    "turn", "missing", "confidence", "topic", "summary", "history", "system", "question", "answer", "steps", "move",
]  # fmt: skip
JUNK = st.recursive(
    st.none() | st.booleans() | st.integers(0, 5) | st.floats() | st.text(max_size=5)
    | st.sampled_from(["user", "gpt", "Calm", "[{", '{"a": 1}', '{"turns": [{"turn": 1}]}', "['Calm', 'Blue']"]),
    lambda below: st.lists(below, max_size=3) | st.dictionaries(st.sampled_from(KEYS), below, max_size=4),
    max_leaves=12,
)  # fmt: skip
MARKS = st.dictionaries(
    st.sampled_from(["labels", "emotion", "observation", "move", "reasoning", "content_"]), JUNK, max_size=3
)
ROWS = st.dictionaries(st.sampled_from(KEYS), JUNK, max_size=6)
TALKS = st.builds(
    lambda turns, more, key: {**more, key: turns},
    st.lists(
        st.builds(lambda turn, marks: {**marks, **turn}, st.sampled_from([*OPENAI, SYSTEM, TOOL]), MARKS), max_size=4
    )
    | st.lists(
        st.builds(lambda turn, marks: {**marks, **turn}, st.sampled_from(SHAPES["Psy-Insight"]["Dialog"]), MARKS),
        max_size=4,
    ),
    ROWS,
    st.sampled_from(["messages", "dialog"]),
)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(row=ROWS | TALKS, choice=st.data())
def test_no_row_crashes_it_and_nothing_that_was_there_is_changed(row: dict[str, Any], choice: st.DataObject) -> None:
    read(row)
    before = copy.deepcopy(row)
    annotation = choice.draw(annotations(roles_of(row)))
    annotated = with_annotation(row, annotation, RULES)
    assert repr(row) == repr(before), "the row that is given is not touched"
    assert repr(dialogue_of(annotated)) == repr(dialogue_of(row))
    assert_kept({key: value for key, value in row.items() if key != "annotation"}, annotated)
    assert repr(with_annotation(annotated, annotation, RULES)) == repr(annotated), "once is enough"
    read(annotated)


def test_a_native_row_has_labels_apart_and_says_why_what_is_missing() -> None:
    annotation = Annotation(
        {"topic": Note("Delivery", confidence=0.75), "summary": Note(None, "empty")},
        {
            1: {"emotion": Note(("Calm",), confidence=1.0), "observation": Note("Short.")},
            2: {"move": Note(None, "missing")},
        },
    )
    annotated = with_annotation(SHAPES["native"], annotation, RULES)
    assert annotated == {
        **SHAPES["native"],
        "messages": [
            {**OPENAI[0], "labels": {"emotion": ["Calm"]}, "observation": "Short."},
            {**OPENAI[1], "labels": {"move": None}},
            *OPENAI[2:],
        ],
        "annotation": {
            "topic": "Delivery",
            "summary": None,
            "missing": {"summary": "empty", "turn 2 move": "missing"},
            "confidence": {"topic": 0.75, "turn 1 emotion": 1.0},
        },
    }


def test_a_session_of_psy_insight_has_its_own_keys() -> None:
    annotation = Annotation({"topic": Note("Delivery")}, {1: {"emotion": Note(("Calm",))}, 2: {"move": Note("Ask")}})
    row = SHAPES["Psy-Insight"]
    first, second, *others = row["Dialog"]
    assert with_annotation(row, annotation, RULES) == {
        **row,
        "Dialog": [{**first, "emotional label": ["Calm"]}, {**second, "move": "Ask"}, *others],
        "topic": "Delivery",
    }


def test_gaps_of_a_session_are_filled_under_the_keys_that_it_has() -> None:
    row = {
        "Topic": "",
        "Summary": "Told before.",
        "dialog": [
            {"speaker": "Seeker", "content": SAID[0], "Emotional Label": [""], "observation": "Loud."},
            {"speaker": "Supporter", "content": SAID[1], "move": "Wink"},
        ],
    }
    annotation = Annotation(
        {"topic": Note("Refund"), "summary": Note("Told anew.", confidence=0.5)},
        {
            1: {"emotion": Note(("Glad",)), "observation": Note(None, "empty")},
            2: {"move": Note("Ask"), "reasoning": Note(None, "missing")},
        },
    )
    assert with_annotation(row, annotation, RULES) == {
        "Topic": "Refund",
        "Summary": "Told before.",
        "dialog": [
            {"speaker": "Seeker", "content": SAID[0], "Emotional Label": ["Glad"], "observation": "Loud."},
            {"speaker": "Supporter", "content": SAID[1], "move": "Wink", "reasoning": None},
        ],
        "annotation": {"missing": {"turn 2 reasoning": "missing"}},
    }


def test_turns_without_an_object_stand_under_the_annotation() -> None:
    annotation = Annotation({}, {1: {"emotion": Note(("Calm",))}, 2: {"move": Note("Ask"), "reasoning": Note("So.")}})
    assert with_annotation(SHAPES["a pair"], annotation, RULES) == {
        **SHAPES["a pair"],
        "annotation": {
            "turns": [
                {"turn": 1, "labels": {"emotion": ["Calm"]}},
                {"turn": 2, "labels": {"move": "Ask"}, "reasoning": "So."},
            ]
        },
    }


def test_a_gap_that_is_filled_later_is_no_longer_told() -> None:
    row = with_annotation(SHAPES["native"], Annotation({"summary": Note(None, "empty")}, {}), RULES)
    filled = with_annotation(row, Annotation({"summary": Note("A parcel.", confidence=0.9)}, {}), RULES)
    assert filled["annotation"] == {"summary": "A parcel.", "missing": {}, "confidence": {"summary": 0.9}}


def test_a_field_whose_name_means_something_else_in_a_row_gets_another_key() -> None:
    row = {"dialog": [{"speaker": "Seeker", "content": ""}]}
    annotation = Annotation({"context": Note("A shop.")}, {1: {"content": Note("About a parcel.")}})
    annotated = with_annotation(row, annotation, RULES)
    assert annotated == {
        "dialog": [{"speaker": "Seeker", "content": "", "content_": "About a parcel."}],
        "context_": "A shop.",
    }


def test_nothing_noted_is_nothing_written() -> None:
    assert SESSIONS
    for row in (*SHAPES.values(), *SESSIONS):
        assert with_annotation(row, Annotation({}, {}), RULES) == row


def test_a_megabyte_of_text_and_of_junk_is_no_trouble() -> None:
    junk = "['" + "\\" * 500_000 + "[{" * 250_000
    row = {
        "annotation": "{" + junk,
        "messages": [{"role": "user", "content": junk, "labels": junk, "emotion": junk, "observation": [junk] * 2}],
    }
    annotation = Annotation({"summary": Note(junk)}, {1: {"emotion": Note(("Calm",)), "content": Note(junk)}})
    annotated = with_annotation(row, annotation, RULES)
    assert_kept(row, annotated)
    assert read(annotated).turns[1]["emotion"] == Note(("Calm",))
