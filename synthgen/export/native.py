"""Rows as synthgen writes them, read without looking for their shape: that would cost more than parsing them.

Everything here answers None for any other row, which is then read as rows of other makers are, with the same outcome.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeGuard

from synthgen.export.example import Example
from synthgen.formats.shapes import LANGUAGES
from synthgen.records import Turn

ROLES = frozenset({"system", "user", "assistant"})
KEYS = frozenset(
    "id topic language turns approach facets messages risk annotation scores source provenance".split()
)  # fmt: skip
BARE = frozenset({"role", "content"})
TURN_KEYS = BARE | {"labels", "observation", "reasoning"}
LABEL_KEYS = frozenset({"emotion", "strategy"})
TEXTS = frozenset({"theme", "psychotherapy", "topic", "stage", "background", "reasoning", "summary"})
GUIDE = "guide"
# What an annotator says beside its notes, and is no part of a session.
ASIDE = frozenset({"missing", "confidence"})

# The values that are noted of a session, and of its turns by their numbers from 1.
Noted = tuple[Mapping[str, Any], Mapping[int, Mapping[str, Any]]]


def native_example(row: Mapping[str, Any]) -> Example | None:
    """Return a native row as an example."""
    if not row.keys() <= KEYS:
        return None
    name, topic, language, messages = row.get("id"), row.get("topic"), row.get("language"), row.get("messages")
    if not (_is_word(name) and isinstance(topic, str) and _is_code(language) and isinstance(messages, list)):
        return None
    turns = []
    for message in messages:
        if type(message) is not dict or not message.keys() <= TURN_KEYS:
            return None
        role, content = message.get("role"), message.get("content")
        if role not in ROLES or type(content) is not str:
            return None
        turns.append(Turn(role, content))
    return Example(name, topic, language, tuple(turns), row) if turns else None


def native_notes(example: Example) -> Noted | None:
    """Return what is noted in the row of an example, if it is a native one; the system's turn has no number."""
    row = example.row
    if native_example(row) is None:
        return None
    said = row.get("annotation", {})
    if type(said) is not dict or not said.keys() <= TEXTS | {GUIDE} | ASIDE:
        return None
    session = {}
    for name, value in said.items():
        if name in ASIDE or value is None:
            continue
        if not (_is_list(value) if name == GUIDE else _is_word(value)):
            return None
        session[name] = value
    turns: dict[int, Mapping[str, Any]] = {}
    for message in row["messages"]:
        noted = _of_turn(message)
        if noted is None:
            return None
        if message["role"] != "system":
            turns[len(turns) + 1] = noted
    return session, turns


def _of_turn(message: Mapping[str, Any]) -> Mapping[str, Any] | None:
    if len(message) == len(BARE):
        return {}
    labels = message.get("labels", {})
    if type(labels) is not dict or not labels.keys() <= LABEL_KEYS or not all(map(_is_list, labels.values())):
        return None
    texts = {name: value for name in ("observation", "reasoning") if (value := message.get(name)) is not None}
    return {**labels, **texts} if all(map(_is_word, texts.values())) else None


def _is_word(value: Any) -> TypeGuard[str]:
    """Whether a value is a text that is taken as it stands: no list in disguise, nothing blank around it."""
    return type(value) is str and value != "" and value[0] not in "[{" and value == value.strip()


def _is_code(value: Any) -> TypeGuard[str]:
    """Whether a value is a language's code, and not the name that some call it by."""
    return _is_word(value) and value.lower() not in LANGUAGES


def _is_list(value: Any) -> bool:
    return type(value) is list and bool(value) and all(map(_is_word, value))
