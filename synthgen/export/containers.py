"""The files that hold a split: JSON lines, a JSON list, a table, Parquet."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from synthgen.export.columns import COLUMNS
from synthgen.export.dialogues import MENTALCHAT_COLUMNS
from synthgen.export.parquet import ParquetShards

_CHUNK = 1 << 20
_ENDING = re.compile(r'[,"\r\n]')


class SplitFile(Protocol):
    """What the rows of a split are written to, in order.

    `paths` are its files, whole once it is finished, and `rows` how many rows each of them has.
    """

    paths: list[Path]
    rows: list[int]

    def write(self, record: Mapping[str, Any]) -> None: ...

    def finish(self) -> None:
        """Write what waits, and close."""

    def close(self) -> None:
        """Let go of what is held, whether or not the file was finished."""


class Lines:
    """Rows as JSON lines, in UTF-8: half of a surrogate pair, which no trainer reads, becomes a question mark."""

    def __init__(self, path: Path) -> None:
        self.paths, self.rows = [path], [0]
        self._file = path.open("wb")

    def write(self, record: Mapping[str, Any]) -> None:
        self._file.write(_line(record) + b"\n")
        self.rows[0] += 1

    def finish(self) -> None:
        self._file.close()

    close = finish


class Alpaca(Lines):
    """Rows as JSON lines of which the first has a history, if any has.

    `datasets`, by which trainers read, tells a column's type by the first rows: a list that is empty in all of them
    may hold nothing later on.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._path = path
        self._head = b""
        self._is_told = False

    def write(self, record: Mapping[str, Any]) -> None:
        if self._is_told or not record["history"]:
            super().write(record)
            return
        self._is_told = True
        if self.rows == [0]:
            super().write(record)
        else:
            self._head = _line(record) + b"\n"
            self.rows[0] += 1

    def finish(self) -> None:
        super().finish()
        if self._head:
            rest = self._path.rename(self._path.with_name(f"{self._path.name}.rest"))
            with rest.open("rb") as before, self._path.open("wb") as file:
                file.write(self._head)
                shutil.copyfileobj(before, file, _CHUNK)
            rest.unlink()


class List:
    """Rows as a JSON list, each on a line of its own."""

    def __init__(self, path: Path) -> None:
        self.paths, self.rows = [path], [0]
        self._file = path.open("wb")

    def write(self, record: Mapping[str, Any]) -> None:
        self._file.write((b",\n" if self.rows[0] else b"[\n") + _line(record))
        self.rows[0] += 1

    def finish(self) -> None:
        self._file.write(b"\n]\n")
        self._file.close()

    def close(self) -> None:
        self._file.close()


class Table:
    """Rows as CSV with these columns. Lines end as RFC 4180 has it."""

    def __init__(self, path: Path, columns: Sequence[str]) -> None:
        self.paths, self.rows = [path], [0]
        self._file = path.open("w", encoding="utf-8", errors="replace", newline="")
        self._columns = columns
        self._write(columns)

    def write(self, record: Mapping[str, Any]) -> None:
        self._write([record[column] for column in self._columns])
        self.rows[0] += 1

    def finish(self) -> None:
        self._file.close()

    close = finish

    def _write(self, cells: Iterable[str]) -> None:
        # The module csv goes through a text letter by letter, which takes longer than all else.
        self._file.write(",".join([_cell(cell) for cell in cells]) + "\r\n")


# Where the files of a split go, the split's name and the most bytes of a shard -> its file.
Opening = Callable[[Path, str, int], SplitFile]


def opened_lines(folder: Path, split: str, most: int) -> SplitFile:
    return Lines(folder / f"{split}.jsonl")


def opened_alpaca(folder: Path, split: str, most: int) -> SplitFile:
    return Alpaca(folder / f"{split}.jsonl")


def opened_list(folder: Path, split: str, most: int) -> SplitFile:
    return List(folder / f"{split}.json")


def opened_table(folder: Path, split: str, most: int) -> SplitFile:
    return Table(folder / f"{split}.csv", COLUMNS)


def opened_mentalchat(folder: Path, split: str, most: int) -> SplitFile:
    return Table(folder / f"{split}.csv", MENTALCHAT_COLUMNS)


def opened_parquet(folder: Path, split: str, most: int) -> SplitFile:
    return ParquetShards(lambda number: folder / f"{split}.parquet")


def opened_shards(folder: Path, split: str, most: int) -> SplitFile:
    """Open files as hubs have them; how many there are is put into their names once that is known."""
    (folder / "data").mkdir(exist_ok=True)
    return _Shards(lambda number: folder / "data" / f"{split}-{number:05d}", most)


class _Shards(ParquetShards):
    """Parquet files that tell in their names how many there are."""

    def finish(self) -> None:
        super().finish()
        of = f"-of-{len(self.paths):05d}.parquet"
        self.paths = [path.rename(path.with_name(path.name + of)) for path in self.paths]


def _cell(text: str) -> str:
    """Return a text as a value of a table: in quotes where it holds what ends one."""
    return '"' + text.replace('"', '""') + '"' if _ENDING.search(text) else text


def _line(record: Mapping[str, Any]) -> bytes:
    return json.dumps(record, ensure_ascii=False).encode("utf-8", "replace")
