"""Rows as tables of text: CSV and TSV, with a head line."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from synthgen.errors import FileError
from synthgen.formats.json_rows import MOST_LINE
from synthgen.formats.records import Record
from synthgen.formats.row_spool import RowSpool

MARKS = {"comma": ",", "tab": "\t"}


def read_table(stream: BinaryIO, name: str, mark: str) -> Iterator[Record]:
    """Yield the rows of a table; all values are text. Raises FileError."""
    # The default of 128 KB is less than a long conversation. The limit is one for the whole program.
    csv.field_size_limit(max(MOST_LINE, csv.field_size_limit()))
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
    lines = csv.reader(text, delimiter=mark, strict=True)
    try:
        head = next(lines, [])
        _check_head(head, name)
        for number, values in enumerate(filter(None, lines), 1):
            if len(values) != len(head):
                raise FileError(
                    f"{name}:{lines.line_num}: a row of {len(values)} values under a head of {len(head)}.",
                    hint="a value that holds the separator or a line end stands in double quotes.",
                )
            yield Record(number, dict(zip(head, values, strict=True)))
    except UnicodeDecodeError as error:
        # What is decoded at once begins in the line after those that were read.
        line = lines.line_num + len((error.object[: error.start] + b"?").splitlines())
        raise FileError(
            f"{name}:{line}: not UTF-8 text but in another encoding, such as Latin-1.", hint="save it as UTF-8."
        ) from error
    except csv.Error as error:
        raise FileError(
            f"{name}:{lines.line_num}: not a table: {error}", hint="check the double quotes from that row on."
        ) from error
    finally:
        text.detach()


class TableWriter:
    """Rows as a table: values that are no text are written as JSON, what a row lacks stays empty.

    Lines end as RFC 4180 has it; with other ends Python 3.11 would not quote a lone carriage return.
    """

    def __init__(self, stream: BinaryIO, mark: str) -> None:
        self._stream = stream
        self._mark = mark
        self._spool = RowSpool()

    def write(self, row: Mapping[str, Any], line: bytes = b"") -> None:
        self._spool.add(row)

    def finish(self) -> None:
        columns = self._spool.columns()
        text = io.TextIOWrapper(self._stream, encoding="utf-8", newline="", write_through=True)
        lines = csv.writer(text, delimiter=self._mark)
        if columns:
            lines.writerow(columns)
        lines.writerows([_cell(row.get(column)) for column in columns] for row in self._spool.rows())
        text.detach()

    def close(self) -> None:
        self._spool.close()


def _check_head(head: list[str], name: str) -> None:
    doubled = {column for column in head if head.count(column) > 1}
    if doubled:
        raise FileError(f"{name}:1: two columns are called {sorted(doubled)[0]!r}.", hint="rename one of them.")


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
