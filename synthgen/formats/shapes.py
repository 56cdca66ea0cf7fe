"""The dialogue in a row, whichever of the field's shapes the row has."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from itertools import takewhile
from typing import Any

from synthgen.formats.instruction import gives_part
from synthgen.languages.telling import language_among
from synthgen.records import Role, Turn

# The keys of a list of turns, and within a turn those of who speaks and of what is said.
LISTS = ("messages", "conversations", "conversation", "dialog", "dialogue")
SPEAKERS = ("role", "from", "speaker")
CONTENTS = ("content", "value", "text")
ROLES: Mapping[str, Role] = {
    **dict.fromkeys(("user", "human", "client", "seeker", "patient", "customer", "prompter"), "user"),
    **dict.fromkeys(("assistant", "gpt", "chatgpt", "bot", "model", "agent"), "assistant"),
    **dict.fromkeys(("supporter", "counselor", "counsellor", "therapist"), "assistant"),
    **dict.fromkeys(("system", "developer"), "system"),
}
# What calls a tool, or answers for one, is no part of the talk.
SILENT = frozenset({"tool", "function", "function_call", "observation", "tool_call", "tool_response"})

# The keys of a message and of its answer, the likeliest first. Either side may be a list of turns.
PAIRS = (
    ("query", "reply"),
    ("question", "answer"),
    ("prompt", "completion"),
    ("prompt", "response"),
    ("query", "response"),
    ("instruction", "output"),
    ("instruction", "response"),
    ("input", "output"),
    ("context", "response"),
    ("questiontext", "answertext"),
)
LANGUAGES = {"english": "en", "chinese": "zh", "mandarin": "zh", "中文": "zh", "英文": "en"}

Turns = tuple[Turn, ...]


def dialogue_of(row: Mapping[str, Any]) -> Turns | None:
    """Return the turns of a row, or None for a row of no known shape.

    Known are lists of turns (role and content, from and value, speaker and content), pairs such as question and
    answer, and alpaca's instruction, input and output, with `system` and `history`. A message may lack its answer.
    What is blank counts as not there. A `history` that cannot be read makes the shape an unknown one.
    """
    keys = {key.lower(): value for key, value in row.items() if _is_there(value)}
    before = _history(keys.get("history"))
    turns = _own_turns(keys)
    return _put_together(keys.get("system"), before, turns) if turns and before is not None else None


def language_of(row: Mapping[str, Any], turns: Sequence[Turn], languages: Collection[str] = ()) -> str:
    """Return the language that a row says it has, else the one among `languages` that its turns are in.

    Turns that are in none of them, or where there are none, are told by their script.
    """
    return said_language(row) or language_among(languages, "\n".join(turn.content for turn in turns))


def said_language(row: Mapping[str, Any]) -> str:
    """Return the language that a row says it has, "" where it says none."""
    said = (row[key].strip() for key in ("language", "lang") if isinstance(row.get(key), str))
    named = next(filter(None, said), "")
    return LANGUAGES.get(named.lower(), named)


def _is_there(value: Any) -> bool:
    """Say whether a key has a value: tables have blank texts, or no numbers, where they have none."""
    return bool(value.strip()) if isinstance(value, str) else value is not None and bool(value == value)


def _own_turns(keys: Mapping[str, Any]) -> Turns | None:
    """Return the turns of a row, without its history and what its key `system` says."""
    for key in LISTS:
        if turns := _turns(keys.get(key)):
            return turns
    if isinstance(keys.get("instruction"), str) and isinstance(keys.get("input"), str):
        return _alpaca(keys)
    asked = [(keys[query], keys.get(reply)) for query, reply in PAIRS if query in keys]
    # A pair that is whole is better than one that lacks its answer.
    for query, reply in sorted(asked, key=lambda pair: pair[1] is None):
        if (turns := _side(query, "user")) is not None:
            return turns + (_side(reply, "assistant") or ())
    return None


def _alpaca(keys: Mapping[str, Any]) -> Turns:
    """Return the turns of an instruction with an input, which is the message itself or belongs to it."""
    instruction, message = keys["instruction"], keys["input"]
    answer = _side(keys.get("output", keys.get("response")), "assistant") or ()
    if gives_part(instruction):
        return Turn("system", instruction), Turn("user", message), *answer
    return Turn("user", f"{instruction}\n\n{message}"), *answer


def _put_together(system: Any, before: Turns, turns: Turns) -> Turns:
    """Return turns with those before them, what the system says at the very beginning."""
    opening = tuple(takewhile(lambda turn: turn.role == "system", turns))
    whole = opening + tuple(turn for turn in before if turn not in opening) + turns[len(opening) :]
    return (Turn("system", system), *whole) if isinstance(system, str) and whole[0].role != "system" else whole


def _history(value: Any) -> Turns | None:
    """Return the turns of a history: pairs of message and answer, either of which may lack, or turns as in a list.

    None for what is neither.
    """
    value = _opened(value)
    if not _is_there(value) or value in ([], (), {}):
        return ()
    if not isinstance(value, list | tuple):
        return None
    if all(map(_is_pair, value)):
        turns = (turn for query, reply in value for turn in (Turn("user", query), Turn("assistant", reply)))
        return tuple(turn for turn in turns if _is_there(turn.content))
    return _turns(value)


def _is_pair(value: Any) -> bool:
    if not isinstance(value, list | tuple) or len(value) != 2:
        return False
    return all(part is None or isinstance(part, str) for part in value)


def _side(value: Any, role: Role) -> Turns | None:
    """Return one side of a pair as turns; None when it is neither a text nor a list of turns."""
    return _turns(value) or ((Turn(role, value),) if isinstance(value, str) else None)


def _opened(value: Any) -> Any:
    """Return the value of a text that is a JSON list, as tables have lists; any other value as it is."""
    if isinstance(value, str) and value.lstrip()[:1] == "[":
        try:
            return json.loads(value)
        except (ValueError, RecursionError):
            return value
    return value


def _turns(value: Any) -> Turns | None:
    """Return a list of turns, also when it is written as a JSON text; None when it is none."""
    value = _opened(value)
    if not isinstance(value, list | tuple):
        return None
    turns = []
    for entry in value:
        said = _said(entry)
        if said is None:
            return None
        speaker, content = said
        if speaker not in SILENT:
            turns.append(Turn(ROLES[speaker], content))
    return tuple(turns) or None


def _said(entry: Any) -> tuple[str, str] | None:
    """Return who speaks in a turn and what is said, or None when it is no turn."""
    if not isinstance(entry, Mapping):
        return None
    entry = {key.lower(): value for key, value in entry.items()}
    speaker = next((entry[key] for key in SPEAKERS if isinstance(entry.get(key), str)), "").strip().lower()
    content = next((entry[key] for key in CONTENTS if key in entry), None)
    if isinstance(content, list | tuple):  # OpenAI's parts, of which some are pictures
        texts = [part.get("text") for part in content if isinstance(part, Mapping)]
        content = "\n".join(text for text in texts if isinstance(text, str))
    if speaker not in ROLES and speaker not in SILENT:
        return None
    return speaker, content if isinstance(content, str) else ""
