"""Which labels annotated rows have, and which follow which from turn to turn."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import chain, product
from typing import Any

from synthgen.annotation.labels import LabelSet
from synthgen.formats import psy_insight
from synthgen.formats.annotated import annotation_in
from synthgen.formats.note_places import ANNOTATION, LABELS, layout_of
from synthgen.measures.tally import Tally
from synthgen.records import Note, Notes, Role
from synthgen.rules.annotation import TOPICS
from synthgen.spec import Spec

# Labels that are told of a field; a longer word than this is none.
MOST_LABELS = 40
_MOST_CHARS = 38
_BETWEEN = "\x1f"

# What entries of a list have that are turns with labels, or turns of Psy-Insight.
_MARKS = frozenset({LABELS, psy_insight.SPEAKER})

Labels = tuple[str, ...]


class LabelCount:
    """Counts the labels of rows as they go by. Words that are no labels of the spec count as they are."""

    def __init__(self, spec: Spec) -> None:
        self._rules = spec.annotation
        self._sets = {name: LabelSet(spec.label_set(name), "en") for name in (TOPICS, *spec.labels)}
        self._order = [path for path, field in spec.annotation.fields() if field.labels]
        self._labels: defaultdict[str, Tally] = defaultdict(Tally)
        self._places: defaultdict[str, int] = defaultdict(int)
        self._next: defaultdict[tuple[str, str], Tally] = defaultdict(Tally)

    def add(self, row: Mapping[str, Any]) -> dict[int, Labels]:
        """Count a row; return the labels of its turns by their number from 1, the system's aside."""
        if not _may_be_labelled(row):
            return {}
        layout = layout_of(row)
        annotation, _ = annotation_in(row, self._rules, self._found)
        for name, note in annotation.session.items():
            self._count(f"session.{name}", note)
        turns = self._turns(layout.roles, annotation.turns)
        for number, fields in turns.items():
            # The other side's next turn, and this side's own.
            for later in (number + 1, number + 2):
                self._follow(fields, turns.get(later, {}))
        return {number: tuple(chain.from_iterable(fields.values())) for number, fields in turns.items()}

    def figures(self) -> dict[str, Any]:
        """Return how often each label of a field occurs and in how many places, and the transitions, as JSON has them.

        A transition is from a label to each of the next turn, the other side's, or of the next turn of its own side.
        """
        fields = {
            path: {"places": self._places[path], "labels": tally.counts(MOST_LABELS)}
            for path, tally in sorted(self._labels.items(), key=lambda entry: self._order.index(entry[0]))
        }
        transitions = [
            {
                "from": before,
                "to": after,
                "counts": [[*pair.split(_BETWEEN, 1), n] for pair, n in tally.counts().items()],
            }
            for (before, after), tally in self._next.items()
        ]
        return {"fields": fields, "transitions": transitions} if fields else {}

    def _turns(self, roles: Sequence[Role], notes: Mapping[int, Notes]) -> dict[int, dict[str, Labels]]:
        """Count the labels of the turns, and return them by field."""
        found: dict[int, dict[str, Labels]] = {}
        for number, role in enumerate(roles, 1):
            counted = {
                f"{role}.{name}": self._count(f"{role}.{name}", note) for name, note in notes.get(number, {}).items()
            }
            found[number] = {path: labels for path, labels in counted.items() if labels}
        return found

    def _count(self, path: str, note: Note) -> Labels:
        if path not in self._order or note.value is None:
            return ()
        values = (note.value,) if isinstance(note.value, str) else note.value
        labels = tuple(value[:_MOST_CHARS] for value in values)
        self._places[path] += 1
        for label in labels:
            self._labels[path].add(label)
        return labels

    def _follow(self, before: Mapping[str, Labels], after: Mapping[str, Labels]) -> None:
        for (one, labels), (other, next_labels) in product(before.items(), after.items()):
            for pair in product(labels, next_labels):
                self._next[one, other].add(_BETWEEN.join(pair))

    def _found(self, name: str, words: Sequence[str]) -> tuple[list[str], list[str]]:
        known, unknown = self._sets[name].found(words)
        return known + unknown, []


def _may_be_labelled(row: Mapping[str, Any]) -> bool:
    """Say whether a row could have labels, at a glance: most files have none, and looking closely takes a while."""
    if row.get(ANNOTATION):
        return True
    for value in row.values():
        if isinstance(value, list) and any(isinstance(each, Mapping) and not _MARKS.isdisjoint(each) for each in value):
            return True
        # Tables hold their lists as JSON.
        if isinstance(value, str) and value.startswith("[") and any(f'"{mark}"' in value for mark in _MARKS):
            return True
    return False
