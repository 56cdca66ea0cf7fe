"""What came of a command, and what has to hold of every one that fails."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from synthgen.formats.sources import LEDGER

SPEC = """
name: ferry_office
roles: {user: passenger, assistant: clerk}
facets: {tone: {calm: 1, upset: 1}}
topics:
  - {name: Tickets, weight: 3}
  - {name: Luggage, weight: 2}
  - {name: Delays, weight: 1}
query: {words: [20, 80], batch_size: 4}
reply: {words: [30, 120]}
"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The exit code and what was said."""

    code: int
    out: str
    err: str

    @property
    def error(self) -> str:
        """The one line that tells the error; talk may stand before it."""
        assert "Traceback" not in self.err + self.out
        *_, last = self.err.splitlines() or [""]
        errors = [line for line in self.err.splitlines() if line.startswith("Error: ")]
        assert errors == [last], self.err
        assert self.code in (1, 2), self.err
        assert last.count(" Hint: ") == 1, last
        assert last.split(" Hint: ")[0].endswith((".", "?", "!", ")")), last
        return last


def write_spec(path: Path, text: str = SPEC) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def write_rows(path: Path) -> Path:
    """Write a file of one dialogue."""
    said = [("user", "The last ferry left without me."), ("assistant", "Then let us look for the next one together.")]
    row = {"messages": [{"role": role, "content": content} for role, content in said]}
    path.write_text(f"{json.dumps(row)}\n", encoding="utf-8")
    return path


def rows_of(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "dataset.jsonl").read_text(encoding="utf-8").splitlines()]


def assert_sound(folder: Path) -> None:
    """The ledger is whole, and dataset.jsonl, if it is there, holds its accepted rows."""
    with closing(sqlite3.connect(folder / LEDGER)) as ledger:
        assert ledger.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        (accepted,) = ledger.execute("SELECT count(*) FROM rows WHERE state = 'accepted'").fetchone()
    if (folder / "dataset.jsonl").exists():
        assert len(rows_of(folder)) == accepted
