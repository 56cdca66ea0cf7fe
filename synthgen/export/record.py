"""What is noted of an export: what was written, left out and changed, and by which settings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from synthgen.export.columns import is_fake, source_kind
from synthgen.export.example import Example
from synthgen.export.folder import file_hash
from synthgen.export.pairs import TOLD_BY
from synthgen.export.tally import Tally


@dataclass(frozen=True, slots=True)
class ExportedFile:
    """One file: its path in the folder, the split that it holds ("" for none), its rows, and its hash."""

    path: str
    split: str
    rows: int
    bytes: int
    hash: str

    def record(self) -> dict[str, Any]:
        rows = {"split": self.split, "rows": self.rows} if self.split else {}
        return {"path": self.path, **rows, "bytes": self.bytes, "hash": self.hash}


@dataclass(slots=True)
class Count:
    """What was written: rows by split, by topic and language, by task, and by what they were made from.

    `pairs` counts pairs of answers by what tells which is better; None for rows that are none.
    """

    splits: Counter[str] = field(default_factory=Counter)
    cells: Counter[tuple[str, str]] = field(default_factory=Counter)
    tasks: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    pairs: Counter[str] | None = None
    fake: int = 0

    def add(self, split: str, example: Example) -> None:
        row = example.row
        self.splits[split] += 1
        self.cells[example.topic, example.language] += 1
        self.kinds[source_kind(row)] += 1
        self.fake += is_fake(row)
        if task := row.get("task"):
            self.tasks[str(task)] += 1
        if self.pairs is not None:
            self.pairs[row[TOLD_BY]] += 1

    def record(self, splits: Iterable[str]) -> dict[str, Any]:
        """Return the figures, the splits in their order."""
        cells = [
            {"topic": topic, "language": language, "rows": rows}
            for (topic, language), rows in sorted(self.cells.items(), key=lambda cell: (-cell[1], cell[0]))
        ]
        return {
            "splits": {split: self.splits[split] for split in splits},
            "cells": cells,
            **({"tasks": dict(self.tasks)} if self.tasks else {}),
            **({"pairs": dict(sorted(self.pairs.items()))} if self.pairs else {}),
            "sources": {kind or "other": rows for kind, rows in sorted(self.kinds.items())},
            "fake": self.fake,
        }


def exported_file(folder: Path, path: Path, split: str = "", rows: int = 0) -> ExportedFile:
    """Return what is to be known of a file that is whole."""
    return ExportedFile(path.relative_to(folder).as_posix(), split, rows, path.stat().st_size, file_hash(path))


def export_record(
    files: Sequence[ExportedFile],
    tally: Tally,
    count: Count,
    split_plan: Mapping[str, Any],
    settings: Mapping[str, Any],
    origins: Sequence[str],
) -> dict[str, Any]:
    """Return the record, which holds no time and no path: the same rows and settings give the same."""
    return {
        "rows": {"read": tally.read, "written": count.splits.total()},
        **count.record(dict.fromkeys(file.split for file in files if file.split)),
        "left_out": dict(sorted(tally.left_out.items())),
        "changed": {name: rows for name, rows in sorted(tally.changed.items()) if rows},
        **({"split_plan": dict(split_plan)} if split_plan else {}),
        "origins": list(origins),
        "settings": dict(settings),
        "files": [file.record() for file in files],
    }
