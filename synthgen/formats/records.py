"""A row as it stands in a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Record:
    """A row of a file, any format.

    `number` counts from 1: lines of JSON lines (so blank ones count), rows of everything else. `line` is the row as
    it is written, without its line end, where a row is a line; else it is empty.
    """

    number: int
    row: dict[str, Any]
    line: bytes = b""
