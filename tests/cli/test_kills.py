"""Runs killed by signal 9 again and again: the server's log, held against the ledger, tells what was asked twice."""

from __future__ import annotations

import json
import random
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from cli_trials import assert_sound, rows_of, write_spec

WANTED = 240
KILLS = 4
IN_FLIGHT = 16
# A quarter more tasks than requests may hold an answer that is on its way into the ledger.
AT_RISK = IN_FLIGHT + IN_FLIGHT // 4
PATIENCE_S = 60


def lines(log: Path) -> list[dict[str, str]]:
    """Return the calls of the models that write; vectors are asked for anew by every process."""
    written = log.read_text().splitlines() if log.exists() else []
    calls = [json.loads(line) for line in written if line.endswith("}")]
    return [call for call in calls if call["kind"] != "embedding"]


def committed(folder: Path) -> set[str]:
    if not (folder / "ledger.sqlite").exists():
        return set()
    with closing(sqlite3.connect(folder / "ledger.sqlite")) as ledger:
        return {response_id for (response_id,) in ledger.execute("SELECT response_id FROM calls")}


@pytest.mark.parametrize("compares_meanings", [False, True])
def test_what_is_committed_is_never_asked_again(
    serve: Callable[..., str], tmp_path: Path, compares_meanings: bool
) -> None:
    log, folder, dice = tmp_path / "log.jsonl", tmp_path / "run", random.Random(3)
    url = serve("--latency", "0.02-0.1", "--bad-share", "0.1", "--log", str(log))
    spec = write_spec(tmp_path / "ferry.yaml")
    command = [sys.executable, "-m", "synthgen", "generate", "--topics", str(spec), "--n", str(WANTED), "-q"]
    command += ["--model", "openai:x", "--base-url", url, "--concurrency", str(IN_FLIGHT), "--out", str(folder)]
    if compares_meanings:
        command += ["--embedding", "openai:e", "--embedding-base-url", url, "--embedding-similarity", "0.99"]
    kept: set[str] = set()
    for _ in range(KILLS):
        before, wanted = len(lines(log)), dice.randint(1, WANTED // KILLS)
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
            until = time.monotonic() + PATIENCE_S
            while len(lines(log)) - before < wanted:
                assert time.monotonic() < until
                time.sleep(0.005)
            running.kill()
        kept |= committed(folder)
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE_S, check=False)
    assert done.returncode == 0, done.stderr

    sent: dict[str, list[str]] = {}
    for call in lines(log):
        sent.setdefault(call["body_sha256"], []).append(call["id"])
    repeated = [ids for ids in sent.values() if len(ids) > 1]
    assert not [ids for ids in repeated if kept.intersection(ids[:-1])]
    assert sum(len(ids) - 1 for ids in repeated) <= KILLS * AT_RISK
    assert len(rows_of(folder)) == WANTED
    assert_sound(folder)
