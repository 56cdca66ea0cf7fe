"""The notes that already stand in a row, whichever of the known shapes it has."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from synthgen.formats.note_places import (
    ANNOTATION,
    CONFIDENCE,
    LABELS,
    MISSING,
    OF_ANNOTATION,
    OF_ROW,
    OF_TURN,
    TURNS,
    is_empty,
    key_for,
    layout_of,
    list_in,
    mapping_in,
    numbered,
    place_name,
)
from synthgen.formats.note_values import listed_in, steps_in, texts_in
from synthgen.records import Annotation, Note

_MOST_WORD = 80

# The labels, by their names, that words stand for in a set, and the words that stand for none.
Lookup = Callable[[str, Sequence[str]], tuple[list[str], list[str]]]
# A mapping that notes stand in, and the keys of it that mean something else.
_Place = tuple[Mapping[str, Any], frozenset[str]]


class Rule(Protocol):
    """What a spec says of a field: the name of its label set or "", and whether it has several labels, or steps."""

    @property
    def labels(self) -> str: ...
    @property
    def several(self) -> bool: ...
    @property
    def steps(self) -> bool: ...


class Rules(Protocol):
    """The fields of a session, of the user's turns and of the assistant's."""

    @property
    def session(self) -> Mapping[str, Rule]: ...
    @property
    def user(self) -> Mapping[str, Rule]: ...
    @property
    def assistant(self) -> Mapping[str, Rule]: ...


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A word in a label's place that is no label of the set, or one more than the field may have.

    `place` is the turn's number from 1, or 0 for the session.
    """

    place: int
    field: str
    word: str


def annotation_in(row: Mapping[str, Any], rules: Rules, lookup: Lookup) -> tuple[Annotation, tuple[LeftOut, ...]]:
    """Return what is noted in a row by the fields of the rules, and the words that are left out of it.

    Turns count from 1 as `dialogue_of` yields them, the system's aside. A field that is null has a note only where
    `annotation.missing` says why. What a native row says of itself, such as its topic, counts where its annotation
    is silent.
    """
    layout, said = layout_of(row), mapping_in(row, ANNOTATION)
    reader = _Reader(mapping_in(said, MISSING), mapping_in(said, CONFIDENCE), lookup, [])
    beside: tuple[_Place, _Place] = ((row, OF_ROW), (said, OF_ANNOTATION))
    places = beside if layout.is_session else beside[::-1]
    session = dict(reader.notes(0, {name: (rule, places) for name, rule in rules.session.items()}, layout.is_session))
    apart = list_in(said, TURNS)
    objects = {number: apart[at] for number, at in numbered(apart).items()}
    objects |= {number: layout.entries[at] for number, at in layout.objects.items()}
    turns = {}
    for number, role in enumerate(layout.roles, 1):
        fields = rules.user if role == "user" else rules.assistant
        in_session = layout.is_session and number in layout.objects
        if notes := dict(reader.notes(number, _in_turn(objects.get(number, {}), fields, in_session), in_session)):
            turns[number] = notes
    return Annotation(session, turns), tuple(reader.left)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the values of fields where they stand; `left` grows by the words that are left out."""

    missing: Mapping[str, Any]
    confidence: Mapping[str, Any]
    lookup: Lookup
    left: list[LeftOut]

    def notes(
        self, number: int, fields: Mapping[str, tuple[Rule, Sequence[_Place]]], in_session: bool
    ) -> Iterator[tuple[str, Note]]:
        for name, (rule, places) in fields.items():
            where = place_name(number, name)
            why, confidence = self.missing.get(where), self.confidence.get(where)
            sure = confidence if isinstance(confidence, int | float) and not isinstance(confidence, bool) else None
            for holder, taken in places:
                key = key_for(holder, name, taken, in_session)
                if not is_empty(value := holder.get(key)):
                    if (read := self._value(number, name, rule, value)) is not None:
                        yield name, Note(read, confidence=sure)
                    break
                if key in holder and isinstance(why, str):
                    yield name, Note(None, why, sure)
                    break

    def _value(self, number: int, name: str, rule: Rule, value: Any) -> str | tuple[str, ...] | None:
        if rule.labels:
            known, unknown = self.lookup(rule.labels, listed_in(value))
            surplus = [] if rule.several else known[1:]
            self.left.extend(LeftOut(number, name, word[:_MOST_WORD]) for word in (*unknown, *surplus))
            if not known:
                return None
            return tuple(known) if rule.several else known[0]
        if rule.steps:
            return tuple(steps_in(value)) or None
        return "\n".join(texts_in(value)) or None


def _in_turn(
    entry: Mapping[str, Any], fields: Mapping[str, Rule], in_session: bool
) -> dict[str, tuple[Rule, Sequence[_Place]]]:
    """Return the fields of a turn with where their values may stand, the likeliest place first."""
    own: _Place = (entry, OF_TURN)
    labels: _Place = (mapping_in(entry, LABELS), frozenset())
    return {
        name: (rule, (labels, own) if rule.labels and not in_session else (own, labels))
        for name, rule in fields.items()
    }
