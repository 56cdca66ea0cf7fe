"""What a row says of where it comes from, and of whom it is about."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from synthgen.formats.note_places import opened

# Kinds of ties. Rows made from an `original` belong with it as well, where it is there.
TRANSCRIPT, ORIGINAL, ORIGIN, PERSONA = KINDS = ("transcript", "original", "origin", "persona")
# Keys of rows of other makes. Rows with one value belong together.
ORIGINS = (
    "transcript_id", "source_id", "original_id", "parent_id", "document_id", "conversation_id", "session_id",
)  # fmt: skip
PERSONS = ("persona", "persona_id", "profile", "client_id", "patient_id", "user_id")
NAME = "name"
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
    for key in ORIGINS:
        if _is_told(row.get(key)):
            yield ORIGIN, _plain([key, row[key]])
    for key in PERSONS:
        if _is_told(row.get(key)):
            yield PERSONA, _plain([key, row[key]])
    facets = _mapping(row, "facets")
    if facets.get(NAME) and any(facets.get(age) for age in _AGES):
        yield PERSONA, _plain(["facets", facets])


def own_name(row: Mapping[str, Any]) -> str | None:
    """Return what rows that were made from this one would say that they are from; None where it has no id."""
    own = row.get("id")
    return None if own is None else _original(own, str(_mapping(row, "provenance").get("run") or ""))


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
