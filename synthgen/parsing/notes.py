"""Notes on a conversation in what a model answers, each with the number of the turn that it stands under."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeAlias

from synthgen.parsing.entries import number_of
from synthgen.parsing.loose import Pairs, loose_values
from synthgen.parsing.slots import MAX_CHARS

MAX_NOTES = 1_000  # no window has as many turns

_TURN_KEYS = {"turn", "turn_number", "number", "no", "id", "index", "轮次", "轮", "编号", "序号", "对话轮次"}

Value: TypeAlias = str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RawNotes:
    """What was written under one turn's number, None where no number stands: values by their keys as written."""

    turn: int | None
    fields: Mapping[str, Value]


def parse_notes(text: str) -> tuple[RawNotes, ...]:
    """Return what an answer notes, in its order, whether sound or not. Never raises.

    Read is JSON whole, cut off, fenced, amid prose, with Python's words and quotes, and JSON with stray quotes. A
    turn's number is a key above its notes ("3", "turn 3", "第3轮") or stands among them ("turn": 3); the place in a
    list is no number. Objects within a turn's notes are part of them. A null is an empty tuple. What lies beyond
    `MAX_CHARS` characters or `MAX_NOTES` turns is left.
    """
    found = (notes for value in loose_values(text[:MAX_CHARS]) for notes in _in_value(value, None))
    return tuple(islice(found, MAX_NOTES))


def _in_value(value: Any, turn: int | None) -> Iterator[RawNotes]:
    if isinstance(value, Pairs):
        yield from _in_object(value, turn)
    elif isinstance(value, list):
        for item in value:
            yield from _in_value(item, turn)


def _in_object(found: Pairs, turn: int | None) -> Iterator[RawNotes]:
    """Yield the notes in an object; a number that stands again begins the next turn's, as if a brace stood there."""
    numbered = False
    fields: dict[str, Value] = {}
    inner: list[tuple[int | None, Any]] = []
    for key, value in found.pairs:
        if key.strip().casefold() in _TURN_KEYS and (number := number_of(value)) is not None:
            if numbered:
                yield from _joined(turn, fields, inner)
                fields, inner = {}, []
            turn, numbered = number, True
        elif (flat := _flat(value)) is not None:
            fields.setdefault(key, flat)
        else:
            inner.append((number_of(key), value))
    yield from _joined(turn, fields, inner)


def _joined(turn: int | None, fields: dict[str, Value], inner: list[tuple[int | None, Any]]) -> Iterator[RawNotes]:
    """Yield one turn's notes, with those of the objects within them, and then what stands under other numbers."""
    apart: list[RawNotes] = []
    for number, value in inner:
        for notes in _in_value(value, turn if number is None else number):
            if notes.turn == turn and isinstance(value, Pairs):
                for key, each in notes.fields.items():
                    fields.setdefault(key, each)
            else:
                apart.append(notes)
    if fields:
        yield RawNotes(turn, fields)
    yield from apart


def _flat(value: Any) -> Value | None:
    """Return a value as a text or as texts, None for one that holds objects; {"1": ..., "2": ...} is a list."""
    if isinstance(value, Pairs):
        is_list = value.pairs and all(
            number_of(key) is not None and not isinstance(each, Pairs | list) for key, each in value.pairs
        )
        return tuple(map(_text, dict(value.pairs).values())) if is_list else None
    if not isinstance(value, list):
        return () if value is None else _text(value)
    if any(isinstance(item, Pairs) for item in value):
        return None
    return tuple(_text(item) for item in value if item is not None and not isinstance(item, list))


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else "" if value is None else str(value)
