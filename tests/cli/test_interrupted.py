"""Ctrl-C: what came in is kept and written, and the same folder goes on."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from cli_trials import Outcome
from synthgen.errors import RunError
from synthgen.store.ledger import Ledger


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_ctrl_c_writes_what_is_there_and_says_how_to_go_on(
    synthgen: Callable[..., Outcome], spec: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "a run"
    args = ["generate", "--topics", str(spec), "--n", "60", "--model", "scripted", "--out", str(folder)]
    slow = ["--requests-per-minute", "1200", "--concurrency", "4"]
    with subprocess.Popen(
        [sys.executable, "-m", "synthgen", *args, *slow], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        while accepted_in(folder) < 5:
            assert process.poll() is None
            time.sleep(0.05)
        os.kill(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in err
    assert f"To go on: synthgen generate --out '{folder}'" in err
    assert out == f"{folder}/dataset.jsonl\n"
    kept = rows(folder / "dataset.jsonl")
    assert 5 <= len(kept) < 60
    assert synthgen("generate", "--out", folder, "--requests-per-minute", 10**6).code == 0
    finished = rows(folder / "dataset.jsonl")
    assert len(finished) == 60
    assert [row["id"] for row in kept if row not in finished] == []


def accepted_in(folder: Path) -> int:
    try:
        with closing(Ledger(folder, write=False)) as ledger:
            return sum(ledger.accepted_by_cell().values())
    except RunError:
        return 0
