"""Simulated conversations: calls a second against the loopback server, kills, prompts that a server reads anew.

`python benchmarks/dialogues.py [rate] [signal_9] [prefixes]` takes nine minutes for all: 1,000 conversations of 12
turns at 128 in flight with 0.2 to 0.8 s a call; a run killed 20 times with signal 9 at random moments; 8
conversations on the embedded model, whose server says how many tokens of each prompt it had read already.
"""

from __future__ import annotations

import asyncio
import signal
import sqlite3
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from harness import generate, loopback, raise_file_limit, store, stored
from kills import Kind, killed
from throughput import server_limit

from synthgen import Settings
from synthgen import generate as make

IN_FLIGHT = 128
LATENCY = "0.2-0.8"
TALKS = 1_000
TURNS = "12"
KILLS = 20
LIGHT = Kind(Settings(topics="psy_insight", mode="simulate", turns="6-8", seed=5, model="openai:loopback"), 12, 120)


def rate(scratch: Path) -> dict[str, Any]:
    """Return the figures of many conversations in flight at once."""
    with loopback(scratch, "--latency", LATENCY) as server:
        limit = asyncio.run(server_limit(server, IN_FLIGHT, 6))
        server.reset()
        options = ("--topics", "psy_insight", "--mode", "simulate", "--turns", TURNS, "--n", str(TALKS))
        outcome = generate(server, scratch / "talks", *options, "--concurrency", str(IN_FLIGHT))
        calls = server.stats()["answered"]
    low, _, high = LATENCY.partition("-")
    ideal = IN_FLIGHT / ((float(low) + float(high)) / 2)
    run_s = outcome.record["seconds"]
    return {
        "conversations": outcome.record["accepted"],
        "turns": TURNS,
        "calls": calls,
        "latency_s": LATENCY,
        "in_flight": IN_FLIGHT,
        "ideal_calls_per_s": ideal,
        "server_limit_calls_per_s": round(limit, 1),
        "run_calls_per_s": round(calls / run_s, 1),
        "run_of_ideal": round(calls / run_s / ideal, 3),
        "whole_process_of_ideal": round(calls / outcome.wall_s / ideal, 3),
        "peak_mb": round(outcome.peak_mb, 1),
        "dropped": outcome.record["dropped"],
    }


def prefixes(scratch: Path) -> dict[str, Any]:
    """Return how much of the prompts of simulated conversations the embedded server had to read."""
    folder = scratch / "embedded"
    settings = Settings(topics="psy_insight", languages="en", mode="simulate", turns="8", n=8, model="smollm2", seed=1)
    result = make(settings, folder)
    with closing(sqlite3.connect(folder / "ledger.sqlite")) as ledger:
        calls = ledger.execute(
            "SELECT row, prompt_tokens, cached_tokens FROM calls JOIN row_calls ON call = calls.id ORDER BY calls.id"
        ).fetchall()
    first_of: set[int] = set()
    later: list[tuple[int, int]] = []
    for row, sent, cached in calls:
        if row in first_of:
            later.append((sent, cached))
        first_of.add(row)
    sent = sum(tokens for _, tokens, _ in calls)
    evaluated = sent - sum(cached for *_, cached in calls)
    return {
        "conversations": result.summary.accepted,
        "calls": len(calls),
        "prompt_tokens_sent": sent,
        "prompt_tokens_evaluated": evaluated,
        "evaluated_of_sent": round(evaluated / sent, 3),
        "later_turns": len(later),
        "later_turns_with_a_hit": sum(cached > 0 for _, cached in later),
        "evaluated_of_sent_on_later_turns": round(1 - sum(c for _, c in later) / sum(s for s, _ in later), 3),
        "dropped": dict(result.summary.dropped),
    }


PARTS: dict[str, Callable[[Path], dict[str, Any]]] = {
    "rate": rate,
    "signal_9": lambda scratch: killed(scratch, LIGHT, signal.SIGKILL, KILLS),
    "prefixes": prefixes,
}


def main() -> None:
    raise_file_limit()
    figures = stored("dialogues")
    with tempfile.TemporaryDirectory() as folder:
        for part in sys.argv[1:] or PARTS:
            figures[part] = PARTS[part](Path(folder))
    store("dialogues", figures)


if __name__ == "__main__":
    main()
