"""A row as it stands in a file, and what it is called."""

from __future__ import annotations

from collections.abc import Mapping
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


def own_id(row: Mapping[str, Any], number: int | None = None) -> str:
    """Return what a row is called: its own id, an id of 0 too, else its number, else ""."""
    own = row.get("id")
    named = str(own).strip() if own is not None and own == own else ""
    return named or ("" if number is None else str(number))
