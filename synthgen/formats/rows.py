"""Files of rows, read and written by the format that their name tells."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from synthgen.errors import FileError
from synthgen.files import bytes_aside
from synthgen.formats.compression import packing, reading
from synthgen.formats.json_rows import LineWriter, ListWriter, read_lines, read_list
from synthgen.formats.parquet import ParquetCopier, ParquetWriter, read_parquet, schema_of
from synthgen.formats.records import Record
from synthgen.formats.sources import Source, format_of, source_of
from synthgen.formats.tables import MARKS, TableWriter, read_table


class Writer(Protocol):
    """What rows are written to, in order."""

    def write(self, row: Mapping[str, Any], line: bytes = b"") -> None:
        """Write a row; where rows are lines, as the `line` that it was read from, if there is one."""

    def finish(self) -> None:
        """Write what waits for the last row."""

    def close(self) -> None:
        """Let go of what is held, whether or not the file was finished."""


Reader = Callable[[BinaryIO, str], Iterator[Record]]

READERS: Mapping[str, Reader] = {
    "lines": read_lines,
    "list": read_list,
    "parquet": read_parquet,
    **{kind: partial(read_table, mark=mark) for kind, mark in MARKS.items()},
}
WRITERS: Mapping[str, Callable[[BinaryIO, str], Writer]] = {
    "lines": lambda stream, name: LineWriter(stream),
    "list": lambda stream, name: ListWriter(stream),
    "parquet": ParquetWriter,
    "comma": lambda stream, name: TableWriter(stream, MARKS["comma"]),
    "tab": lambda stream, name: TableWriter(stream, MARKS["tab"]),
}


def read_rows(path: str | Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the rows of a file, one in memory at a time, with their numbers from 1.

    `path` is a file, a run's folder, or "-" for JSON lines on stdin. Raises FileError or MissingExtraError.
    """
    for record in read_records(source_of(path)):
        yield record.number, record.row


def rows_in(path: str | Path) -> Iterator[dict[str, Any]]:
    """Yield the rows of a file without their numbers, as `read_rows` does."""
    for _, row in read_rows(path):
        yield row


def read_records(source: Source) -> Iterator[Record]:
    """Yield the rows of a source as they stand in it. Raises FileError or MissingExtraError."""
    with reading(source) as stream:
        yield from READERS[source.kind](stream, source.name)


@contextlib.contextmanager
def open_writer(path: str | Path, like: Sequence[Source] = ()) -> Iterator[Writer]:
    """Open a file of rows that takes its place when the block ends well.

    `like` are the sources that the rows come from: Parquet of one schema is written with that schema.
    Raises FileError, MissingExtraError or DiskError.
    """
    path = Path(path)
    kind, compression = format_of(path)
    if path.is_dir() or not path.parent.is_dir():
        reason = "is a folder" if path.is_dir() else f"there is no folder {path.parent}"
        raise FileError(f"{path}: cannot be written: {reason}.", hint="make the folder, or choose another place.")
    with bytes_aside(path) as file, packing(file, compression, str(path)) as stream:
        schema = _schema_of_all(like) if kind == "parquet" else None
        name = str(path)
        writer = WRITERS[kind](stream, name) if schema is None else ParquetCopier(stream, schema, name)
        with contextlib.closing(writer):
            yield writer
            writer.finish()


def _schema_of_all(sources: Sequence[Source]) -> Any:
    """Return the schema that all sources have, or None."""
    if not sources or any(source.kind != "parquet" for source in sources):
        return None
    schemas = []
    for source in sources:
        with reading(source) as stream:
            schemas.append(schema_of(stream, source.name))
    return schemas[0] if all(schema.equals(schemas[0]) for schema in schemas) else None
