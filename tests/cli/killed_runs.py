"""A run killed on the way and gone on with, its server's log held against its ledger."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path


def killed_and_ended(command: Sequence[str], out: Path, log: Path, stops: Sequence[int]) -> list[list[str]]:
    """Kill a run once so many more answers came, for each of the `stops`, let it end, and return what was asked again.

    `log` is the server's. Of each request that was sent more than once the ids of its answers are returned, in order;
    none that the ledger had when the run was killed was asked for again.
    """
    kept: set[str] = set()
    for wanted in stops:
        before = len(_answered(log))
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
            until = time.monotonic() + 60
            while len(_answered(log)) - before < wanted:
                assert time.monotonic() < until
                time.sleep(0.005)
            running.kill()
        with closing(sqlite3.connect(out / "ledger.sqlite")) as ledger:
            assert ledger.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            kept |= {each for (each,) in ledger.execute("SELECT response_id FROM calls")}
    assert kept
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    sent: dict[str, list[str]] = {}
    for call in _answered(log):
        sent.setdefault(call["body_sha256"], []).append(call["id"])
    repeated = [ids for ids in sent.values() if len(ids) > 1]
    assert not [ids for ids in repeated if kept.intersection(ids[:-1])]
    return repeated


def _answered(log: Path) -> list[dict[str, str]]:
    """Return the lines of the log that are whole."""
    written = log.read_text().splitlines() if log.exists() else []
    return [json.loads(line) for line in written if line.endswith("}")]
