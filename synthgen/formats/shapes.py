"""The dialogue in a row, whichever of the field's shapes the row has."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

from synthgen.records import Role, Turn
from synthgen.text import language_by_script

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
# An instruction that gives the model a part to play, and so is no word of the one who asks.
_PART = re.compile(
    r"(?:if |suppose |imagine )?you(?: are|'re| will act)\b|(?:act|behave|respond|answer|reply) as\b|as an? |pretend |"
    r"assume |(?:现在|假如|假设|如果|想象)?[你您](?:现在)?[是将]|请?[你您]?(?:扮演|充当)|请?作为",
    re.IGNORECASE,
)
LANGUAGES = {"english": "en", "chinese": "zh", "mandarin": "zh", "中文": "zh", "英文": "en"}

Turns = tuple[Turn, ...]


def dialogue_of(row: Mapping[str, Any]) -> Turns | None:
    """Return the turns of a row, or None for a row of no known shape.

    Known are lists of turns (role and content, from and value, speaker and content), pairs such as question and
    answer, and alpaca's instruction, input and output, with `system` and `history`. A message may lack its answer.
    """
    keys = {key.lower(): value for key, value in row.items() if value is not None}
    for key in LISTS:
        if turns := _turns(keys.get(key)):
            return _with_system(keys, turns)
    if isinstance(keys.get("instruction"), str) and isinstance(keys.get("input"), str):
        return _alpaca(keys)
    asked = [(keys[query], keys.get(reply)) for query, reply in PAIRS if query in keys]
    # A pair that is whole is better than one that lacks its answer.
    for query, reply in sorted(asked, key=lambda pair: pair[1] is None):
        if (turns := _side(query, "user")) is not None:
            return _with_system(keys, turns + (_side(reply, "assistant") or ()))
    return None


def language_of(row: Mapping[str, Any], turns: Sequence[Turn]) -> str:
    """Return the language that a row says it has, else "zh" or "en" by the script of its turns."""
    for key in ("language", "lang"):
        if isinstance(said := row.get(key), str) and said.strip():
            return LANGUAGES.get(said.strip().lower(), said.strip())
    return language_by_script("\n".join(turn.content for turn in turns))


def _alpaca(keys: Mapping[str, Any]) -> Turns:
    """Return the turns of an instruction with an input, which is the message itself or belongs to it."""
    instruction, message = keys["instruction"], keys["input"]
    answer = _side(keys.get("output", keys.get("response")), "assistant") or ()
    if message.strip() and _PART.match(instruction.strip()):
        return _with_system(keys, (Turn("system", instruction), Turn("user", message), *answer))
    whole = "\n\n".join(part for part in (instruction, message) if part.strip())
    return _with_system(keys, (Turn("user", whole), *answer))


def _with_system(keys: Mapping[str, Any], turns: Turns) -> Turns:
    """Put before the turns what stands in keys of its own: the system's message and the turns before these."""
    system, history = keys.get("system"), keys.get("history")
    before: Turns = ()
    if isinstance(history, list | tuple) and all(_is_pair(pair) for pair in history):
        before = tuple(chain.from_iterable((Turn("user", query), Turn("assistant", reply)) for query, reply in history))
    if isinstance(system, str) and system.strip() and turns[0].role != "system":
        before = (Turn("system", system), *before)
    return before + turns


def _is_pair(value: Any) -> bool:
    return isinstance(value, list | tuple) and len(value) == 2 and all(isinstance(part, str) for part in value)


def _side(value: Any, role: Role) -> Turns | None:
    """Return one side of a pair as turns; None when it is neither a text nor a list of turns."""
    return _turns(value) or ((Turn(role, value),) if isinstance(value, str) else None)


def _turns(value: Any) -> Turns | None:
    """Return a list of turns, also when it is written as a JSON text, as tables have it; None when it is none."""
    if isinstance(value, str) and value.lstrip()[:2] in ("[{", "[]"):
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            return None
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
