"""The rows of an `annotate` run as they are written: as they were, with what is noted of them put in."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from synthgen.annotation.labels import LabelSet
from synthgen.engine.note_job import NoteJob
from synthgen.engine.note_source import turns_of
from synthgen.export.annotation import with_annotation
from synthgen.formats.annotated import Lookup, annotation_in
from synthgen.formats.records import own_id
from synthgen.records import UNDER_WAY, Annotation, Note, Row
from synthgen.report.notes import NoteCount
from synthgen.rules.annotation import TOPICS
from synthgen.steps.noting import Noting
from synthgen.store.ledger import Ledger
from synthgen.store.original_book import OriginalBook


def annotated_rows(
    job: NoteJob,
    ledger: Ledger,
    book: OriginalBook,
    step: Noting,
    counts: NoteCount,
    write: Callable[[str], object],
) -> Iterator[dict[str, Any]]:
    """Yield every row that is done with what is noted of it, count it, and write down what the annotators gave.

    Rows are read one by one. What they hold already is never changed; `write` gets a line of JSON for each.
    """
    lookup = _lookup(job)
    for record, number in book.made():
        row = ledger.row(number) if number else None
        if row is None or row.state in UNDER_WAY:
            continue
        annotations = row.annotations or _left(job, step, row)
        roles = {at: turn.role for at, turn in enumerate(turns_of(record), 1)}
        counts.add(roles, annotations, *(annotation_in(record, job.rules, lookup) if counts.gold else ()))
        named = own_id(record, row.slot.seat)
        told = {"id": row.id, "source": named, "annotations": [_plain(each) for each in annotations]}
        write(json.dumps(told, ensure_ascii=False) + "\n")
        yield with_annotation(record, annotations[0], job.rules)


def _lookup(job: NoteJob) -> Lookup:
    """Return what finds the labels that words stand for; names count in every language."""
    sets = {name: LabelSet(job.spec.label_set(name), "en") for name in (TOPICS, *job.spec.labels)}

    def found(name: str, words: Sequence[str]) -> tuple[list[str], list[str]]:
        return sets[name].found(words)

    return found


def _left(job: NoteJob, step: Noting, row: Row) -> tuple[Annotation, ...]:
    """Return the annotations of a row that was given up: what there is no value for says the reason of the drop."""
    why = row.drop.reason if row.drop else "missing"
    if row.messages:
        return step.given_up(row, why)
    return tuple(Annotation(dict.fromkeys(job.rules.session, Note(None, why)), {}) for _ in job.annotators)


def _plain(annotation: Annotation) -> dict[str, Any]:
    return {
        "session": {name: _told(note) for name, note in annotation.session.items()},
        "turns": {
            str(number): {name: _told(note) for name, note in notes.items()}
            for number, notes in annotation.turns.items()
        },
    }


def _told(note: Note) -> dict[str, Any]:
    told: dict[str, Any] = {"value": note.value}
    if note.why:
        told["why"] = note.why
    if note.confidence is not None:
        told["confidence"] = round(note.confidence, 4)
    return told
