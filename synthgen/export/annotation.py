"""Rows with what an annotator says of them put in, each at the places that its shape has for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from synthgen.formats.note_places import (
    ANNOTATION,
    CONFIDENCE,
    LABELS,
    MISSING,
    NUMBER,
    OF_ANNOTATION,
    OF_ROW,
    OF_TURN,
    TURNS,
    closed,
    home,
    is_empty,
    key_for,
    layout_of,
    list_in,
    mapping_in,
    numbered,
    opened,
    place_name,
)
from synthgen.records import Annotation, Note, Notes
from synthgen.rules.annotation import AnnotationRules, NoteField


def with_annotation(row: Mapping[str, Any], annotation: Annotation, rules: AnnotationRules) -> dict[str, Any]:
    """Return a copy of a row with the notes put in; `rules` tell which fields are labels.

    No turn's text and no value that is there is changed, unless it is null or empty. A null note is written as null,
    with its reason under `annotation.missing`. Where a turn has no object of its own, as in pairs of question and
    answer, its notes stand in the list `annotation.turns`. Notes on turns that the row does not have are left out.
    """
    layout, annotated = layout_of(row), dict(row)
    said = mapping_in(row, ANNOTATION)
    margin = _Margin(mapping_in(said, MISSING), mapping_in(said, CONFIDENCE))
    for name, note in annotation.session.items():
        holder, taken = (annotated, OF_ROW) if layout.is_session else (said, OF_ANNOTATION)
        margin.put(holder, key_for(holder, name, taken, layout.is_session), place_name(0, name), note)
    entries, apart = list(layout.entries), list_in(said, TURNS)
    places = numbered(apart)
    for number, role in enumerate(layout.roles, 1):
        if not (notes := annotation.turns.get(number)):
            continue
        fields = rules.user if role == "user" else rules.assistant
        if (at := layout.objects.get(number)) is not None:
            entries[at] = _noted(entries[at], number, notes, fields, margin, layout.is_session)
        elif (at := places.get(number)) is not None:
            apart[at] = _noted(apart[at], number, notes, fields, margin)
        else:
            apart.append(_noted({NUMBER: number}, number, notes, fields, margin))
    if any(number in layout.objects for number in annotation.turns):
        annotated[layout.key] = closed(entries, row[layout.key])
    _set(said, TURNS, apart)
    _set(said, MISSING, margin.missing)
    _set(said, CONFIDENCE, margin.confidence)
    _set(annotated, ANNOTATION, said)
    return annotated


@dataclass(frozen=True, slots=True)
class _Margin:
    """What is told of values beside them, by their places."""

    missing: dict[str, Any]
    confidence: dict[str, Any]

    def put(self, holder: dict[str, Any], key: str, place: str, note: Note) -> None:
        """Put a note's value under a key unless one is there, and say of it what there is to say."""
        if not is_empty(holder.get(key)):
            return
        holder[key] = list(note.value) if isinstance(note.value, tuple) else note.value
        # What a former annotator said of the place is about what it left there.
        self.missing.pop(place, None)
        self.confidence.pop(place, None)
        if note.value is None:
            self.missing[place] = note.why
        if note.confidence is not None:
            self.confidence[place] = note.confidence


def _noted(
    entry: Mapping[str, Any],
    number: int,
    notes: Notes,
    fields: Mapping[str, NoteField],
    margin: _Margin,
    in_session: bool = False,
) -> dict[str, Any]:
    """Return a copy of a turn's object with its notes; labels stand apart, save in a session of Psy-Insight."""
    noted, labels = dict(entry), mapping_in(entry, LABELS)
    for name, note in notes.items():
        holder, taken = noted, OF_TURN
        if name in fields and fields[name].labels and not in_session:
            holder, taken = labels, frozenset()
        margin.put(holder, key_for(holder, name, taken, in_session), place_name(number, name), note)
    _set(noted, LABELS, labels)
    return noted


def _set(holder: dict[str, Any], key: str, value: dict[str, Any] | list[Any]) -> None:
    """Put a mapping or a list back in its place where it has changed."""
    kind = type(value)
    key = home(holder, key, kind)
    if value != (opened(holder.get(key), kind) or kind()):
        holder[key] = closed(value, holder.get(key))
