"""Where notes on a conversation stand in a row: beside the session, beside its turns, or under `annotation`."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, TypeVar

from synthgen.formats import psy_insight
from synthgen.formats.shapes import CONTENTS, LISTS, PAIRS, SPEAKERS, dialogue_of
from synthgen.records import Role

T = TypeVar("T")

ANNOTATION = "annotation"
LABELS = "labels"
# Under `annotation`: why a field has no value, the confidence of others, and turns that have no object of their own.
MISSING = "missing"
CONFIDENCE = "confidence"
TURNS = "turns"
NUMBER = "turn"

_BETWEEN_WORDS = re.compile(r"[\s_-]+")


def _folded(key: str) -> str:
    return _BETWEEN_WORDS.sub(" ", key).casefold()


# The keys of a row, of what stands under `annotation` and of a turn that are never the places of a field.
_OF_ROW = ("system", "history", "id", psy_insight.ID, "language", "lang", ANNOTATION)
OF_ROW = frozenset(map(_folded, (*LISTS, *chain.from_iterable(PAIRS), *_OF_ROW)))
OF_ANNOTATION = frozenset({MISSING, CONFIDENCE, TURNS})
OF_TURN = frozenset(map(_folded, (*SPEAKERS, *CONTENTS, LABELS, NUMBER, "id", "participant", "name", "tool_calls")))


@dataclass(frozen=True, slots=True)
class Layout:
    """How a row holds its turns.

    `roles` are those of the dialogue's turns, number 1 first, the system's aside; `objects` gives the place in
    `entries`, the list under `key`, of every turn that has an object there. `is_session` says that its keys are those
    of Psy-Insight.
    """

    roles: tuple[Role, ...]
    key: str = ""
    entries: Sequence[Any] = ()
    objects: Mapping[int, int] = field(default_factory=dict)
    is_session: bool = False


def layout_of(row: Mapping[str, Any]) -> Layout:
    """Return how a row holds its turns. A row of no known shape has none."""
    roles = tuple(turn.role for turn in dialogue_of(row) or () if turn.role != "system")
    if not roles:
        return Layout(roles)
    keys = {key.lower(): key for key, value in row.items() if value is not None}
    for name in LISTS:
        if (key := keys.get(name)) is None or dialogue_of({name: row[key]}) is None:
            continue
        entries: Sequence[Any] = opened(row[key], list) or tuple(row[key])
        spoken = [at for at, entry in enumerate(entries) if _is_spoken(entry)]
        # Turns of a `history` go before those of the list.
        first = len(roles) - len(spoken) + 1
        objects = dict(enumerate(spoken, first))
        return Layout(roles, key, entries, objects, psy_insight.is_session(key, entries))
    return Layout(roles)


def place_name(number: int, name: str) -> str:
    """Return what a field is called under `missing` and `confidence`; number 0 is the session."""
    return f"turn {number} {name}" if number else name


def key_for(holder: Mapping[str, Any], name: str, taken: frozenset[str], in_session: bool) -> str:
    """Return the key that a field has, or is to have, in a mapping whose `taken` keys mean something else.

    Case and what parts words do not count. Of several keys the first counts that holds a value.
    """
    if _folded(name) in taken:
        names = [f"{name}_"]
    else:
        other = psy_insight.KEYS.get(name, name)
        names = [other, name] if in_session else [name, other]
    wanted = {*map(_folded, names)}
    standing = [key for key in holder if _folded(key) in wanted]
    return next((key for key in standing if not is_empty(holder[key])), standing[0] if standing else names[0])


def home(holder: Mapping[str, Any], key: str, kind: type) -> str:
    """Return the key under which a mapping, or a list, stands or may be put: another where something else is."""
    while not is_empty(holder.get(key)) and opened(holder[key], kind) is None:
        key = f"synthgen_{key}"
    return key


def mapping_in(holder: Mapping[str, Any], key: str) -> dict[str, Any]:
    """Return a copy of the mapping under a key, empty where there is none."""
    return dict(opened(holder.get(home(holder, key, dict)), dict) or {})


def list_in(holder: Mapping[str, Any], key: str) -> list[Any]:
    """Return a copy of the list under a key, empty where there is none."""
    return list(opened(holder.get(home(holder, key, list)), list) or [])


def numbered(entries: Sequence[Any]) -> dict[int, int]:
    """Return the place of each turn's object in a list of such as say their turn's number; of several the first."""
    numbers = [entry.get(NUMBER) if isinstance(entry, Mapping) else None for entry in entries]
    return {number: at for at, number in reversed([*enumerate(numbers)]) if isinstance(number, int)}


def opened(value: Any, kind: type[T]) -> T | None:
    """Return a value of a kind, also when it is written as a JSON text, as tables have it; None for any other."""
    if isinstance(value, str) and value.lstrip()[:1] in ("[", "{"):
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            return None
    return value if isinstance(value, kind) else None


def closed(value: Any, before: Any) -> Any:
    """Return a value as a JSON text where what it takes the place of was one."""
    return json.dumps(value, ensure_ascii=False, default=str) if isinstance(before, str) and before.strip() else value


def is_empty(value: Any) -> bool:
    """Say whether nothing is there: null, no number, a blank text, or a list of nothing else."""
    if isinstance(value, str):
        return not value.strip()
    if isinstance(value, list | tuple):
        return all(item is None or (isinstance(item, str) and not item.strip()) for item in value)
    return value is None or value != value or (isinstance(value, Mapping) and not value)


def _is_spoken(entry: Any) -> bool:
    """Say whether an entry is one of the dialogue's turns, neither the system's nor a tool's."""
    turns = dialogue_of({LISTS[0]: [entry]})
    return turns is not None and turns[0].role != "system"
