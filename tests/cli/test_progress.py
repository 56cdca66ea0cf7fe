"""Progress as it is shown in a terminal and elsewhere."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from rich.console import Console

from synthgen.cli.pace import WINDOW_S, Pace
from synthgen.cli.progress import Lines, Panel, progress
from synthgen.engine.tally import Tally
from synthgen.records import Cell


def tally(seconds: float, accepted: int, **figures: object) -> Tally:
    known: dict[str, object] = {
        "calls": 2 * accepted, "calls_now": 2 * accepted, "completion_tokens_now": 100 * accepted,
        "accepted_now": accepted, "in_flight": 3, "concurrency": 8,
    }  # fmt: skip
    return Tally(wanted=1000, accepted=accepted, seconds=seconds, **(known | figures))  # type: ignore[arg-type]


def drawn(panel: Panel, now: Tally, width: int = 100) -> str:
    console = Console(file=io.StringIO(), width=width, markup=False, force_terminal=True, color_system=None)
    with console.capture() as capture:
        console.print(panel.drawn(now))
    return capture.get()


def test_speed_is_that_of_the_last_half_minute() -> None:
    pace = Pace()
    pace.speed(tally(0, 0))
    pace.speed(tally(100, 10))
    speed = pace.speed(tally(100 + WINDOW_S, 10 + 60))
    assert (speed.calls, speed.tokens) == (4.0, 200.0)
    assert speed.left_s == pytest.approx(930 / 2)


def test_nothing_accepted_gives_no_time_left() -> None:
    pace = Pace()
    assert pace.speed(tally(5, 0)).left_s is None
    assert pace.speed(tally(6, 0, calls_now=4)).left_s is None


def test_rows_of_an_earlier_process_do_not_count_as_speed() -> None:
    pace = Pace()
    pace.speed(tally(50, 500, accepted_now=0, calls_now=0))
    speed = pace.speed(tally(60, 510, accepted_now=10, calls_now=20))
    assert (speed.calls, speed.left_s) == (2.0, 490.0)


def test_the_panel_shows_what_a_user_asks_of_it() -> None:
    panel = Panel(verbose=False)
    panel.drawn(tally(0, 0))
    dropped = Counter(
        {("query", "duplicate"): 40, ("reply", "too_short"): 3, ("query", "leak"): 2, ("reply", "echo"): 1}
    )
    lagging = [(Cell("Fees [bold]", "en"), 1, 9)]
    shown = drawn(panel, tally(10, 100, dropped=dropped, lagging=lagging, cost=0.25, retries=7))
    for said in (
        "100 of 1,000", "10 %", "20 calls/s", "1,000 tokens/s", "1 min 30 s left", "3 of 8 in flight", "200 done",
        "7 retried", "cost 0.2500", "46: query duplicate 40, reply too_short 3, query leak 2, others 1",
        "Fees [bold] (en) 1 of 9",
    ):  # fmt: skip
        assert said in shown
    assert "reply echo 1" in drawn(Panel(verbose=True), tally(10, 100, dropped=dropped))


@pytest.mark.parametrize(
    ("why", "said"),
    [
        ("interrupted", "Stopping: waiting for 3 calls; Ctrl-C again to leave now."),
        ("budget", "The budget is used up: waiting for 3 calls."),
        ("error", "Stopping on an error: waiting for 3 calls."),
    ],
)
def test_stopping_is_told(why: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert said in drawn(Panel(verbose=False), tally(10, 100, stopping=why))
    lines = Lines(verbose=False)
    for seconds in (1.0, 1.25, 1.5):
        lines(tally(seconds, 100, stopping=why))
    assert capsys.readouterr().err == f"{said}\n"


@pytest.mark.parametrize("width", [20, 60, 200])
def test_the_panel_keeps_within_any_terminal_and_ends_on_an_empty_line(width: int) -> None:
    shown = drawn(Panel(verbose=True), tally(10, 100, dropped=Counter({("query", "duplicate"): 4})), width)
    assert max(map(len, shown.splitlines())) <= width
    assert shown.endswith("\n\n")


def test_lines_come_every_ten_seconds_with_what_was_newly_dropped(capsys: pytest.CaptureFixture[str]) -> None:
    lines = Lines(verbose=True)
    dropped = Counter({("query", "duplicate"): 5})
    for step in range(90):
        if step == 60:
            dropped = Counter({("query", "duplicate"): 5, ("reply", "echo"): 2})
        lines(tally(step / 4, step, dropped=dropped))
    said = capsys.readouterr()
    assert said.out == ""
    first, second = said.err.splitlines()
    assert first.startswith("40 of 1,000 (4.0 %), 5 dropped; 8.0 calls/s, 400 tokens/s, 4 min 00 s left; ")
    assert "newly" not in first
    assert second.endswith("newly dropped: reply echo 2")


def test_elsewhere_than_in_a_terminal_lines_are_said(capsys: pytest.CaptureFixture[str]) -> None:
    with progress(quiet=False, verbose=False) as watch:
        assert isinstance(watch, Lines)
    with progress(quiet=True, verbose=False) as watch:
        assert watch is None
    assert capsys.readouterr().err == ""


def test_a_reader_that_left_does_not_end_the_run(spec: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    args = ["generate", "--topics", str(spec), "--n", "8", "--model", "scripted", "--out", "run"]
    done = subprocess.run(
        [sys.executable, "-m", "synthgen", *args], stdout=subprocess.PIPE, stderr=writing, text=True, check=False
    )
    os.close(writing)
    assert (done.returncode, done.stdout) == (0, "run/dataset.jsonl\n")
    assert len(Path("run/dataset.jsonl").read_text(encoding="utf-8").splitlines()) == 8
