"""The conversations in files of JSON: one value, or a value a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Any, BinaryIO

from synthgen.errors import FileError
from synthgen.transcripts.json_talk import Said, conversation_of, conversations_in, is_turn, turn_of, value_of
from synthgen.transcripts.limits import MB, MOST_LINES, MOST_ROWS, MOST_TEXT
from synthgen.transcripts.spoken import heard

# A file whose first rows are all no conversations is one of another kind.
_GIVE_UP = 20
_SHAPES = "a list under segments, messages, dialog or the like holds turns of a speaker and a text."
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def json_conversations(text: str) -> Iterator[Said | FileError]:
    """Yield the conversations in a JSON text, in JSON lines as well, since hubs call both .json. Raises FileError."""
    first, _, rest = text.strip().partition("\n")
    try:
        is_lines = bool(rest) and isinstance(value_of(first), dict | list)
    except FileError:
        is_lines = False
    if is_lines:
        return _conversations(_value(line) for line in text.split("\n") if line.strip())
    return _told(conversations_in(value_of(text)))


def jsonl_conversations(stream: BinaryIO) -> Iterator[Said | FileError]:
    """Yield the conversations in JSON lines, a line in memory at a time. Raises FileError."""
    return _conversations(_rows(stream))


def _rows(stream: BinaryIO) -> Iterator[Any]:
    """Yield the values of lines; for one that cannot be read the error."""
    number = 0
    while line := stream.readline(MOST_TEXT + 1):
        number += 1
        if len(line) > MOST_TEXT:
            raise FileError(f"line {number} is longer than {MOST_TEXT // MB} MB", hint="JSON lines have a row a line.")
        if number == 1 and line.startswith(_UTF16):
            raise FileError("JSON lines in UTF-16", hint="save them as UTF-8.")
        try:
            text = line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError:
            yield FileError(f"line {number} is not UTF-8 text", hint="save the file as UTF-8.")
            continue
        if text.strip():
            yield _value(text)


def _value(line: str) -> Any:
    try:
        return value_of(line)
    except FileError as error:
        return error


def _conversations(rows: Iterator[Any]) -> Iterator[Said | FileError]:
    """Yield the conversation in each row, or in all of them where a row is a turn."""
    first = list(islice(rows, 1))
    rows = chain(first, rows)
    if any(map(is_turn, first)):
        yield from _one(rows)
    else:
        yield from _told(map(_conversation, rows))


def _conversation(row: Any) -> Said | FileError | None:
    try:
        return row if isinstance(row, FileError) else conversation_of(row)
    except FileError as error:  # of a text that stands in it
        return error


def _one(rows: Iterable[Any]) -> Iterator[Said | FileError]:
    utterances = []
    size = 0
    for row in rows:
        if isinstance(row, FileError):
            yield row
        elif is_turn(row):
            utterances.append(turn_of(row))
            size += len(utterances[-1].text)
            if len(utterances) > MOST_LINES or size > MOST_ROWS:
                raise FileError("too many turns for one conversation", hint="write a conversation on each line.")
    yield heard(utterances)


def _told(found: Iterable[Said | FileError | None]) -> Iterator[Said | FileError]:
    """Yield conversations, and errors for what is none. Raises FileError when all of the first rows are none."""
    failed: list[FileError] | None = []
    for item in found:
        told = FileError("no conversation of a known shape", hint=_SHAPES) if item is None else item
        if failed is None:
            yield told
        elif not isinstance(told, FileError):
            yield from failed
            yield told
            failed = None
        elif len(failed) + 1 == _GIVE_UP:
            raise FileError(f"none of its first {_GIVE_UP} entries is a conversation", hint=_SHAPES)
        else:
            failed.append(told)
    yield from failed or []
