"""Rows a second of `annotate` and `judge` against the loopback server, beside the ideal call rate.

`python benchmarks/rows.py` takes about two minutes: 3,000 pairs are judged, and 1,000 conversations of 12 turns
annotated, at 128 in flight with 0.2 to 0.8 s a call.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from harness import Server, loopback, raise_file_limit, read_record, store

from synthgen import Settings, generate

IN_FLIGHT = 128
LATENCY = "0.2-0.8"
IDEAL = IN_FLIGHT / 0.5


def work(scratch: Path, command: str, origin: Path, server: Server) -> dict[str, Any]:
    """Run a command over the rows of a run, and return its figures."""
    server.reset()
    out = scratch / command
    line = [sys.executable, "-m", "synthgen", command, str(origin), "--model", "openai:loopback"]
    line += ["--base-url", server.base_url, "--concurrency", str(IN_FLIGHT), "--out", str(out), "-q"]
    started = time.monotonic()
    subprocess.run(line, check=True, stdout=subprocess.DEVNULL)
    wall = time.monotonic() - started
    record, calls = read_record(out), server.stats()["answered"]
    return {
        "rows": record["accepted"],
        "calls": calls,
        "run_calls_per_s": round(calls / record["seconds"], 1),
        "run_of_ideal": round(calls / record["seconds"] / IDEAL, 3),
        "whole_process_of_ideal": round(calls / wall / IDEAL, 3),
    }


def main() -> None:
    raise_file_limit()
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        pairs = generate(Settings(topics="tenant_advice", n=3_000, model="scripted"), scratch / "pairs").folder
        spoken = Settings(topics="psy_insight", n=1_000, mode="script", turns="12", model="scripted")
        talks = generate(spoken, scratch / "talks").folder
        with loopback(scratch, "--latency", LATENCY) as server:
            figures = {
                "latency_s": LATENCY,
                "in_flight": IN_FLIGHT,
                "ideal_calls_per_s": IDEAL,
                "judge": work(scratch, "judge", pairs, server),
                "annotate": work(scratch, "annotate", talks, server),
            }
    store("rows", figures)


if __name__ == "__main__":
    main()
