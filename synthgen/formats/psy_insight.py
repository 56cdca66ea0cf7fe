"""Sessions of counseling as Psy-Insight has them: by which keys they are told, and how files hold them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from synthgen.formats.shapes import dialogue_of

# The list of turns, and who speaks in one. Other fields are called as they are, this one is not.
LISTS = ("dialog", "dialogue")
SPEAKER = "speaker"
KEYS: Mapping[str, str] = {"emotion": "emotional label"}
ID = "dialog_id"


def is_session(key: str, entries: Sequence[Any]) -> bool:
    """Say whether a list of turns under a key is one of a session."""
    return key.lower() in LISTS and any(isinstance(entry, Mapping) and SPEAKER in entry for entry in entries)


def sessions_in(content: Mapping[str, Any]) -> list[dict[str, Any]] | None:
    """Return the sessions of a JSON object that holds them by their ids, or in lists by the names of their parts.

    A session that does not say its id gets its key for one. None for an object that holds anything else, such as
    one that is itself a row.
    """
    sessions: list[dict[str, Any]] = []
    for key, value in content.items():
        if isinstance(value, Mapping):
            sessions.append({ID: key, **value})
        elif isinstance(value, list) and all(isinstance(each, Mapping) for each in value):
            sessions += map(dict, value)
        else:
            return None
    return sessions if sessions and all(map(dialogue_of, sessions)) else None
