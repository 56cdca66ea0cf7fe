"""Messages in JSON as models write it: whole, cut off, broken, fenced or amid prose."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from synthgen.parsing.mending import Entry, mended_entries, mended_entry

_SLOT_KEYS = ("slot", "number", "id", "index", "no", "slot_number", "message_number", "编号", "序号")
_TEXT_KEYS = ("message", "text", "content", "query", "消息", "内容")

JSON_START = re.compile(r"\{\s{0,50}[\"'“{]|\{\s{0,50}(?:slot|number|id|index)\s{0,50}:|\[\s{0,50}[\"{]", re.IGNORECASE)
# What to stop at outside of objects and within one, where a string that no quote ends goes to the end of the text.
_OPENING = re.compile(r"\\.|\{", re.DOTALL)
_MARK = re.compile(r'\\.|[{},]|"[^"\\]*+(?:\\.[^"\\]*+)*+"?', re.DOTALL)
_ONE_NUMBER = re.compile(r"\D{0,20}(\d{1,6})\D{0,20}")
_NUMBERED_KEY = re.compile(r"(?:slot|message|消息|#)?[ _]?\d{1,6}", re.IGNORECASE)

_DECODER = json.JSONDecoder(strict=False, object_pairs_hook=tuple)
_LONGEST_CUT = 6  # an escape such as \u4f60 that the end of the text cuts is said to be wrong at its beginning

Pairs = Iterable[tuple[str, Any]]


def json_entries(text: str) -> Iterator[Entry]:
    """Yield each message of the innermost objects with its slot number, None where it has none."""
    for leaf, whole in leaves(text):
        try:
            pairs: Pairs = _DECODER.decode(leaf)
        except (ValueError, RecursionError):
            if whole and (entry := mended_entry(leaf)):
                yield entry
        else:
            yield from _messages(pairs)


def broken_entries(text: str) -> Iterator[Entry]:
    """Yield the messages of JSON in which stray quotes hide where objects end.

    Yields nothing of JSON that is sound as far as it goes: it is only cut off, and a brace in its last message
    would be taken for its end.
    """
    if not _is_sound_so_far(text):
        yield from mended_entries(text)


def leaves(text: str) -> Iterator[tuple[str, bool]]:
    """Yield each innermost {...} of a text; of a last one that is cut off, its whole pairs (and False)."""
    opened: list[tuple[int, int]] = []  # where each open object begins, and where its last comma stands
    childless = False
    end = 0
    while mark := (_MARK if opened else _OPENING).search(text, end):
        at, end = mark.span()
        if mark[0] == "{":
            opened.append((at, 0))
            childless = True
        elif mark[0] == ",":
            opened[-1] = (opened[-1][0], at)
        elif mark[0] == "}":
            start, _ = opened.pop()
            if childless:
                yield text[start : at + 1], True
            childless = False
    if childless and opened[-1][1]:
        start, comma = opened[-1]
        yield text[start:comma] + "}", False


def _is_sound_so_far(text: str) -> bool:
    start = JSON_START.search(text)
    try:
        _DECODER.raw_decode(text, start.start() if start else 0)
    except json.JSONDecodeError as error:
        return error.msg.startswith("Unterminated string") or error.pos >= len(text.rstrip()) - _LONGEST_CUT
    except (ValueError, RecursionError):  # a number of thousands of digits, a thousand brackets
        return False
    return True


def _messages(pairs: Pairs) -> Iterator[Entry]:
    """Yield the messages of one object; a key that stands again begins the next message."""
    fields: dict[str, Any] = {}
    for key, value in pairs:
        if _name(key) in fields:
            yield from _message(fields)
            fields = {}
        fields[_name(key)] = value
    yield from _message(fields)


def _message(fields: dict[str, Any]) -> Iterator[Entry]:
    message = next((fields[key] for key in _TEXT_KEYS if isinstance(fields.get(key), str)), "")
    if message.strip():
        yield next((number_of(fields[key]) for key in _SLOT_KEYS if key in fields), None), message
        return
    for key, value in fields.items():
        if isinstance(value, list):
            yield from ((None, text) for text in value if isinstance(text, str) and text.strip())
        elif isinstance(value, str) and value.strip() and _NUMBERED_KEY.fullmatch(key):
            yield number_of(key), value


def _name(key: str) -> str:
    return key.strip().casefold()


def number_of(value: Any) -> int | None:
    """Return the number that a value is, or the only one in a short text such as "slot 3"; None where there is none."""
    if isinstance(value, str):
        match = _ONE_NUMBER.fullmatch(value)
        return int(match[1]) if match else None
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None
