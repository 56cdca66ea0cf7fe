"""`synthgen report` of large runs and files: seconds, peak memory in MB, and the size of the page.

`python benchmarks/report.py` takes about three minutes: a scripted run of 10,000 pairs, then files of 10,000 and
100,000 labelled rows, each told by a process of its own.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from harness import store

from synthgen import Settings, generate

RUN_ROWS = 10_000
FILE_ROWS = (10_000, 100_000)
# What a report of 10,000 rows may take.
MOST_SECONDS, MOST_BYTES = 20, 5_000_000
WORDS = [
    f"{start}{middle}{end}" for start in "bdfgklmnprst" for middle in ("a", "e", "io") for end in ("n", "lt", "rk")
]
MOODS = ("Fear", "Anger", "Sadness", "Happiness", "Neutral")
ACTS = ("Question", "Information", "Providing Suggestions", "Reflection of Feelings")


def row_of(number: int, chance: random.Random) -> dict[str, Any]:
    """Return a conversation of four turns with labels, facets and scores."""
    turns = [
        {
            "role": ("user", "assistant")[at % 2],
            "content": " ".join(chance.choices(WORDS, k=chance.randint(20, 90))),
            "labels": {"strategy": chance.choice(ACTS)} if at % 2 else {"emotion": chance.sample(MOODS, 2)},
        }
        for at in range(4)
    ]
    facets = {"tone": chance.choice(("calm", "upset")), "age group": str(chance.randint(1, 6))}
    scores = {"empathy": chance.randint(1, 10), "safety": chance.randint(4, 10)}
    return {"id": number, "topic": f"Topic {number % 33}", "facets": facets, "messages": turns, "scores": scores}


def write_rows(path: Path, count: int) -> Path:
    chance = random.Random(count)
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            file.write(json.dumps(row_of(number, chance)) + "\n")
    return path


def told(origin: Path, page: Path) -> dict[str, Any]:
    """Return what one report takes."""
    started = time.monotonic()
    said = [sys.executable, "-m", "synthgen", "report", str(origin), "--out", str(page)]
    process = subprocess.Popen(said, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, f"the report of {origin} failed"
    return {
        "seconds": round(time.monotonic() - started, 1),
        "cpu_seconds": round(usage.ru_utime + usage.ru_stime, 1),
        "peak_mb": round(usage.ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)),
        "bytes": page.stat().st_size,
    }


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        run = generate(Settings(topics="mentalchat33", n=RUN_ROWS, model="scripted"), scratch / "run").folder
        figures = {f"run of {RUN_ROWS}": told(run, scratch / "run.html")}
        for count in FILE_ROWS:
            rows = write_rows(scratch / f"{count}.jsonl", count)
            figures[f"file of {count}"] = told(rows, scratch / f"{count}.html")
    store("report", figures)
    of_run = figures[f"run of {RUN_ROWS}"]
    sys.exit(of_run["seconds"] > MOST_SECONDS or of_run["bytes"] > MOST_BYTES)


if __name__ == "__main__":
    main()
