"""Exports of many rows: time beside a copy of the file through `json`, and peak memory, for every layout.

`python benchmarks/export.py [ROWS] [LAYOUT ...]` takes 1,000,000 rows, half pairs and half conversations of eight
turns, an eighth with notes and a quarter with scores; about half an hour for all layouts.
`split` is chat in three splits.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from string import ascii_lowercase
from typing import Any

from harness import store, stored

from synthgen.export.layouts import LAYOUTS

ROWS = 1_000_000
# What rows are read and written by when nothing else is done: one line at a time.
COPY = """
import json, sys
with open(sys.argv[1], encoding="utf-8") as read, open(sys.argv[2], "w", encoding="utf-8") as write:
    for line in read:
        write.write(json.dumps(json.loads(line), ensure_ascii=False) + "\\n")
"""
EXPORT = "import sys; from synthgen.cli.main import main; sys.exit(main(sys.argv[1:]))"
SPLIT = ("--split", "90/5/5")
# Enough words that texts are as unlike as those of people are: splits look for near duplicates.
WORDS = ["".join(random.Random(number).choices(ascii_lowercase, k=2 + number % 9)) for number in range(5_000)]


def rows(count: int) -> Iterator[dict[str, Any]]:
    """Yield rows as a run writes them; an eighth has notes, and a quarter scores."""
    draw, asked = random.Random(7), text(random.Random(8), 160)
    for number in range(count):
        turns = 8 if number % 2 else 2
        messages: list[dict[str, Any]] = [
            {"role": "assistant" if at % 2 else "user", "content": text(draw, 60 if turns == 8 else 160)}
            for at in range(turns)
        ]
        row = {
            "id": f"0123abcd-{number:07d}",
            "topic": f"Topic {number % 33}",
            "language": "en",
            "facets": {"tone": "calm", "age": "adult"},
            "messages": messages,
            "risk": False,
            "source": {"kind": "generate", "fake": True},
            "provenance": {"run": "0123abcd", "calls": [number], "models": ["scripted"], "templates": ["reply/en.j2"]},
        }
        if number % 8 == 1:
            for at, message in enumerate(messages):
                message["labels"] = {"strategy": ["Question"]} if at % 2 else {"emotion": ["Fear"]}
            row["annotation"] = {"psychotherapy": "Gestalt Therapy", "summary": text(draw, 20)}
        if number % 8 < 2:
            row["scores"] = {"warmth": draw.randint(1, 10), "mean": draw.randint(1, 10)}
        if number % 16 == 0:
            # Asked once more, which is what pairs of answers are made of.
            messages[0]["content"] = asked
        elif number % 16 == 8:
            asked = messages[0]["content"]
        yield row


def text(draw: random.Random, words: int) -> str:
    return " ".join(draw.choices(WORDS, k=words)).capitalize() + "."


def measured(command: Sequence[str]) -> tuple[float, float]:
    """Run a process to its end and return its wall seconds and its peak memory in MB."""
    started = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status):
        raise SystemExit(f"failed: {' '.join(command[3:])}")
    return time.monotonic() - started, usage.ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    names = sys.argv[2:] or [*LAYOUTS, "split"]
    before = stored("export")
    figures: dict[str, Any] = before if before.get("rows") == count else {"rows": count, "layouts": {}}
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        origin = scratch / "rows.jsonl"
        with origin.open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(row) + "\n" for row in rows(count))
        figures["input_mb"] = round(origin.stat().st_size / 1e6, 1)
        for name in names:
            # Beside each layout: what else the machine does changes from minute to minute.
            copy_s, _ = measured([sys.executable, "-c", COPY, str(origin), str(scratch / "copy.jsonl")])
            layout, options = ("chat", SPLIT) if name == "split" else (name, ())
            out = scratch / "out"
            command = [sys.executable, "-c", EXPORT, "export", str(origin), "--format", layout, "--out", str(out)]
            wall_s, peak_mb = measured([*command, *options])
            record = json.loads((out / "export.json").read_text(encoding="utf-8"))
            shutil.rmtree(out)
            figures["layouts"][name] = {
                "written": record["rows"]["written"],
                "copy_s": round(copy_s, 2),
                "export_s": round(wall_s, 2),
                "of_copy": round(wall_s / copy_s, 2),
                "peak_mb": round(peak_mb, 1),
            }
    store("export", figures)


if __name__ == "__main__":
    main()
