"""Columns of dialogues as Parquet files, each of about so many bytes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any

from synthgen.formats.parquet import pyarrow

# A row group of `datasets`; fewer rows where they are long, so that memory stays small.
ROWS = 1_000
BYTES = 8 << 20
# What a row takes beside its texts: the ends of its lists and texts, and its numbers.
_ROW = 64
# The types of the columns, and where they are, at the end of a file.
_FOOTER = 5_000


class ParquetShards:
    """Rows by `COLUMNS` in files named after their number, from 0, of about `most` bytes at the most, or of one row.

    Rows wait in batches that are no larger, so that a file is closed before it is too large. The same rows give the
    same bytes with the same pyarrow.
    """

    def __init__(self, path_of: Callable[[int], Path], most: int | None = None) -> None:
        """Raises MissingExtraError."""
        self._arrow, self._parquet = pyarrow("Parquet")
        self._path_of = path_of
        self._most = None if most is None else max(most - _FOOTER, most // 2, 1)
        self._schema = _schema(self._arrow)
        self._batch: list[Mapping[str, Any]] = []
        self._waiting = 0  # bytes
        self._sink: Any = None
        self._writer: Any = None
        self.paths: list[Path] = []
        self.rows: list[int] = []

    def write(self, values: Mapping[str, Any]) -> None:
        size = _ROW + sum(_size(message["content"]) for message in values["messages"])
        if self._waiting + size > min(BYTES, self._most or BYTES):
            self._write_batch()
        self._batch.append(values)
        self._waiting += size
        if len(self._batch) == ROWS:
            self._write_batch()

    def finish(self) -> None:
        """Write what waits, and close."""
        self._write_batch()
        self.close()

    def close(self) -> None:
        """Let go of the open file."""
        for each in (self._writer, self._sink):
            if each is not None:
                each.close()
        self._writer = self._sink = None

    def _open(self) -> None:
        self.paths.append(self._path_of(len(self.paths)))
        self.rows.append(0)
        self._sink = self._arrow.OSFile(str(self.paths[-1]), "wb")
        self._writer = self._parquet.ParquetWriter(self._sink, self._schema)

    def _write_batch(self) -> None:
        if not self._batch:
            return
        # Packed, the batch takes less than it does now.
        if self._most is not None and self._writer is not None and self._sink.tell() + self._waiting > self._most:
            self.close()
        if self._writer is None:
            self._open()
        try:
            table = self._table(self._batch)
        except UnicodeEncodeError:  # half of a surrogate pair, which a column cannot hold
            table = self._table(_whole(self._batch))
        self._writer.write_table(table)
        self.rows[-1] += len(self._batch)
        self._batch.clear()
        self._waiting = 0

    def _table(self, rows: Sequence[Mapping[str, Any]]) -> Any:
        """Return rows as a table. Lists are put together from flat columns, five times as fast as from rows."""
        columns = []
        for field in self._schema:
            values = [row[field.name] for row in rows]
            if self._arrow.types.is_list(field.type):
                columns.append(self._lists(values, field.type))
            else:
                columns.append(self._arrow.array(values, field.type))
        return self._arrow.Table.from_arrays(columns, schema=self._schema)

    def _lists(self, values: Sequence[Sequence[Mapping[str, Any]]], kind: Any) -> Any:
        arrow, parts = self._arrow, kind.value_type
        flat = [entry for entries in values for entry in entries]
        columns = [arrow.array([entry[part.name] for entry in flat], part.type) for part in parts]
        ends = list(accumulate(map(len, values), initial=0))
        structs = arrow.StructArray.from_arrays(columns, fields=list(parts))
        return arrow.ListArray.from_arrays(arrow.array(ends, arrow.int32()), structs, type=kind)


def _size(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))


def _schema(arrow: Any) -> Any:
    """Return the types of `COLUMNS`."""
    text = arrow.string()
    return arrow.schema(
        [
            ("id", text),
            ("topic", text),
            ("language", text),
            ("turns", arrow.int32()),
            ("approach", text),
            ("task", text),
            ("source", text),
            ("scores", arrow.list_(arrow.struct([("metric", text), ("points", arrow.float64())]))),
            ("messages", arrow.list_(arrow.struct([("role", text), ("content", text)]))),
        ]
    )


def _whole(value: Any) -> Any:
    """Return rows whose texts hold no half of a surrogate pair."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, Mapping):
        return {key: _whole(each) for key, each in value.items()}
    return [_whole(each) for each in value] if isinstance(value, list) else value
