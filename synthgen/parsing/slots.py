"""A batch of messages: what is asked of a model for it, and whose each message of the answer is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from synthgen.parsing.entries import JSON_START, broken_entries, json_entries
from synthgen.parsing.mending import Entry
from synthgen.parsing.numbered import numbered_entries
from synthgen.parsing.schema import object_schema

MAX_CHARS = 200_000
MAX_ENTRIES = 1_000  # no batch has more; each one that is not wanted becomes a dropped row


@dataclass(frozen=True, slots=True)
class Slotted:
    """Messages by slot number, and the texts that no wanted slot is known for."""

    messages: dict[int, str]
    unplaced: tuple[str, ...]


def slot_schema(wanted: Sequence[int]) -> dict[str, Any]:
    """Return the JSON schema of an answer that holds one message for each slot number."""
    message = object_schema({"slot": {"type": "integer", "enum": list(wanted)}, "message": {"type": "string"}})
    messages = {"type": "array", "items": message, "minItems": len(wanted), "maxItems": len(wanted)}
    return object_schema({"messages": messages})


def parse_slots(text: str, wanted: Sequence[int]) -> Slotted:
    """Return the messages of an answer by the slot numbers that stand with them, never by their place.

    Read are JSON (whole, cut off, broken, fenced, amid prose) and numbered text. A last message that JSON was
    cut off in is lost. A message without a number, with one that is not wanted or with one that stood before
    is unplaced, and so is an answer in which no message is found. Plain prose is the message of the only slot
    when one alone is wanted. Words around the structure are dropped; so is what lies
    beyond `MAX_CHARS` characters or `MAX_ENTRIES` messages.
    """
    text = text[:MAX_CHARS]
    if JSON_START.search(text):
        found = _placed(json_entries(text), wanted)
        if len(found.messages) < len(set(wanted)):
            found = max(found, _placed(broken_entries(text), wanted), key=lambda slotted: len(slotted.messages))
    else:
        found = _placed(numbered_entries(text), wanted)
    if found.messages or found.unplaced:
        return found
    prose = _storable(text).strip()
    if not prose:
        return found
    if len(set(wanted)) == 1 and "{" not in prose and prose[0] not in "[`":
        return Slotted({wanted[0]: prose}, ())
    return Slotted({}, (prose,))


def _placed(entries: Iterable[Entry], wanted: Sequence[int]) -> Slotted:
    messages: dict[int, str] = {}
    unplaced: list[str] = []
    for number, message in islice(entries, MAX_ENTRIES):
        if number is not None and number in wanted and number not in messages:
            messages[number] = _storable(message)
        else:
            unplaced.append(_storable(message))
    return Slotted(messages, tuple(unplaced))


def _storable(text: str) -> str:
    """Return a text without lone surrogates, which UTF-8 cannot hold."""
    return text if text.isascii() else text.encode("utf-8", "ignore").decode("utf-8")
