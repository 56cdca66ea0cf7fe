"""What a conversation can be asked: a task at a place, and the notes that answer it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from synthgen.records import Annotation
from synthgen.tasks.talk import Talk
from synthgen.tasks.task import Task

Value = str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ask:
    """A task at a turn, counted from 1, or at 0, the whole conversation. `values` are those of its fields, in order."""

    task: Task
    number: int
    values: tuple[tuple[tuple[str, str], Value], ...] = ()


def asks_of(task: Task, talk: Talk, annotation: Annotation) -> Iterator[Ask]:
    """Yield where a task can be asked. What is not noted, or noted as null, is not asked about."""
    for places in _places(task, talk):
        number = max(places.values())
        found = [((part, name), _value(annotation, places[part], name)) for part, name in task.fields]
        values = tuple((field, value) for field, value in found if value is not None)
        if values or not task.fields:
            yield Ask(task, number, values)


def _places(task: Task, talk: Talk) -> Iterator[dict[str, int]]:
    """Yield the numbers of the turns that a task is about together, by part."""
    if task.kind in ("next_turn", "reason"):
        yield from ({"user": user, "assistant": answer} for answer, user in talk.answers())
    elif task.fields[0][0] == "session":
        yield {"session": 0}
    else:
        for number, turn in enumerate(talk.turns, 1):
            if turn.role == task.fields[0][0] and turn.content.strip():
                yield {turn.role: number}


def _value(annotation: Annotation, number: int, name: str) -> Value | None:
    notes = annotation.turns.get(number, {}) if number else annotation.session
    return notes[name].value if name in notes else None
