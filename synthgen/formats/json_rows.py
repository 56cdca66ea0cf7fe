"""Rows as JSON: one a line, or all in a list."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping
from itertools import count
from typing import Any, BinaryIO

from synthgen.errors import FileError
from synthgen.formats.psy_insight import sessions_in
from synthgen.formats.records import Record

# A longer line is no row but a file without line ends; a longer list is not held in memory.
MOST_LINE = 64 << 20
MOST_LIST = 256 << 20
_MARK = "\ufeff".encode()


def read_lines(stream: BinaryIO, name: str) -> Iterator[Record]:
    """Yield the rows of JSON lines; blank lines are passed over. Raises FileError."""
    for number in count(1):
        line = stream.readline(MOST_LINE + 1)
        if not line:
            return
        if len(line) > MOST_LINE:
            raise FileError(f"{name}:{number}: longer than {MOST_LINE >> 20} MB.", hint="JSON lines have a row a line.")
        if number == 1:
            line = line.removeprefix(_MARK)
        if line := line.strip():
            where = f"{name}:{number}"
            yield Record(number, _row(parsed(line, where, "put one JSON object on each line."), where), line)


def read_list(stream: BinaryIO, name: str) -> Iterator[Record]:
    """Yield the rows of a JSON list. JSON lines are taken as well, since hubs call both .json, and an object that holds
    sessions by their ids. Raises FileError.
    """
    content = stream.read(MOST_LIST + 1)
    if len(content) > MOST_LIST:
        raise FileError(
            f"{name}: a list of more than {MOST_LIST >> 20} MB.", hint="write it as JSON lines (.jsonl), a row a line."
        )
    content = content.removeprefix(_MARK)
    if content.lstrip()[:1] == b"{":
        if (rows := _sessions(content)) is None:
            yield from read_lines(io.BytesIO(content), name)
            return
    else:
        rows = parsed(content, name, "a .json file holds a list of rows, or a row a line.")
    del content
    if not isinstance(rows, list):
        raise FileError(f"{name}: not a list of rows.", hint="write [row, row ...], or a row a line.")
    for number, row in enumerate(rows, 1):
        yield Record(number, _row(row, f"{name}:{number}"))


def _sessions(content: bytes) -> Any:
    """Return the sessions of a text that is one object of them, None for any other."""
    try:
        return sessions_in(json.loads(content))
    except (ValueError, RecursionError):
        return None


def parsed(text: bytes, where: str, hint: str) -> Any:
    """Return the value of a JSON text. Raises FileError."""
    try:
        return json.loads(text.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise FileError(f"{where}: not UTF-8 text.", hint="save the file as UTF-8.") from error
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}" if error.lineno > 1 else f"column {error.colno}"
        raise FileError(f"{where}: not JSON at {place}: {error.msg}", hint=hint) from error
    except (ValueError, RecursionError) as error:  # a number of thousands of digits, a list in a list in a list ...
        raise FileError(f"{where}: not JSON that can be read: {error}", hint=hint) from error


def dumped(row: Mapping[str, Any]) -> bytes:
    """Return a row as a JSON text; what JSON has no value for becomes text, lone surrogates stay escaped."""
    return json.dumps(row, ensure_ascii=False, default=str).encode("utf-8", "backslashreplace")


class LineWriter:
    """Rows as JSON lines."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def write(self, row: Mapping[str, Any], line: bytes = b"") -> None:
        self._stream.write((line or dumped(row)) + b"\n")

    def finish(self) -> None:
        """Nothing is left to write."""

    def close(self) -> None:
        """Nothing is held."""


class ListWriter:
    """Rows as a JSON list, each on a line of its own."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._before = b"[\n"

    def write(self, row: Mapping[str, Any], line: bytes = b"") -> None:
        self._stream.write(self._before + (line or dumped(row)))
        self._before = b",\n"

    def finish(self) -> None:
        self._stream.write(b"[]\n" if self._before == b"[\n" else b"\n]\n")

    def close(self) -> None:
        """Nothing is held."""


def _row(value: Any, where: str) -> dict[str, Any]:
    if isinstance(value, dict):
        return value
    kind = "null" if value is None else type(value).__name__
    raise FileError(f"{where}: not a row but a {kind}.", hint="a row is a JSON object: {...}.")
