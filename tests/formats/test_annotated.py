"""Notes that other programs left in rows, in the shapes and with the quirks that they come in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from synthgen.annotation.labels import LabelSet
from synthgen.catalog import load_spec
from synthgen.formats.annotated import LeftOut, annotation_in
from synthgen.formats.note_values import listed_in, steps_in, texts_in
from synthgen.formats.shapes import dialogue_of
from synthgen.records import Annotation, Note

SPEC = load_spec("psy_insight")[0]
SETS = {name: LabelSet(SPEC.label_set(name), "en") for name in ("topics", *SPEC.labels)}
SESSIONS = json.loads((Path(__file__).parent / "psy_insight_sessions.json").read_text(encoding="utf-8"))

ASKED, ANSWERED = "I stood at his gate and could not ring.", "What held your hand back?"


def read(row: dict[str, Any]) -> tuple[Annotation, tuple[LeftOut, ...]]:
    return annotation_in(row, SPEC.annotation, lambda name, words: SETS[name].found(words))


def values(annotation: Annotation) -> tuple[dict[str, Any], dict[int, dict[str, Any]]]:
    session = {name: note.value for name, note in annotation.session.items()}
    return session, {at: {name: note.value for name, note in notes.items()} for at, notes in annotation.turns.items()}


def test_a_clean_session_is_read_whole() -> None:
    annotation, left = read(SESSIONS[0])
    session, turns = values(annotation)
    assert not left
    assert session == {
        **{key: SESSIONS[0][key] for key in ("theme", "psychotherapy", "topic", "stage", "background", "reasoning")},
        "guide": tuple(SESSIONS[0]["guide"]),
        "summary": SESSIONS[0]["summary"],
    }
    assert turns == {
        turn["id"]: {"emotion": tuple(turn["emotional label"]), "observation": turn["observation"]}
        if turn["speaker"] == "Seeker"
        else {"strategy": tuple(turn["strategy"]), "reasoning": turn["reasoning"]}
        for turn in SESSIONS[0]["dialog"]
    }


SESSION_VALUES = [
    (1, "psychotherapy", "Solution-Focused Brief Therapy"),
    (1, "topic", "Friend Problems"),
    (1, "guide", ("Let him tell the good days too.", "Ask who would notice.", "Close with one step.")),
    (2, "theme", "A job that went"),
    (2, "psychotherapy", "Reality Therapy"),
    (2, "topic", "Job Crisis"),
    (3, "psychotherapy", "Cognitive Behavioral Therapy"),
    (3, "topic", "Child-Parent Relationship Issues"),
    (3, "stage", "first session"),
    (3, "guide", ("先听母亲把早晨讲完", "再约定一件小事")),
    (4, "psychotherapy", "Solution-Focused Brief Therapy"),
    (4, "topic", "Sleep Problems"),
    (4, "guide", ("先问哪一晚睡得稍好", "再问那一晚有什么不同")),
    (5, "psychotherapy", "Unknown"),
]


@pytest.mark.parametrize(("at", "field", "value"), SESSION_VALUES)
def test_what_is_said_of_a_session_is_read_however_it_is_written(at: int, field: str, value: Any) -> None:
    assert read(SESSIONS[at])[0].session[field] == Note(value)


@pytest.mark.parametrize(
    ("at", "turns"),
    [
        (1, {
            1: {"strategy": ("Others",)},
            2: {"emotion": ("Sadness", "Anger")},
            4: {
                "strategy": ("Question", "Affirmation and Reassurance"),
                "reasoning": "None of the good days was told yet.",
            },
            5: {"observation": "He slows down."},
        }),
        (2, {
            1: {"emotion": ("Depression", "Anger"), "observation": "Flat voice."},
            2: {"strategy": ("Restatement or Paraphrasing",), "reasoning": "Her own picture is handed back to her."},
        }),
        (3, {
            1: {"emotion": ("Anxiety", "Anger")},
            2: {"strategy": ("Question",)},
            3: {"emotion": ("Guilty", "Sadness")},
            4: {"strategy": ("Reflection of Feelings",), "reasoning": "先接住情绪，再往下问。"},
        }),
        (4, {1: {"observation": "语速很慢\n一直看着地面"}, 2: {"strategy": ("Question",)}}),
        (5, {1: {"emotion": ("Sadness", "Others"), "observation": "7"}, 3: {"strategy": ("Question",)}}),
    ],
)  # fmt: skip
def test_what_is_said_of_turns_is_read_however_it_is_written(at: int, turns: dict[int, dict[str, Any]]) -> None:
    assert values(read(SESSIONS[at])[0])[1] == turns


@pytest.mark.parametrize(
    ("at", "left"),
    [
        (0, ()),
        (1, (LeftOut(5, "emotion", "Wistful"),)),
        (2, (LeftOut(2, "strategy", "Wink"),)),
        (4, (LeftOut(0, "topic", "Procrastination"),)),
        (5, (LeftOut(3, "strategy", "沉默"),)),
    ],
)
def test_words_that_are_no_label_are_left_out_and_told(at: int, left: tuple[LeftOut, ...]) -> None:
    assert read(SESSIONS[at])[1] == left


def test_a_long_word_that_is_no_label_is_told_shortly() -> None:
    (left,) = read({"question": ASKED, "annotation": {"stage": "z" * 1_000_000}})[1]
    assert left == LeftOut(0, "stage", "z" * 80)


def test_nothing_is_read_where_nothing_stands() -> None:
    session, turns = values(read(SESSIONS[1])[0])
    assert not {"theme", "stage", "background", "reasoning", "summary"} & {*session}
    assert 3 not in turns
    assert read({"text": ASKED}) == (Annotation({}, {}), ())


TURN_ROWS = {
    "native": {
        "messages": [
            {"role": "system", "content": "Be brief."},
            {"role": "user", "content": ASKED, "labels": {"emotion": ["Fear"]}, "observation": "Short."},
            {"role": "tool", "content": "4"},
            {"role": "assistant", "content": ANSWERED, "labels": {"strategy": ["Question"]}},
        ]
    },
    "labels beside the text": {
        "messages": [
            {"role": "user", "content": ASKED, "emotion": "Fear", "observation": "Short."},
            {"role": "assistant", "content": ANSWERED, "strategy": "Question"},
        ]
    },
    "ShareGPT, by the keys of Psy-Insight": {
        "conversations": [
            {"from": "human", "value": ASKED, "Emotional_Label": ["Fear"], "observation": "Short."},
            {"from": "gpt", "value": ANSWERED, "strategy": ["Question"]},
        ]
    },
    "a table": {
        "messages": json.dumps(
            [
                {"role": "user", "content": ASKED, "labels": {"emotion": ["Fear"]}, "observation": "Short."},
                {"role": "assistant", "content": ANSWERED, "labels": {"strategy": ["Question"]}},
            ]
        )
    },
    "a pair": {
        "question": ASKED,
        "answer": ANSWERED,
        "annotation": json.dumps(
            {
                "turns": [
                    {"turn": 2, "labels": {"strategy": ["Question"]}},
                    {"turn": 1, "labels": {"emotion": ["Fear"]}, "observation": "Short."},
                    {"turn": 1, "labels": {"emotion": ["Anger"]}},
                    "junk",
                ]
            }
        ),
    },
}


@pytest.mark.parametrize("row", TURN_ROWS.values(), ids=TURN_ROWS.keys())
def test_turns_are_numbered_without_the_systems_and_the_tools(row: dict[str, Any]) -> None:
    assert values(read(row)[0])[1] == {
        1: {"emotion": ("Fear",), "observation": "Short."},
        2: {"strategy": ("Question",)},
    }


def test_turns_of_a_history_go_before_those_of_the_list() -> None:
    row = {"history": [["Hello", "Come in."]], "messages": TURN_ROWS["native"]["messages"]}
    turns = dialogue_of(row) or ()
    assert [turn.content for turn in turns if turn.role != "system"] == ["Hello", "Come in.", ASKED, ANSWERED]
    assert {*values(read(row)[0])[1]} == {3, 4}


def test_nothing_is_read_beside_turns_of_which_some_cannot_be_read() -> None:
    row = {"history": "in May", "messages": TURN_ROWS["native"]["messages"]}
    assert dialogue_of(row) is None
    assert read(row)[0].turns == {}


def test_a_null_says_why_and_a_value_how_sure_it_is() -> None:
    messages = [
        {"role": "user", "content": ASKED, "labels": {"emotion": None}, "observation": None},
        {"role": "assistant", "content": ANSWERED, "labels": {"strategy": ["Question"]}},
    ]
    missing = {"turn 1 emotion": "unknown_label: Blue", "stage": "missing", "turn 2 strategy": "of no account"}
    said = {
        "stage": None,
        "topic": "Job Crisis",
        "missing": missing,
        "confidence": {"topic": 0.6, "turn 2 strategy": 1},
    }
    annotation, _ = read({"topic": "Sleep Problems", "messages": messages, "annotation": said})
    assert annotation == Annotation(
        {"topic": Note("Job Crisis", confidence=0.6), "stage": Note(None, "missing")},
        {
            1: {"emotion": Note(None, "unknown_label: Blue")},
            2: {"strategy": Note(("Question",), confidence=1)},
        },
    )


def test_what_a_row_is_on_counts_where_its_annotation_is_silent() -> None:
    assert read({"topic": "Sleep Problems", "question": ASKED})[0].session == {"topic": Note("Sleep Problems")}


@pytest.mark.parametrize(
    ("value", "texts"),
    [
        ("['Anxiety', 'Fear']", ["Anxiety", "Fear"]),
        ('["Anxiety", "Fear"]', ["Anxiety", "Fear"]),
        (r"""["it's", 'a "b"', 'c\'d\n' , ]""", ["it's", 'a "b"', "c'd\n"]),
        ("['Anxiety', 'Fear", ["['Anxiety', 'Fear"]),
        ("[sic] Fear", ["[sic] Fear"]),
        ("[]", []),
        (["a", ["b", {"c": "d"}], None, True, 3, float("nan"), " "], ["a", "b", "d", "3"]),
        ([[[["too deep"]]]], []),
    ],
)
def test_lists_are_read_however_they_are_written(value: Any, texts: list[str]) -> None:
    assert listed_in(value) == texts


@pytest.mark.parametrize(
    ("value", "steps"),
    [
        ("Listen first. Then ask.", ["Listen first. Then ask."]),
        ("1. Listen\n\n2) Ask\n第3步：约定\n- Part\n• Rest", ["Listen", "Ask", "约定", "Part", "Rest"]),
        ("3.5 hours of sleep\n2020. A year", ["3.5 hours of sleep", "2020. A year"]),
        ("Be in bed by 11. Then read.", ["Be in bed by 11. Then read."]),
        (["1. Listen", "Ask"], ["1. Listen", "Ask"]),
        ({"1": "Listen", "2": "Ask"}, ["Listen", "Ask"]),
        ("['Listen', 'Ask']", ["Listen", "Ask"]),
    ],
)
def test_steps_are_items_or_lines_without_their_numbers(value: Any, steps: list[str]) -> None:
    assert steps_in(value) == steps


MEGABYTE = 1_000_000


@pytest.mark.parametrize(
    "text",
    ["['" + "a" * MEGABYTE, "['" + "\\" * MEGABYTE, "['a'," * (MEGABYTE // 5), "[" * MEGABYTE, " " * MEGABYTE,
     "[" + " " * MEGABYTE + "x", "\n" * MEGABYTE, "1." * MEGABYTE, "[" + "'" * MEGABYTE, "\ud800" * MEGABYTE],
    ids=range(10),
)  # fmt: skip
def test_a_megabyte_is_read_at_once(text: str) -> None:
    assert isinstance(listed_in(text), list)
    assert isinstance(steps_in(text), list)
    assert texts_in(text) == ([text] if text.strip() else [])
