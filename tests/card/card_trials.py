"""Exported folders as an export writes them, for the tests of what is done with them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from synthgen.backends.composer import compose
from synthgen.backends.scripted import Scripted, prompt_of
from synthgen.calls import Backend, Request
from synthgen.card.facts import Facts
from synthgen.card.files import Written, WrittenFile
from synthgen.card.kinds import columns_of
from synthgen.card.writing import write_card
from synthgen.hashing import seed_of
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


def run_of(folder: Path, backend: Backend | None = None, **more: Any) -> Path:
    """Make a small run by the scripted model, or by a backend; `more` are settings."""
    spec = folder.parent / f"{folder.name}.yaml"
    spec.write_text(SPEC, encoding="utf-8")
    settings = Settings(
        topics=str(spec), n=12, seed=3, temperature=0.7, model="scripted", price_in=1.0, price_out=2.0, concurrency=4
    )
    generate(replace(settings, **more), folder, backend=backend)
    return folder


class Mending(Scripted):
    """Writes some messages that a filter refuses; as the judge refuses half of the replies, and none that was mended.

    `mended` are the texts that it gave when it was asked to mend one.
    """

    def __init__(self) -> None:
        super().__init__(self._answered_so)
        self.mended: set[str] = set()

    def _answered_so(self, request: Request) -> str:
        prompt = prompt_of(request)
        is_repair = any(turn.role == "assistant" for turn in request.messages)
        bad_share = 0.4 if request.purpose == "query" and not is_repair else 0.0
        text = compose(prompt, request.schema, request.sampling.seed or 0, bad_share=bad_share)
        if request.purpose == "judge":
            is_good = any(each in prompt for each in self.mended) or seed_of(prompt) % 2
            return json.dumps({name: said | {"score": 9 if is_good else 2} for name, said in json.loads(text).items()})
        if is_repair:
            self.mended.add(text)
        return text
