"""What the tests of exports share: rows of made-up talk, and what is read of an export."""

from __future__ import annotations

import json
import random
import string
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from synthgen.export.recipe import Exported, export
from synthgen.export.settings import ExportSettings


def talk(number: int, turns: int = 2) -> list[dict[str, Any]]:
    """Return turns of eight made-up words each; no two are alike."""
    said = []
    for turn in range(turns):
        draw = random.Random(f"{number}/{turn}")
        words = ["".join(draw.choices(string.ascii_lowercase, k=6)) for _ in range(8)]
        said.append({"role": "assistant" if turn % 2 else "user", "content": f"{' '.join(words)}."})
    return said


def native_row(number: int, turns: int = 2, **more: Any) -> dict[str, Any]:
    return {
        "id": f"0a1b2c3d-{number:06d}",
        "topic": f"Topic {number % 3}",
        "language": "en",
        "messages": talk(number, turns),
        "source": {"kind": "generate", "fake": True, "note": "stays here"},
        "provenance": {"run": "0a1b2c3d", "calls": [number], "models": ["scripted"], "templates": []},
        **more,
    }


def write_rows(path: Path, rows: Iterable[Mapping[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def exported(rows: Iterable[Mapping[str, Any]], layout: str, **settings: Any) -> Exported:
    """Export rows from `rows.jsonl` to `out`, both in the working directory."""
    return export([write_rows(Path("rows.jsonl"), rows)], ExportSettings(layout, **settings), Path("out"))


def lines(path: str | Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines()]


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
