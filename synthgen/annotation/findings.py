"""Notes out of what a model answered: what is sound is kept, what is lacking is told by place and field."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from synthgen.annotation.fields import SESSION, Asked, Field
from synthgen.parsing import RawNotes, clean_message
from synthgen.parsing.notes import Value
from synthgen.records import Annotation, Note, Notes
from synthgen.text import bare

_STEP = re.compile(r"\A(?:(?:step |第)?\d{1,2}(?:[.)、．:：](?!\d)|步[:：，]?)|[-*]\s|•)\s*+", re.IGNORECASE)
_MOST_FOUND = 12
_MOST_FOUND_CHARS = 40


@dataclass(frozen=True, slots=True)
class Lack:
    """A field that an answer left without a sound value.

    `reason` is "no_turn" (nothing stands under the turn's number), "missing", "empty", "unknown_label" or "too_many";
    `found` are the words that show it, and `kept` the part of the value that is sound.
    """

    place: int
    field: Field
    reason: str
    found: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()

    @property
    def note(self) -> Note:
        """What stands in the field when nobody is asked again: what is sound of it, else nothing and why."""
        if self.kept:
            return Note(self.kept if _is_many(self.field) else self.kept[0])
        return Note(None, f"{self.reason}: {', '.join(self.found)}" if self.found else self.reason)


@dataclass(frozen=True, slots=True)
class Findings:
    """The sound notes of each place, by field, and what is lacking."""

    notes: Mapping[int, Notes]
    lacks: tuple[Lack, ...]

    def settled(self, asked: Asked) -> dict[int, Notes]:
        """Return a note for every field that was asked for, in the order of writing; one that is lacking says why."""
        lacking = {(lack.place, lack.field.name): lack.note for lack in self.lacks}
        return {
            place: {
                field.name: self.notes.get(place, {}).get(field.name)
                or lacking.get((place, field.name), Note(None, "no_answer"))
                for field in fields
            }
            for place, fields in asked.items()
        }


def notes_of(raw: Sequence[RawNotes], asked: Asked) -> Findings:
    """Return the notes of what was asked for.

    Of several notes with one turn's number those that lack least count, of these the first; the others fill what they
    lack. Any notes may be the session's. Those without a number are the only turn's where one alone is asked for, else
    nobody's.
    """
    notes: dict[int, Notes] = {}
    lacks: list[Lack] = []
    for place, fields in asked.items():
        written = [each.fields for each in raw if place == SESSION or place == each.turn]
        if not written and len(asked) == 1:
            written = [each.fields for each in raw if each.turn is None]
        judged = sorted((_judged(place, fields, each) for each in written), key=lambda each: len(each[1]))
        sound: dict[str, Note] = {}
        for each, _ in judged:
            sound = each | sound
        missed = judged[0][1] if judged else [Lack(place, field, "no_turn" if place else "missing") for field in fields]
        notes[place] = sound
        lacks += [lack for lack in missed if lack.field.name not in sound]
    return Findings(notes, tuple(lacks))


def annotation_of(parts: Iterable[Mapping[int, Notes]]) -> Annotation:
    """Return the settled notes of all windows of a conversation as one annotation."""
    places = {place: notes for part in parts for place, notes in part.items()}
    session = places.pop(SESSION, {})
    return Annotation(session, dict(sorted(places.items())))


def joined(before: Findings, again: Findings) -> Findings:
    """Return what is known after some places were asked for again.

    A place that came back whole takes the place of what there was, so that its labels and their reasons are of one
    answer. Of any other what is sound in either is kept, the earlier first.
    """
    lacking = {lack.place for lack in again.lacks}
    notes = dict(before.notes) | {
        place: {**fields, **before.notes.get(place, {})} if place in lacking else fields
        for place, fields in again.notes.items()
    }
    kept = {(lack.place, lack.field.name): lack for lack in before.lacks if lack.kept}
    lacks = [lack for lack in before.lacks if lack.place not in again.notes]
    lacks += [
        lack if lack.kept else kept.get((lack.place, lack.field.name), lack)
        for lack in again.lacks
        if lack.field.name not in notes[lack.place]
    ]
    return Findings(notes, tuple(lacks))


def _judged(place: int, fields: Sequence[Field], written: Mapping[str, Value]) -> tuple[dict[str, Note], list[Lack]]:
    by_key: dict[str, Value] = {}
    for key, value in written.items():
        by_key.setdefault(bare(key), value)
    notes: dict[str, Note] = {}
    lacks: list[Lack] = []
    for field in fields:
        key = bare(field.name) if bare(field.name) in by_key else bare(field.shown)
        found = _sound(place, field, by_key[key]) if key in by_key else Lack(place, field, "missing")
        if isinstance(found, Lack):
            lacks.append(found)
        else:
            notes[field.name] = found
    return notes, lacks


def _sound(place: int, field: Field, value: Value) -> Note | Lack:
    texts = (value,) if isinstance(value, str) else value
    if field.labels:
        known, unknown = field.labels.found(texts)
        fits = len(known) <= field.most
        if unknown:
            return Lack(place, field, "unknown_label", _evidence(unknown), tuple(known) if fits else ())
        if not fits:
            return Lack(place, field, "too_many", _evidence(known))
    elif field.steps:
        lines = [line for text in texts for line in text.splitlines()] if len(texts) == 1 else texts
        known = [step for line in lines if (step := _written(_STEP.sub("", line.strip())))]
        if len(known) > field.most:
            return Lack(place, field, "too_many", (str(len(known)),), tuple(known[: field.most]))
    else:
        known = [text] if (text := _written(" ".join(texts))) else []
    if not known:
        return Lack(place, field, "empty")
    return Note(tuple(known) if _is_many(field) else known[0])


def _is_many(field: Field) -> bool:
    return field.several or field.steps


def _written(text: str) -> str:
    """Return a text fit to be stored, "" for one without a letter or a digit, such as the dots of the form."""
    text = clean_message(text, ())
    return text if any(map(str.isalnum, text)) else ""


def _evidence(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(clean_message(word[:_MOST_FOUND_CHARS], ()) for word in words[:_MOST_FOUND])
