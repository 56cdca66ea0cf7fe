"""`judge`, `annotate` and `evaluate` against the loopback server: beside the ideal call rate, and killed on the way.

`python benchmarks/rows.py [rates] [kills]` takes about four minutes: 1,000 pairs and 3,000 are judged, 1,000
conversations of 12 turns annotated, two sets of answers to 1,000 questions compared, at 128 in flight with 0.2 to
0.8 s a call; then a judge of 1,000 pairs is killed 20 times with signal 9 at random moments.
"""

from __future__ import annotations

import heapq
import json
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from harness import Server, loopback, raise_file_limit, read_record, store, stored
from kills import asked_again, committed, rows

from synthgen import Settings, generate

IN_FLIGHT = 128
LATENCY = "0.2-0.8"
IDEAL = IN_FLIGHT / 0.5
KILLS = 20
KILLED_ROWS = 1_000


def pairs(scratch: Path, count: int) -> Path:
    settings = Settings(topics="tenant_advice", n=count, model="scripted")
    return generate(settings, scratch / f"pairs-{count}").folder


def line(server: Server, out: Path, *words: str, in_flight: int = IN_FLIGHT) -> list[str]:
    """Return the command line of a recipe, on a model of the server."""
    said = [sys.executable, "-m", "synthgen", *words, "--model", "openai:loopback", "--base-url", server.base_url]
    return [*said, "--concurrency", str(in_flight), "--out", str(out), "-q"]


def work(scratch: Path, server: Server, *words: str) -> dict[str, Any]:
    """Run a command over rows, and return its figures."""
    server.reset()
    out = scratch / f"{words[0]}-{len(server.deliveries())}"
    begun, started = time.time(), time.monotonic()
    subprocess.run(line(server, out, *words), check=True, stdout=subprocess.DEVNULL)
    wall = time.monotonic() - started
    record, calls = read_record(out), server.stats()["answered"]
    log = [call for call in server.deliveries() if call["started"] >= begun]
    span = max(call["finished"] for call in log) - min(call["started"] for call in log)
    best = best_s([call["finished"] - call["started"] for call in sorted(log, key=lambda call: call["started"])])
    return {
        "rows": record["accepted"],
        "calls": calls,
        "run_calls_per_s": round(calls / record["seconds"], 1),
        # Beside all places busy from the first instant to the last, which no client can have: the last answers take up
        # to 0.8 s, and nothing can be put beside them.
        "best_of_full_places": round(len(log) / best / IDEAL, 3),
        "first_to_last_call_of_full_places": round(len(log) / span / IDEAL, 3),
        "run_of_full_places": round(calls / record["seconds"] / IDEAL, 3),
        # Beside the best that a client can do with these very answers.
        "first_to_last_call_of_best": round(best / span, 3),
        "run_of_best": round(best / record["seconds"], 3),
        "whole_process_of_best": round(best / wall, 3),
    }


def best_s(answer_s: Sequence[float]) -> float:
    """Return how long calls take that the server answered in these times, each begun the instant a place is free."""
    free = [0.0] * IN_FLIGHT
    for seconds in answer_s:
        heapq.heapreplace(free, free[0] + seconds)
    return max(free)


def rates(scratch: Path) -> dict[str, Any]:
    spoken = Settings(topics="psy_insight", n=1_000, mode="script", turns="12", model="scripted")
    talks = generate(spoken, scratch / "talks").folder
    judged = pairs(scratch, 1_000)
    answers, other = judged / "dataset.jsonl", scratch / "other.jsonl"
    with answers.open(encoding="utf-8") as ours, other.open("w", encoding="utf-8") as theirs:
        for row in map(json.loads, ours):
            row["messages"][1]["content"] = "Another answer. " + row["messages"][1]["content"]
            theirs.write(json.dumps(row) + "\n")
    with loopback(scratch, "--latency", LATENCY) as server:
        return {
            "latency_s": LATENCY,
            "in_flight": IN_FLIGHT,
            "ideal_calls_per_s": IDEAL,
            # Three times: a run of few calls depends on how long its last answers happen to take.
            "judge": [work(scratch, server, "judge", str(judged)) for _ in range(3)],
            "judge_3000": work(scratch, server, "judge", str(pairs(scratch, 3_000))),
            "annotate": work(scratch, server, "annotate", str(talks)),
            "evaluate": work(scratch, server, "evaluate", str(answers), str(other), "--questions", str(answers)),
        }


def kills(scratch: Path) -> dict[str, Any]:
    """Kill a judge at random moments and let it end; the server's log, body by body, is held against the ledger."""
    dice, origin, out = random.Random(9), pairs(scratch, KILLED_ROWS), scratch / "killed"
    stops: list[dict[str, Any]] = []
    with loopback(scratch, "--latency", "0.05-0.3") as server:
        for _ in range(KILLS):
            before = len(server.deliveries())
            running = subprocess.Popen(
                line(server, out, "judge", str(origin), in_flight=64), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
            )
            wanted = dice.randint(1, 90)
            while running.poll() is None and len(server.deliveries()) - before < wanted:
                time.sleep(dice.uniform(0.001, 0.02))
            running.send_signal(signal.SIGKILL)
            running.wait()
            stops.append({"in_ledger": committed(out) if (out / "ledger.sqlite").exists() else set()})
        subprocess.run(line(server, out, "judge", in_flight=64), check=True, stdout=subprocess.DEVNULL)
        again = asked_again(server, stops)
    figures = json.loads((out / "scores.json").read_text(encoding="utf-8"))
    return again | {
        "stops": KILLS,
        "in_flight": 64,
        "asked_again_each_stop": round(again["asked_again"] / KILLS, 1),
        "rows": KILLED_ROWS,
        "scored": figures["mean"]["count"],
        "failures": figures["failures"],
        "integrity": rows(out, "PRAGMA integrity_check")[0][0],
    }


PARTS = {"rates": rates, "kills": kills}


def main() -> None:
    raise_file_limit()
    figures = stored("rows")
    for part in sys.argv[1:] or PARTS:
        with tempfile.TemporaryDirectory() as folder:
            figures[part] = PARTS[part](Path(folder))
    store("rows", figures)


if __name__ == "__main__":
    main()
