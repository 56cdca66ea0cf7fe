"""Rows compared as `synthgen dedup` compares files, and why each of them is dropped."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from synthgen.dedup.batch import dedup_files
from synthgen.dedup.rules import USUAL, Match, Rules

Rows = Iterable[Mapping[str, Any]]


def matches_of(folder: Path, rows: Rows, rules: Rules = USUAL, against: Rows = ()) -> list[Match | None]:
    """Return why each row is dropped, or None for one that is kept. The files are made in `folder`."""
    dropped, held = folder / "dropped.jsonl", list(against)
    references = [_written(folder / "against.jsonl", held)] if held else []
    found = dedup_files([_written(folder / "rows.jsonl", rows)], dropped=dropped, against=references, rules=rules)
    matches: list[Match | None] = [None] * found.rows
    for line in dropped.read_text(encoding="utf-8").splitlines():
        told = json.loads(line)
        similarity, evidence = told.get("similarity"), told.get("evidence", "")
        twin = told["twin"]["number"] - 1
        matches[told["number"] - 1] = Match(told["reason"], told["part"], twin, similarity, evidence)
    return matches


def _written(path: Path, rows: Rows) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path
