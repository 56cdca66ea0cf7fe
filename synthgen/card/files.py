"""The files that an export wrote, as the card and the Croissant metadata tell of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

CARD = "README.md"
CROISSANT = "croissant.json"

# What a column holds: "text", "integer", "number" or "boolean"; [KIND] for a list of such, {name: KIND} for an object.
# So a chat's messages are [{"role": "text", "content": "text"}].
Kind = str | list["Kind"] | Mapping[str, "Kind"]


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """One file of rows.

    `path` is relative to the export's folder, with "/" between its parts; `split` is "train" where there are no
    splits; `bytes` and `sha256` (hex digits alone) are of the file as it lies on the disk, compressed or not.
    """

    path: str
    split: str
    rows: int
    bytes: int
    sha256: str
    columns: Mapping[str, Kind]


@dataclass(frozen=True, slots=True)
class Written:
    """What an export counted while it wrote.

    `cells` are the rows written by topic and language, `tasks` those by task; `left_out` the rows that were read but
    not written, by reason, and `changed` those that were changed. `settings` is what was asked of the export.
    """

    cells: Mapping[tuple[str, str], int] = field(default_factory=dict)
    tasks: Mapping[str, int] = field(default_factory=dict)
    left_out: Mapping[str, int] = field(default_factory=dict)
    changed: Mapping[str, int] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)
