"""Rows as Parquet, through pyarrow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import ModuleType
from typing import Any, BinaryIO

from synthgen.errors import FileError
from synthgen.extras import late
from synthgen.formats.records import Record
from synthgen.formats.row_spool import Row, RowSpool

EXTRA = "parquet"
_BATCH = 1_000
_HINT = "write .jsonl, or make the values of that column alike."


def pyarrow(wanted_by: str) -> tuple[ModuleType, ModuleType]:
    """Return pyarrow and its Parquet, for the file or the option that wants them. Raises MissingExtraError."""
    return late("pyarrow", "pyarrow", EXTRA, wanted_by), late("pyarrow.parquet", "pyarrow", EXTRA, wanted_by)


def read_parquet(stream: BinaryIO, name: str) -> Iterator[Record]:
    """Yield the rows of a Parquet file, a batch at a time in memory. Raises FileError or MissingExtraError."""
    arrow, parquet = pyarrow(name)
    number = 0
    try:
        for batch in parquet.ParquetFile(stream).iter_batches(batch_size=_BATCH):
            for row in batch.to_pylist():
                number += 1
                yield Record(number, row)
    except (arrow.ArrowException, UnicodeDecodeError) as error:
        raise FileError(
            f"{name}: not Parquet that can be read (after row {number}): {error}", hint="check that the file is whole."
        ) from error


def schema_of(stream: BinaryIO, name: str) -> Any:
    """Return the schema of a Parquet file, with what its makers noted in it. Raises FileError or MissingExtraError."""
    arrow, parquet = pyarrow(name)
    try:
        return parquet.read_schema(stream)
    except arrow.ArrowException as error:
        raise FileError(f"{name}: not Parquet: {error}", hint="check that the file is whole.") from error


class ParquetWriter:
    """Rows as Parquet whose columns are told by the rows themselves."""

    def __init__(self, stream: BinaryIO, name: str) -> None:
        self._arrow, self._parquet = pyarrow(name)
        self._stream = stream
        self._name = name
        self._spool = RowSpool()

    def write(self, row: Mapping[str, Any], line: bytes = b"") -> None:
        self._spool.add(row)

    def finish(self) -> None:
        """Raises FileError when a column holds what no column can."""
        try:
            schemas = [self._schema(batch) for batch in self._spool.batches(_BATCH)]
            schema = self._arrow.unify_schemas(schemas or [self._arrow.schema([])], promote_options="permissive")
            with self._parquet.ParquetWriter(self._stream, schema) as writer:
                for batch in self._spool.batches(_BATCH):
                    writer.write_table(self._arrow.Table.from_pylist(batch, schema=schema))
        except (self._arrow.ArrowException, OverflowError) as error:
            raise FileError(
                f"{self._name}: values that no column of Parquet can hold together: {error}", hint=_HINT
            ) from error

    def close(self) -> None:
        self._spool.close()

    def _schema(self, batch: Sequence[Row]) -> Any:
        columns = dict.fromkeys(key for row in batch for key in row)
        return self._arrow.schema([(column, self._type(column, batch)) for column in columns])

    def _type(self, column: str, batch: Sequence[Row]) -> Any:
        try:
            return self._arrow.array([row.get(column) for row in batch]).type
        except (self._arrow.ArrowException, OverflowError) as error:
            raise FileError(
                f"{self._name}: column {column} holds values that no column of Parquet can hold together: {error}",
                hint=_HINT,
            ) from error


class ParquetCopier:
    """Rows of Parquet files of one schema, as Parquet of that schema."""

    def __init__(self, stream: BinaryIO, schema: Any, name: str) -> None:
        self._arrow, parquet = pyarrow(name)
        self._writer = parquet.ParquetWriter(stream, schema)
        self._schema = schema
        self._batch: list[Mapping[str, Any]] = []

    def write(self, row: Mapping[str, Any], line: bytes = b"") -> None:
        self._batch.append(row)
        if len(self._batch) == _BATCH:
            self._write_batch()

    def finish(self) -> None:
        self._write_batch()

    def close(self) -> None:
        self._writer.close()

    def _write_batch(self) -> None:
        if self._batch:
            self._writer.write_table(self._arrow.Table.from_pylist(self._batch, schema=self._schema))
            self._batch.clear()
