"""Lessons: what was asked of a conversation, told by a template as an example to train on."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from synthgen.annotation.fields import PARTS, Field, fields_of
from synthgen.export.example import Example
from synthgen.formats.note_values import steps_in
from synthgen.prompts import Prompts
from synthgen.records import Turn
from synthgen.rules.parts import in_language
from synthgen.spec import Spec
from synthgen.tasks.asks import Ask, Value
from synthgen.tasks.talk import Talk
from synthgen.tasks.wordings import Wordings

FOLDER = "tasks"
# Where a row says what it was made of, and whether by a fake.
SOURCE = "source"


class Lessons:
    """Tells what is asked, in the templates' wordings, which go on being dealt from lesson to lesson."""

    def __init__(self, spec: Spec, prompts: Prompts, seed: int) -> None:
        self._spec, self._prompts = spec, prompts
        self._wordings = Wordings(seed)
        self._fields = cache(self._fields_in)

    def lesson(self, example: Example, talk: Talk, ask: Ask, language: str) -> Example:
        """Return the lesson that an ask makes of an example, in one of the languages of the templates.

        Its row says which `task` it is, which `dialogue` and `turn` it was made from, by which `wording`, and what
        the dialogue's row says of its `source`. Raises TemplateError.
        """
        task = ask.task
        step = f"{FOLDER}/{task.kind}/{task.name}"
        if not self._prompts.has(step, language, plain=False):
            step = f"{FOLDER}/{task.kind}"
        wording = self._wordings.deal(task.name, language, self._prompts.wordings(step, language))
        asked = self._prompts.part(step, language, wording, self._question(talk, ask, language))
        if task.kind == "next_turn":
            turns = (Turn("system", asked), *talk.heard(ask.number), talk.turns[ask.number - 1])
        else:
            answer = self._prompts.part(step, language, "answer", self._answer(talk, ask, language))
            turns = (Turn("user", asked), Turn("assistant", answer))
        row = {"task": task.name, "dialogue": example.id, "turn": ask.number or None, "wording": wording}
        row |= {SOURCE: example.row[SOURCE]} if SOURCE in example.row else {}
        place = f"-{ask.number}" if ask.number else ""
        return Example(f"{example.id}-{task.name}{place}", example.topic, example.language, turns, row)

    def _question(self, talk: Talk, ask: Ask, language: str) -> dict[str, Any]:
        """Return the variables of a wording: nothing among them is part of the answer."""
        kind = ask.task.kind
        variables: dict[str, Any] = {"roles": talk.speakers}
        if kind == "next_turn":
            return variables | {"description": in_language(self._spec.description, language, "")}
        fields = [_told(self._fields(language)[field]) for field, _ in ask.values]
        if kind == "reason":
            return variables | {"turns": talk.lines(ask.number - 1), "fields": fields}
        return variables | {"turns": talk.lines(ask.number), "is_session": not ask.number, "field": fields[0]}

    def _answer(self, talk: Talk, ask: Ask, language: str) -> dict[str, Any]:
        """Return the variables of an answer."""
        fields = self._fields(language)
        values = [(fields[field].shown, _named(fields[field], value)) for field, value in ask.values]
        if ask.task.kind == "reason":
            return {"notes": values, "reply": talk.turns[ask.number - 1].content}
        return {"value": values[0][1]}

    def _fields_in(self, language: str) -> Mapping[tuple[str, str], Field]:
        rules = self._spec.annotation
        return {
            (part, field.name): field
            for part in PARTS
            for field in fields_of(self._spec, getattr(rules, part), language, plain=False)
        }


def _told(field: Field) -> dict[str, Any]:
    """Return a field as templates see it."""
    labels = [label._asdict() for label in field.labels.shown.values()] if field.labels else []
    return {
        "name": field.shown,
        "about": field.about,
        "labels": labels,
        "several": field.several,
        "steps": field.steps,
    }


def _named(field: Field, value: Value) -> Value:
    """Return labels by their names in the field's language, in a list; steps without numbers; a text as it is."""
    if field.labels:
        labels = (value,) if isinstance(value, str) else value
        return tuple(field.labels.shown[label].name for label in labels)
    return value if isinstance(value, str) else tuple(" ".join(steps_in(step)) or step for step in value)
