"""What came of an annotation in figures: what is filled and what is not, how annotators agree, how gold is met."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from statistics import fmean
from typing import Any

from synthgen.formats.annotated import LeftOut
from synthgen.records import Annotation, Note
from synthgen.spec import Spec
from synthgen.statistics.agreement import label_agreement, set_agreement
from synthgen.statistics.recognition import recognition

Labels = frozenset[str]
# Resamples for intervals; more move them by less than they are wide.
SAMPLES = 1000


class NoteCount:
    """Counts annotations as they go by; of labels it keeps the sets, which is little, and of texts nothing."""

    def __init__(self, spec: Spec, *, gold: bool) -> None:
        """With `gold` the labels that rows came with are compared with."""
        self._spec = spec
        self.gold = gold
        self._filled: Counter[str] = Counter()
        self._missing: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._labels: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._confidence: defaultdict[str, list[float]] = defaultdict(list)
        self._pairs: defaultdict[str, list[tuple[Labels | None, Labels | None]]] = defaultdict(list)
        # Of each item its conversation's number, the gold labels and those told.
        self._against: defaultdict[str, list[tuple[int, Labels, Labels | None]]] = defaultdict(list)
        self._left_out: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._conversations = 0

    def add(
        self,
        roles: Mapping[int, str],
        annotations: Sequence[Annotation],
        gold: Annotation | None = None,
        left_out: Iterable[LeftOut] = (),
    ) -> None:
        """Count what annotators say of one conversation; `roles` are those of its turns, by number.

        `gold` is what the conversation came with, and `left_out` the words in the places of labels that are not of it.
        """
        first = annotations[0]
        self._conversations += 1
        for path, place, note in _places(first, roles):
            self._count(path, note)
            name = path.partition(".")[2]
            if len(annotations) > 1:
                other = _note(annotations[1], place, name)
                self._pairs[path].append((_labels(note), _labels(other)))
        if gold is not None:
            for path, place, note in _places(gold, roles):
                if (meant := _labels(note)) is not None:
                    told = _labels(_note(first, place, path.partition(".")[2]))
                    self._against[path].append((self._conversations, meant, told))
        for word in left_out:
            self._left_out[f"{roles[word.place] if word.place else 'session'}.{word.field}"][word.word] += 1

    def figures(self) -> dict[str, Any]:
        """Return all figures by field, as JSON can hold them.

        Intervals of the comparison with gold are bootstrapped over conversations. `gold_left_out` counts the words in
        the places of gold labels that are not compared with: no labels of the spec, or more than the field may have.
        """
        fields = dict(self._spec.annotation.fields())
        found: dict[str, Any] = {"fields": {}}
        for path in fields:
            if not self._filled[path] and not self._missing[path]:
                continue
            figures: dict[str, Any] = {"filled": self._filled[path], "missing": dict(self._missing[path].most_common())}
            if fields[path].labels:
                figures["labels"] = dict(self._labels[path].most_common())
            if self._confidence[path]:
                figures["mean_confidence"] = round(fmean(self._confidence[path]), 4)
            found["fields"][path] = figures
        labelled = {path: field.labels for path, field in fields.items() if field.labels}
        if self._pairs:
            found["agreement"] = {
                path: self._agreement(path, name) for path, name in labelled.items() if self._pairs[path]
            }
        if self.gold:
            found["gold"] = {
                path: self._recognition(path, name) for path, name in labelled.items() if self._against[path]
            }
            found["gold_left_out"] = {path: dict(words.most_common()) for path, words in self._left_out.items()}
        return found

    def _count(self, path: str, note: Note) -> None:
        if note.value is None:
            self._missing[path][note.why.partition(":")[0]] += 1
            return
        self._filled[path] += 1
        if note.confidence is not None:
            self._confidence[path].append(note.confidence)
        if self._spec.annotation.field(path).labels:
            self._labels[path].update(_labels(note) or ())

    def _agreement(self, path: str, name: str) -> dict[str, Any]:
        ours, theirs = zip(*self._pairs[path], strict=True)
        labels = [label.name for label in self._spec.label_set(name)]
        by_label = label_agreement(ours, theirs, labels)
        return {
            "overall": asdict(set_agreement(ours, theirs)),
            "labels": {label: asdict(each) for label, each in by_label.items() if each.count_a or each.count_b},
        }

    def _recognition(self, path: str, name: str) -> dict[str, Any]:
        # Turns of one conversation are alike: what is drawn for the intervals is conversations, not turns.
        groups, gold, told = zip(*self._against[path], strict=True)
        labels = [label.name for label in self._spec.label_set(name)]
        found = recognition(gold, told, labels, groups=groups, samples=SAMPLES)
        figures = {"conversations": len(set(groups))} | asdict(found)
        figures["labels"] = {
            label: scores for label, scores in figures["labels"].items() if scores["support"] or scores["told"]
        }
        figures["confusion"] = [
            {"gold": meant, "told": said, "count": count}
            for (meant, said), count in sorted(found.confusion.items(), key=lambda entry: -entry[1])
            if count
        ]
        return figures


def _places(annotation: Annotation, roles: Mapping[int, str]) -> list[tuple[str, int, Note]]:
    """Return each note with the path of its field and its place: 0 for the session, else the turn's number."""
    found = [(f"session.{name}", 0, note) for name, note in annotation.session.items()]
    for number, notes in annotation.turns.items():
        found += [(f"{roles[number]}.{name}", number, note) for name, note in notes.items() if number in roles]
    return found


def _note(annotation: Annotation, place: int, name: str) -> Note | None:
    notes = annotation.turns.get(place, {}) if place else annotation.session
    return notes.get(name)


def _labels(note: Note | None) -> Labels | None:
    if note is None or note.value is None:
        return None
    return frozenset((note.value,) if isinstance(note.value, str) else note.value)
