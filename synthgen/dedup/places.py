"""Where each of many rows stands: in which file, under which number, with which id."""

from __future__ import annotations

import contextlib
import json
from array import array
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from synthgen.dedup.spool import Spool


@dataclass(frozen=True, slots=True)
class Place:
    """A row's file, its number there as the readers count (from 1), and what stands under its key `id`, if anything."""

    file: str
    number: int
    id: str | int | float | None = None

    def __str__(self) -> str:
        return f"{self.file}:{self.number}" + ("" if self.id is None else f" ({self.id})")

    def as_json(self) -> dict[str, Any]:
        place = {"file": self.file, "number": self.number}
        return place if self.id is None else {**place, "id": self.id}


class Places(contextlib.AbstractContextManager["Places"]):
    """The places of rows, by their numbers from 0 through all files."""

    def __init__(self) -> None:
        self._files: list[str] = []
        self._firsts: list[int] = []
        self._numbers = array("Q")
        self._ids = Spool()

    def __exit__(self, *_: object) -> None:
        self._ids.close()

    def begin(self, file: str) -> None:
        """Say which file the rows to come stand in."""
        self._files.append(file)
        self._firsts.append(len(self._numbers))

    def add(self, number: int, row: Mapping[str, Any]) -> None:
        """Take the place of the next row. Raises DiskError."""
        self._numbers.append(number)
        name = row.get("id")
        self._ids.append(json.dumps(name) if isinstance(name, str | int | float) else "null")

    def __getitem__(self, row: int) -> Place:
        file = self._files[bisect_right(self._firsts, row) - 1]
        return Place(file, self._numbers[row], json.loads(self._ids.read(row)))
