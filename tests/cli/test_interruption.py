"""Ctrl-C, kills, and two processes on one run."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cli_trials import Outcome, assert_sound, rows_of, write_spec

Synthgen = Callable[..., Outcome]
WANTED = 200
PATIENCE_S = 60
UNDER_WAY = re.compile(rf"running, process \d+ +[1-9]\d* of {WANTED}")


@pytest.fixture
def running(serve: Callable[..., str], synthgen: Synthgen, tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A run in a process of its own that is under way and has long to go."""
    spec = write_spec(tmp_path / "ferry.yaml")
    model = ["--model", "openai:x", "--base-url", serve("--latency", "0.1"), "--concurrency", "2"]
    args = ["generate", "--topics", str(spec), "--n", str(WANTED), *model, "--out", "run", "-q"]
    with subprocess.Popen(
        [sys.executable, "-m", "synthgen", *args], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        until = time.monotonic() + PATIENCE_S
        while not UNDER_WAY.search(synthgen("runs", "list", ".").out):
            assert process.poll() is None
            assert time.monotonic() < until
            time.sleep(0.05)
        yield process
        process.kill()


def test_interrupted_run_keeps_its_rows_says_how_to_go_on_and_goes_on(
    running: subprocess.Popen[str], synthgen: Synthgen, tmp_path: Path
) -> None:
    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=PATIENCE_S)
    assert (running.returncode, out) == (130, "run/dataset.jsonl\n"), err
    assert "To go on: synthgen generate --out run" in err
    assert "Traceback" not in err
    before = rows_of(tmp_path / "run")
    assert 0 < len(before) < WANTED
    assert_sound(tmp_path / "run")
    assert "interrupted" in synthgen("runs", "list", ".").out
    assert synthgen("generate", "--out", "run", "--concurrency", 64).code == 0
    after = rows_of(tmp_path / "run")
    assert len(after) == WANTED
    assert all(row in after for row in before)
    assert_sound(tmp_path / "run")


def test_second_process_is_refused_with_the_first_ones_id(
    running: subprocess.Popen[str], synthgen: Synthgen, tmp_path: Path
) -> None:
    told = synthgen("generate", "--out", "run")
    assert f"process {running.pid} is at work" in told.error
    assert told.code == 1
    assert running.poll() is None
    running.kill()
    running.wait(PATIENCE_S)
    assert "killed" in synthgen("runs", "list", ".").out
    assert_sound(tmp_path / "run")
    assert synthgen("generate", "--out", "run", "--concurrency", 64).code == 0
    assert len(rows_of(tmp_path / "run")) == WANTED
    assert_sound(tmp_path / "run")
