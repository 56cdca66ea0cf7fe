"""What a row says of where it comes from, and of whom it is about."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from synthgen.formats.note_places import opened
from synthgen.formats.records import own_id
from synthgen.formats.shapes import dialogue_of
from synthgen.hashing import content_hash

# Kinds of ties. Rows made from an `original` belong with it as well, where it is there.
TRANSCRIPT, ORIGINAL, ORIGIN, PERSONA = KINDS = ("transcript", "original", "origin", "persona")
# Keys of rows of other makes. Rows with one value belong together.
ORIGINS = (
    "transcript_id", "source_id", "original_id", "parent_id", "document_id", "conversation_id", "session_id",
)  # fmt: skip
PERSONS = ("persona", "persona_id", "profile", "client_id", "patient_id", "user_id")
NAME = "name"
# Under `source`: the name of the pair that a row was expanded from, by its text.
PAIR = "pair"
# So much of a message and of its answer tells a pair.
_TELLING_CHARS = 1_000
_AGES = ("age", "age group")

# A kind of tie, and what rows that are tied have in common.
Common = tuple[str, str]


def commons_of(row: Mapping[str, Any]) -> Iterator[Common]:
    """Yield what a row may have in common with others, by its own word."""
    source, run = _mapping(row, "source"), str(_mapping(row, "provenance").get("run") or "")
    if (transcript := source.get("transcript")) is not None:
        yield TRANSCRIPT, _plain([run, transcript])
    if (original := source.get("from")) is not None:
        yield ORIGINAL, _original(original, run)
    if isinstance(pair := source.get(PAIR), str):
        yield ORIGINAL, pair
    for key in ORIGINS:
        if _is_told(row.get(key)):
            yield ORIGIN, _plain([key, row[key]])
    for key in PERSONS:
        if _is_told(row.get(key)):
            yield PERSONA, _plain([key, row[key]])
    facets = _mapping(row, "facets")
    if facets.get(NAME) and any(facets.get(age) for age in _AGES):
        yield PERSONA, _plain(["facets", facets])


def own_names(row: Mapping[str, Any]) -> Iterator[str]:
    """Yield what rows that were made from this one would say that they are from.

    That is its id, and for one without an id, or with a mere number, which many files have, the name of its pair.
    """
    if own := own_id(row):
        yield _original(own, str(_mapping(row, "provenance").get("run") or ""))
    if not own or own.isdecimal():
        turns = [turn for turn in dialogue_of(row) or () if turn.role != "system"]
        if [turn.role for turn in turns[:2]] == ["user", "assistant"]:
            yield pair_name(turns[0].content, turns[1].content)


def pair_name(question: str, answer: str) -> str:
    """Return a name for a pair that its text alone gives, and that does not give its text."""
    said = "\x1f".join(text.strip()[:_TELLING_CHARS] for text in (question, answer))
    return content_hash(said.encode("utf-8", "surrogatepass"))


def facets_of(row: Mapping[str, Any]) -> dict[str, str]:
    """Return all that was dealt to a row: its cell and its facets; nothing where it has no facets."""
    facets = _mapping(row, "facets")
    if not facets:
        return {}
    cell = {f"/{key}": row[key] for key in ("topic", "language", "turns", "approach") if isinstance(row.get(key), str)}
    return cell | {str(facet): _plain(value) for facet, value in facets.items()}


def _original(name: Any, run: str) -> str:
    """Return an id as it counts in all runs, or a mere number as it counts in its own."""
    name = str(name).strip()
    return _plain([run if name.removeprefix("report ").isdecimal() else "", name])


def _mapping(row: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    return opened(row.get(key), dict) or {}


def _is_told(value: Any) -> bool:
    return value not in (None, "", [], {}) and value == value


def _plain(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
