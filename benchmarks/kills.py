"""Runs killed at random moments and started again, until they are done: what was lost, and whether the result is sound.

`python benchmarks/kills.py [KILLS]` takes about five minutes for 50 kills with signal 9, then 10 interruptions
with SIGINT, then (as root, on Linux) a disk that fills up. The server's log, body by body, is held against the ledger.
"""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from harness import Server, command, loopback, raise_file_limit, store
from rapidfuzz import fuzz, process

from synthgen.engine.job import prepare
from synthgen.plan import Plan
from synthgen.records import Cell
from synthgen.settings import Settings
from synthgen.text import normalize

IN_FLIGHT = 64
SEED = 5
LATENCY = "0.05-0.3"


@dataclass(frozen=True)
class Kind:
    """What is run: its settings, how many rows are wanted for each stop, and after how many calls it comes at most."""

    settings: Settings
    rows_a_stop: int
    most_calls: int

    @property
    def options(self) -> tuple[str, ...]:
        said = (("--topics", self.settings.topics), ("--mode", self.settings.mode), ("--turns", self.settings.turns))
        given = [word for option, value in said if value is not None for word in (option, value)]
        return (*given, "--seed", str(SEED), "--concurrency", str(IN_FLIGHT))


PAIRS = Kind(Settings(topics="tenant_advice", seed=SEED), 60, 120)


def rows(folder: Path, query: str) -> list[Any]:
    with closing(sqlite3.connect(folder / "ledger.sqlite", timeout=10)) as ledger:
        return ledger.execute(query).fetchall()


def committed(folder: Path) -> set[str]:
    """Return the ids of the answers that the ledger has."""
    return {response_id for (response_id,) in rows(folder, "SELECT response_id FROM calls")}


def stop_at_random(
    server: Server, folder: Path, kind: Kind, wanted: int, number: int, dice: random.Random
) -> dict[str, Any]:
    """Begin or go on with the run, stop it by a signal somewhere, and return what stood then."""
    before = len(server.deliveries())
    options = (*kind.options, "--n", str(wanted))
    running = subprocess.Popen(command(server, folder, *options), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    wanted_calls = dice.randint(1, kind.most_calls)
    while running.poll() is None and len(server.deliveries()) - before < wanted_calls:
        time.sleep(dice.uniform(0.001, 0.02))
    running.send_signal(number)
    code = running.wait()
    message = running.stderr.read().decode() if running.stderr else ""
    return {
        "code": code,
        "message": message,
        "in_ledger": committed(folder) if (folder / "ledger.sqlite").exists() else set(),
    }


def asked_again(server: Server, stops: list[dict[str, Any]]) -> dict[str, int]:
    """Count the bodies that were sent more than once, and those of them whose answer the ledger had already."""
    ids: dict[str, list[str]] = {}
    for call in server.deliveries():
        ids.setdefault(call["body_sha256"], []).append(call["id"])
    kept = set().union(*(stop["in_ledger"] for stop in stops)) if stops else set()
    again = {body: sent for body, sent in ids.items() if len(sent) > 1}
    return {
        "calls": sum(map(len, ids.values())),
        "asked_again": sum(len(sent) - 1 for sent in again.values()),
        "asked_again_though_committed": sum(any(one in kept for one in sent[:-1]) for sent in again.values()),
    }


def check(folder: Path, kind: Kind, wanted: int) -> dict[str, Any]:
    """Return whether the finished run is sound: states, counts, facets, similarity, files."""
    job = prepare(replace(kind.settings, n=wanted))
    counted = {
        Cell(*cell): n
        for *cell, n in rows(
            folder,
            "SELECT topic, language, turns, approach, count(*) FROM rows WHERE state = 'accepted' GROUP BY 1, 2, 3, 4",
        )
    }
    totals = [int(n) for n in rows(folder, "SELECT value FROM meta WHERE key = 'totals'")[0][0].strip("[]").split(",")]
    plan = Plan(job.spec, totals, SEED, job.kinds)
    texts = [
        normalize(text)
        for (text,) in rows(folder, "SELECT json_extract(messages, '$[0][1]') FROM rows WHERE state = 'accepted'")
    ]
    similar = process.cdist(texts, texts, scorer=fuzz.ratio, score_cutoff=100 * job.spec.dedup.similarity)
    twins = (int((similar > 0).sum()) - len(texts)) // 2
    states = Counter(dict(rows(folder, "SELECT state, count(*) FROM rows GROUP BY state")))
    return {
        "integrity": rows(folder, "PRAGMA integrity_check")[0][0],
        "orphans": len(rows(folder, "PRAGMA foreign_key_check")),
        "accepted": states["accepted"],
        "wanted": wanted,
        "cells_exact": counted == {cell: n for cell, n in plan.targets.items() if n},
        "twins_at_or_above_similarity": twins,
        "rows_under_way": states["drafted"] + states["replied"],
        "dataset_lines": len((folder / "dataset.jsonl").read_text().splitlines()),
    }


def killed(scratch: Path, kind: Kind, number: int, stops: int) -> dict[str, Any]:
    """Stop runs `stops` times in all by a signal, then let the last one end, and return what was found."""
    dice = random.Random(number)
    folder = scratch / f"signal-{number}"
    most_lost = most_unanswered = 0
    found: list[dict[str, Any]] = []
    with loopback(scratch, "--latency", LATENCY, "--bad-share", "0.1") as server:
        wanted = kind.rows_a_stop * stops
        for _ in range(stops):
            stop = stop_at_random(server, folder, kind, wanted, number, dice)
            found.append(stop)
            delivered = {call["id"] for call in server.deliveries() if call["delivered"]}
            time.sleep(0.35)  # what is under way at the server ends, undelivered
            most_lost = max(most_lost, len(delivered - stop["in_ledger"]) - sum(s.get("lost", 0) for s in found))
            stop["lost"] = len(delivered - stop["in_ledger"]) - sum(s.get("lost", 0) for s in found)
            most_unanswered = max(most_unanswered, stop["lost"])
        last = subprocess.run(
            command(server, folder, *kind.options, "--n", str(wanted)), stdout=subprocess.DEVNULL, check=False
        )
        repeated = asked_again(server, found)
    return {
        "stops": stops,
        "codes": dict(Counter(str(stop["code"]) for stop in found)),
        "in_flight_at_most": IN_FLIGHT,
        "answers_lost_at_one_stop_at_most": most_lost,
        **repeated,
        "last_code": last.returncode,
        "result": check(folder, kind, wanted),
    }


def disk_full(scratch: Path) -> dict[str, Any]:
    """Run on a small tmpfs until it is full, make room, go on."""
    mount = scratch / "small"
    mount.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(mount)], check=False).returncode:
        return {"skipped": "mounting is not permitted"}
    try:
        folder = mount / "run"
        with loopback(scratch, "--latency", "0.02") as server:
            line = command(server, folder, *PAIRS.options, "--n", "1000")
            full = subprocess.run(line, capture_output=True, text=True, check=False)
            kept = len(committed(folder))
            subprocess.run(["mount", "-o", "remount,size=200m", str(mount)], check=True)
            done = subprocess.run(line, capture_output=True, text=True, check=False)
            repeated = asked_again(server, [])
        return {
            "code_when_full": full.returncode,
            "said_when_full": full.stderr.strip().splitlines()[-1].replace(str(mount), "MOUNT"),
            "calls_kept": kept,
            "code_after_room": done.returncode,
            "asked_again": repeated["asked_again"],
            "in_flight_at_most": IN_FLIGHT,
            "result": check(folder, PAIRS, 1000),
        }
    finally:
        subprocess.run(["umount", "-l", str(mount)], check=False)


def main() -> None:
    raise_file_limit()
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        store(
            "kills",
            {
                "signal_9": killed(scratch, PAIRS, signal.SIGKILL, kills),
                "sigint": killed(scratch, PAIRS, signal.SIGINT, max(2, kills // 5)),
                "disk_full": disk_full(scratch),
            },
        )


if __name__ == "__main__":
    main()
