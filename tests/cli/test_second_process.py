"""Two processes on one run: the second is refused, and a killed one leaves a run that goes on."""

from __future__ import annotations

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


@pytest.fixture
def running(serve: Callable[..., str], synthgen: Synthgen, tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A run in a process of its own that is under way and has long to go."""
    spec = write_spec(tmp_path / "ferry.yaml")
    model = ["--model", "openai:x", "--base-url", serve("--latency", "0.1"), "--concurrency", "2"]
    args = ["generate", "--topics", str(spec), "--n", str(WANTED), *model, "--out", "run", "-q"]
    with subprocess.Popen([sys.executable, "-m", "synthgen", *args], stderr=subprocess.PIPE, text=True) as process:
        until = time.monotonic() + PATIENCE_S
        while f"running, process {process.pid}" not in synthgen("runs", "list", ".").out:
            assert process.poll() is None
            assert time.monotonic() < until
            time.sleep(0.05)
        yield process
        process.kill()


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
