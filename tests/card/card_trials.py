"""Exported folders as an export writes them, for the tests of what is done with them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from synthgen.card.facts import Facts
from synthgen.card.files import Written, WrittenFile
from synthgen.card.kinds import columns_of
from synthgen.card.writing import write_card
from synthgen.recipes import generate
from synthgen.settings import Settings


def row(number: int, **more: Any) -> dict[str, Any]:
    messages = [{"role": "user", "content": f"Where is my bag? ({number})"}, {"role": "assistant", "content": "Here."}]
    return {"id": f"row-{number}", "topic": "Luggage", "language": "en", "messages": messages, **more}


def write_export(
    folder: Path, splits: Mapping[str, Sequence[Mapping[str, Any]]], facts: Facts | None = None, name: str = "desk"
) -> Path:
    """Write rows as JSON lines, a file a split, with their card, and beside them what never goes out."""
    folder.mkdir()
    files = []
    for split, rows in splits.items():
        path = folder / f"{split}.jsonl"
        path.write_text("".join(json.dumps(each) + "\n" for each in rows), encoding="utf-8")
        content = path.read_bytes()
        digest = hashlib.sha256(content).hexdigest()
        files.append(WrittenFile(path.name, split, len(rows), len(content), digest, columns_of(rows)))
    known = facts or Facts(cells={("Luggage", "en"): sum(map(len, splits.values()))})
    write_card(folder, [known], files, license="cc-by-4.0", name=name, written=Written())
    for private in ("ledger.sqlite", "run.lock", "left_out.jsonl", "mapping.csv", "synthgen-bug-1.log"):
        (folder / private).write_text("never", encoding="utf-8")
    return folder


SPEC = """
name: ferry_office
description: {en: What passengers ask at a ferry's *office*.}
roles: {user: passenger, assistant: clerk}
topics:
  - {name: "Tickets <b>& fares</b>", weight: 3}
  - {name: Luggage, weight: 2}
query: {words: [20, 80], batch_size: 4}
reply: {words: [30, 120]}
"""


def run_of(folder: Path) -> Path:
    """Make a small run by the scripted model."""
    spec = folder.parent / f"{folder.name}.yaml"
    spec.write_text(SPEC, encoding="utf-8")
    settings = Settings(
        topics=str(spec), n=12, seed=3, temperature=0.7, model="scripted", price_in=1.0, price_out=2.0, concurrency=4
    )
    generate(settings, folder)
    return folder
