"""Columns of dialogues as Parquet files, each of about so many bytes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any

from synthgen.formats.late import late
from synthgen.formats.parquet import EXTRA

# A row group of `datasets`; fewer rows where they are long, so that memory stays small.
ROWS = 1_000
CHARACTERS = 8 << 20


class ParquetShards:
    """Rows by `COLUMNS` in files named after their number, from 0; a file that has `most` bytes is the last but one.

    The same rows give the same bytes with the same pyarrow.
    """

    def __init__(self, path_of: Callable[[int], Path], most: int | None = None) -> None:
        """Raises MissingExtraError."""
        self._arrow = late("pyarrow", EXTRA, "Parquet")
        self._parquet = late("pyarrow.parquet", EXTRA, "Parquet")
        self._path_of = path_of
        self._most = most
        self._schema = _schema(self._arrow)
        self._batch: list[Mapping[str, Any]] = []
        self._characters = 0
        self._sink: Any = None
        self._writer: Any = None
        self.paths: list[Path] = []
        self.rows: list[int] = []

    def write(self, values: Mapping[str, Any]) -> None:
        self._batch.append(values)
        self._characters += sum(len(message["content"]) for message in values["messages"])
        if len(self._batch) == ROWS or self._characters >= CHARACTERS:
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
        if self._writer is None:
            self._open()
        try:
            table = self._table(self._batch)
        except UnicodeEncodeError:  # half of a surrogate pair, which a column cannot hold
            table = self._table(_whole(self._batch))
        self._writer.write_table(table)
        self.rows[-1] += len(self._batch)
        self._batch.clear()
        self._characters = 0
        if self._most is not None and self._sink.tell() >= self._most:
            self.close()

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
