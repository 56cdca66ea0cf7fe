"""The conversations in a JSON value, in whichever of many shapes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from synthgen.errors import FileError
from synthgen.formats.fields import value_at
from synthgen.formats.shapes import SILENT
from synthgen.transcripts.limits import MOST_MARKS
from synthgen.transcripts.plain import text_sheets, utterances_of
from synthgen.transcripts.spoken import heard, joined, said
from synthgen.transcripts.transcript import Utterance

Said = tuple[Utterance, ...]

# Where the turns stand -> whether they are pieces of sound, so that those of one speaker in a row are one.
TURNS: Mapping[str, bool] = {
    "segments": True,  # Whisper, WhisperX, faster-whisper
    "utterances": True,  # AssemblyAI
    "results.utterances": True,  # Deepgram
    "results.channels.0.alternatives.0.paragraphs.paragraphs": True,  # Deepgram without utterances
    "speech.transcripts": True,  # Otter
    "transcripts": True,
    "monologues": True,  # Rev
    "messages": False,  # OpenAI
    "conversations": False,  # ShareGPT
    "conversation": False,
    "dialog": False,  # Psy-Insight
    "dialogue": False,
    "turns": False,
    "transcript": False,
    "transcription": True,  # whisper.cpp
}
# Where conversations stand that are more than one.
LISTS = ("sessions", "conversations", "dialogs", "dialogues", "data", "items", "rows", "transcripts")
SPEAKERS = """speaker_name speaker role from participant speaker_label label name author sender who
 speaker_id channel""".split()
TEXTS = """content text value transcript utterance message sentence sentences elements body""".split()
WHOLE = ("transcript", "text")
_CONTAINERS = {path.partition(".")[0] for path in TURNS}
# Who says nothing in the talk itself.
_UNHEARD = SILENT | {"system", "developer"}


def value_of(text: str) -> Any:
    """Return the value of a JSON text. Raises FileError, which quotes nothing of it."""
    if sum(map(text.count, ",[{")) > MOST_MARKS:
        raise FileError(
            f"JSON of more than {MOST_MARKS:,} values", hint="write it as JSON lines (.jsonl), a conversation a line."
        )
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise FileError(f"not JSON at {place}: {error.msg}", hint="check that the file is whole.") from None
    except (ValueError, RecursionError):  # a number of thousands of digits, a list in a list in a list ...
        raise FileError("JSON with a number too long or lists too deep to be read", hint="write it anew.") from None


def conversations_in(value: Any) -> Iterator[Said | None]:
    """Yield the conversations in a value, None for an entry that is none of a known shape."""
    entries = _entries(value)
    if entries is None:
        yield conversation_of(value)
    else:
        yield from map(conversation_of, entries)


def conversation_of(value: Any) -> Said | None:
    """Return what is said in a conversation, or None for a value of no known shape."""
    if is_turns(value):
        return _heard(value, False)
    if not isinstance(value, Mapping):
        return None
    for path, sound in TURNS.items():
        if is_turns(turns := value_at(value, path)):
            return _heard(turns, sound)
    whole = next((value[key] for key in WHOLE if isinstance(value.get(key), str)), None)
    return None if whole is None else utterances_of(text_sheets(whole))


def is_turns(value: Any) -> bool:
    """Return whether a value is a list of things said."""
    return isinstance(value, list) and bool(value) and all(map(is_turn, value))


def is_turn(value: Any) -> bool:
    """Return whether a value is one thing said, with or without who says it, and no conversation itself."""
    if not isinstance(value, dict) or any(isinstance(value[key], list | dict) for key in _CONTAINERS & value.keys()):
        return False
    texts = [value[key] for key in TEXTS if key in value]
    # Many lines of nobody are a document.
    return bool(texts) and (bool(_speaker(value)) or "\n" not in str(texts[0]).strip())


def _entries(value: Any) -> Sequence[Any] | None:
    """Return the conversations of a list of them, which may stand under a key."""
    if isinstance(value, list):
        return None if is_turns(value) else value
    if not isinstance(value, Mapping) or any(is_turns(value_at(value, path)) for path in TURNS):
        return None
    lists = (value.get(key) for key in LISTS)
    return next((entries for entries in lists if isinstance(entries, list) and entries), None)


def turn_of(turn: Mapping[str, Any]) -> Utterance:
    """Return one thing said."""
    key = next((key for key in TEXTS if turn.get(key)), "")
    return said(_speaker(turn), _text(turn.get(key), "" if key == "elements" else " "))


def _heard(turns: Sequence[Mapping[str, Any]], sound: bool) -> Said:
    utterances = heard(turn for turn in map(turn_of, turns) if turn.speaker.lower() not in _UNHEARD)
    return tuple(joined(utterances)) if sound else utterances


def _speaker(turn: Mapping[str, Any]) -> str:
    for key in SPEAKERS:
        value = turn.get(key)
        if isinstance(value, Mapping):
            value = value.get("name") or value.get("id")
        if isinstance(value, str | int) and not isinstance(value, bool) and str(value).strip():
            return str(value)
    return ""


def _text(value: Any, between: str) -> str:
    """Return what is said, which may be written in parts."""
    if isinstance(value, str):
        return value
    if not isinstance(value, list):
        return ""
    parts = (part.get("text") or part.get("value") if isinstance(part, Mapping) else part for part in value)
    return between.join(part for part in parts if isinstance(part, str))
