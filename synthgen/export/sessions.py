"""Annotated dialogues as sessions of Psy-Insight, key by key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from synthgen.export.dialogues import Manner
from synthgen.export.example import Example
from synthgen.export.native import Noted, native_notes
from synthgen.formats.annotated import Rule, annotation_in
from synthgen.formats.note_places import Layout, is_empty, layout_of
from synthgen.formats.psy_insight import ID, KEYS, SPEAKER
from synthgen.records import Notes, Role

SPEAKERS: Mapping[Role, str] = {"user": "Seeker", "assistant": "Supporter"}
FLAGS = ("is_same_qa", "is_same_session")


@dataclass(frozen=True, slots=True)
class _Field:
    """A field of a session or of a turn, as `annotation_in` asks for it."""

    labels: str = ""
    several: bool = False
    steps: bool = False


@dataclass(frozen=True, slots=True)
class _Fields:
    """The fields of the schema, by where they stand."""

    session: Mapping[str, Rule] = field(default_factory=dict)
    user: Mapping[str, Rule] = field(default_factory=dict)
    assistant: Mapping[str, Rule] = field(default_factory=dict)


_ONE = _Field(labels="any")
_SEVERAL = _Field(labels="any", several=True)
FIELDS = _Fields(
    session={
        "theme": _Field(),
        "psychotherapy": _ONE,
        "topic": _ONE,
        "stage": _ONE,
        "guide": _Field(steps=True),
        "background": _Field(),
        "reasoning": _Field(),
        "summary": _Field(),
    },
    user={"emotion": _SEVERAL, "observation": _Field()},
    assistant={"strategy": _SEVERAL, "reasoning": _Field()},
)


def session_record(example: Example, manner: Manner) -> dict[str, Any]:
    """Return a dialogue as a session. What nobody noted is null, and for labels of a turn or a guide an empty list.

    An approach that the row was made by is its psychotherapy where no annotator named another.
    """
    row = example.row
    # In a native row nobody has a name.
    is_native = (noted := native_notes(example)) is not None
    session, of_turns = noted or _noted(row)
    layout = Layout(()) if is_native else layout_of(row)
    turns = [turn for turn in example.turns if turn.role != "system"]
    return {
        ID: row.get(ID) if not is_empty(row.get(ID)) else example.id,
        "theme": session.get("theme"),
        "psychotherapy": session.get("psychotherapy") or _school(row, manner),
        "topic": session.get("topic") or example.topic or None,
        "stage": session.get("stage"),
        "guide": session.get("guide", []),
        **{flag: _flag(row.get(flag)) for flag in FLAGS},
        "background": session.get("background"),
        "reasoning": session.get("reasoning"),
        "dialog": [
            {
                SPEAKER: SPEAKERS[turn.role],
                "participant": _participant(layout, number) or manner.name(turn.role, SPEAKERS),
                "content": turn.content,
                "id": number,
                **_of_turn(turn.role, of_turns.get(number, {})),
            }
            for number, turn in enumerate(turns, 1)
        ],
        "summary": session.get("summary"),
    }


def _of_turn(role: Role, noted: Mapping[str, Any]) -> dict[str, Any]:
    if role == "user":
        return {KEYS["emotion"]: noted.get("emotion", []), "observation": noted.get("observation")}
    return {"strategy": noted.get("strategy", []), "reasoning": noted.get("reasoning")}


def _noted(row: Mapping[str, Any]) -> Noted:
    """Return what is noted in a row of whatever shape."""
    annotation, _ = annotation_in(row, FIELDS, _as_they_are)
    return _values(annotation.session), {number: _values(notes) for number, notes in annotation.turns.items()}


def _values(notes: Notes) -> dict[str, Any]:
    return {
        name: list(note.value) if isinstance(note.value, tuple) else note.value
        for name, note in notes.items()
        if note.value is not None
    }


def _school(row: Mapping[str, Any], manner: Manner) -> str | None:
    """Return the name of the approach that a row was made by, if it was made by one."""
    approach = row.get("approach")
    return manner.approaches.get(approach, approach) or None if isinstance(approach, str) else None


def _participant(layout: Layout, number: int) -> str:
    """Return the name that a session has for who speaks a turn."""
    at = layout.objects.get(number)
    said = layout.entries[at].get("participant") if at is not None else None
    return said if isinstance(said, str) else ""


def _flag(said: Any) -> bool:
    """Return a flag that may be written as a text; a session that has none is not one of several."""
    return said.strip().lower() == "true" if isinstance(said, str) else bool(said)


def _as_they_are(labels: str, words: Sequence[str]) -> tuple[list[str], list[str]]:
    """Take every word for a label: which there are was for the annotator to say."""
    return list(words), []
