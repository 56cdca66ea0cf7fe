"""Sessions by the schema of Psy-Insight: which keys, in which order, of which types."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from export_trials import exported, native_row
from hypothesis import given
from hypothesis import strategies as st

from synthgen.export.annotation import with_annotation
from synthgen.export.dialogues import Manner
from synthgen.export.example import Example, example_of
from synthgen.export.native import native_example, native_notes
from synthgen.export.recipe import export
from synthgen.export.sessions import session_record
from synthgen.export.settings import ExportSettings
from synthgen.records import Annotation, Note
from synthgen.spec import read_spec

ROOT = Path(__file__).parents[2]
PUBLISHED_SHAPE = ROOT / "tests" / "formats" / "psy_insight_sessions.json"
RULES = read_spec(ROOT / "topic_specs" / "psy_insight.yaml").annotation

SESSION = ["dialog_id", "theme", "psychotherapy", "topic", "stage", "guide", "is_same_qa", "is_same_session",
           "background", "reasoning", "dialog", "summary"]  # fmt: skip
TURN = ["speaker", "participant", "content", "id"]
OF_TURN = {"Seeker": ["emotional label", "observation"], "Supporter": ["strategy", "reasoning"]}
NOTES = Annotation(
    session={
        "theme": Note("Nights without sleep"),
        "psychotherapy": Note("Gestalt Therapy"),
        "stage": Note(None, "nobody says"),
        "guide": Note(("Ask about the evenings.", "Plan a trial.")),
        "background": Note("A baker.\nTwo children."),
        "summary": Note("They agreed on a walk."),
    },
    turns={
        1: {"emotion": Note(("Fear", "Shame")), "observation": Note("Short sentences.")},
        2: {"strategy": Note(("Question",)), "reasoning": Note("The evening is not known yet.")},
    },
)


def assert_to_the_letter(session: dict[str, Any]) -> None:
    assert list(session) == SESSION
    for name in ("theme", "psychotherapy", "topic", "stage", "background", "reasoning", "summary"):
        assert session[name] is None or isinstance(session[name], str)
    assert isinstance(session["guide"], list)
    assert isinstance(session["is_same_qa"], bool)
    assert isinstance(session["is_same_session"], bool)
    for number, turn in enumerate(session["dialog"], 1):
        assert list(turn) == TURN + OF_TURN[turn["speaker"]]
        labels, told = (turn[name] for name in OF_TURN[turn["speaker"]])
        assert isinstance(labels, list)
        assert all(isinstance(label, str) for label in labels)
        assert told is None or isinstance(told, str)
        assert (turn["id"], bool(turn["participant"])) == (number, True)


def sessions(rows: list[dict[str, Any]], **settings: Any) -> list[dict[str, Any]]:
    exported(rows, "psy-insight", **settings)
    found: list[dict[str, Any]] = json.loads(Path("out/train.json").read_text(encoding="utf-8"))
    for session in found:
        assert_to_the_letter(session)
    return found


def test_notes_stand_where_the_schema_has_them() -> None:
    row = with_annotation(native_row(1, turns=4), NOTES, RULES)
    (session,) = sessions([row], roles={"user": "Mira"})
    assert session["psychotherapy"] == "Gestalt Therapy"
    assert session["topic"] == row["topic"]
    assert session["stage"] is None
    assert session["guide"] == ["Ask about the evenings.", "Plan a trial."]
    first, second, third, _ = session["dialog"]
    assert (first["participant"], second["participant"]) == ("Mira", "Supporter")
    assert (first["emotional label"], first["observation"]) == (["Fear", "Shame"], "Short sentences.")
    assert (second["strategy"], second["reasoning"]) == (["Question"], "The evening is not known yet.")
    assert (third["emotional label"], third["observation"]) == ([], None)


def test_the_approach_is_the_psychotherapy_where_nobody_noted_one() -> None:
    noted = with_annotation(native_row(1, approach="cbt"), NOTES, RULES)
    found = sessions([native_row(2, approach="cbt"), noted, native_row(3)])
    assert [session["psychotherapy"] for session in found] == ["cbt", "Gestalt Therapy", None]
    assert session_record(example(native_row(2, approach="cbt")), Manner(approaches={"cbt": "CBT by name"}))[
        "psychotherapy"
    ] == ("CBT by name")


def test_published_sessions_come_back_with_their_words() -> None:
    before = json.loads(PUBLISHED_SHAPE.read_text(encoding="utf-8"))
    export([PUBLISHED_SHAPE], ExportSettings("psy-insight"), Path("out"))
    after = json.loads(Path("out/train.json").read_text(encoding="utf-8"))
    assert len(after) == len(before)
    for session in after:
        assert_to_the_letter(session)
    assert after[0] == before[0]
    assert after[1]["topic"] == "Friend Problems"
    assert after[1]["guide"][0] == "Let him tell the good days too."
    assert after[1]["is_same_session"] is True


def example(row: dict[str, Any]) -> Example:
    found = example_of(row, 1)
    assert found is not None
    return found


WORDS = st.sampled_from(["Fear", "One thing\nand another", " blank around ", "", "[in brackets]", '["Fear"]', "none"])
VALUES = st.one_of(WORDS, st.none(), st.lists(WORDS, max_size=2), st.integers(), st.dictionaries(WORDS, WORDS))
MESSAGES = st.fixed_dictionaries(
    {"role": st.sampled_from(["user", "assistant", "system", "User", "human"]), "content": st.sampled_from(["a", ""])},
    optional={
        "labels": st.one_of(VALUES, st.fixed_dictionaries({}, optional={"emotion": VALUES, "strategy": VALUES})),
        "observation": VALUES,
        "reasoning": VALUES,
        "Emotion": VALUES,
    },
)
ROWS = st.fixed_dictionaries(
    {"messages": st.lists(MESSAGES, max_size=3)},
    optional={
        "id": st.sampled_from(["a-1", " a ", "", 7, None]),
        "topic": st.sampled_from(["Sleep", "", None, 3, "[odd]"]),
        "language": st.sampled_from(["en", "zh-CN", "English", " en", "", None]),
        "annotation": st.one_of(
            VALUES,
            st.fixed_dictionaries(
                {},
                optional=dict.fromkeys(("summary", "guide", "stage", "topic", "missing", "turns", "Theme"), VALUES),
            ),
        ),
        "summary": VALUES,
        "approach": VALUES,
        "history": st.just([["before", "and after"]]),
    },
)


@given(ROWS)
def test_native_rows_are_read_as_rows_of_any_shape_are(row: dict[str, Any]) -> None:
    by_shape, natively = example_of(row, 1), native_example(row)
    assert natively is None or natively == by_shape
    if by_shape is not None:
        session = session_record(by_shape, Manner())
        stranger = Example(by_shape.id, by_shape.topic, by_shape.language, by_shape.turns, {**row, "unknown": 1})
        assert native_notes(stranger) is None
        assert session == session_record(stranger, Manner())


@pytest.mark.parametrize("annotated", [False, True])
def test_rows_as_runs_write_them_are_native(annotated: bool) -> None:
    row = native_row(1, 4, approach="cbt", scores={"mean": 3}, risk=False, facets={"age": "adult"}) | {"turns": "4-6"}
    row = with_annotation(row, NOTES, RULES) if annotated else row
    found = native_example(row)
    assert found is not None
    assert native_notes(found) is not None
