"""How far long work has come, in a terminal and elsewhere."""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from rich.console import Console

from synthgen.cli.pace import LINE_EVERY_S
from synthgen.cli.strides import FIRST_S, Board, Line, Lines, Strides, figures_of, strides

BLANK = "\r\x1b[2K"


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class Walk:
    """Work that is looked at once a second."""

    def __init__(self, board: Board) -> None:
        self._clock = Clock()
        self.strides = Strides(board, self._clock)

    def go(self, doing: str, done: int, of: int = 0, seconds: float = 1.0) -> None:
        self._clock.now += seconds
        self.strides(doing, done, of)
        self.strides.look()


def terminal(width: int = 100, encoding: str = "utf-8") -> tuple[Console, io.TextIOWrapper]:
    file = io.TextIOWrapper(io.BytesIO(), encoding=encoding, errors="backslashreplace", newline="")
    return Console(file=file, width=width, force_terminal=True, color_system=None, legacy_windows=False), file


def written(file: io.TextIOWrapper) -> str:
    file.flush()
    assert isinstance(file.buffer, io.BytesIO)
    return file.buffer.getvalue().decode(file.encoding)


@pytest.mark.parametrize(
    ("done", "of", "speed", "figures"),
    [
        (0, 0, 0.0, "1 min 15 s so far"),
        (50, 900, 0.0, "50 of 900 (5.6 %), 0/s, 1 min 15 s so far"),
        (120_000, 0, 8_400.0, "120,000, 8,400/s, 1 min 15 s so far"),
        (120_000, 300_000, 8_400.0, "120,000 of 300,000 (40 %), 8,400/s, 21 s left"),
        (300_000, 300_000, 8_400.0, "300,000 of 300,000 (100 %), 8,400/s, 0 s left"),
    ],
)
def test_figures_say_what_is_known(done: int, of: int, speed: float, figures: str) -> None:
    assert figures_of(done, of, speed, 75.0) == figures


def test_a_terminal_has_one_line_that_is_drawn_over_and_goes_at_the_end() -> None:
    console, file = terminal()
    board = Line(console)
    walk = Walk(board)
    walk.go("Reading rows", 500)
    walk.go("Reading rows", 1_500)
    walk.go("Comparing rows", 0, 3_000)
    walk.go("Comparing rows", 1_000, 3_000)
    board.wipe()
    first, *drawn, last = written(file).split(BLANK)
    assert (first, last) == ("", "")
    assert [line[2:].replace("━", "").replace("╸", "").strip() for line in drawn] == [
        "Reading rows  500, 0/s, 0 s so far",
        "Reading rows  1,500, 1,000/s, 1 s so far",
        "Comparing rows  0 s so far",
        "Comparing rows  1,000 of 3,000 (33 %), 1,000/s, 2 s left",
    ]
    assert "\n" not in written(file)


def test_work_that_is_soon_done_draws_nothing() -> None:
    console, file = terminal()
    board = Line(console)
    Walk(board).go("Reading rows", 500, seconds=FIRST_S - 0.1)
    board.wipe()
    assert written(file) == ""


@pytest.mark.parametrize("width", [1, 10, 40])
def test_the_line_leaves_room_for_what_the_terminal_writes(width: int) -> None:
    console, file = terminal(width)
    Walk(Line(console)).go("Comparing rows", 1_000, 3_000)
    assert len(written(file).removeprefix(BLANK)) <= max(1, width - len("^C"))


def test_a_terminal_without_unicode_gets_none() -> None:
    console, file = terminal(encoding="ascii")
    Walk(Line(console)).go("Comparing rows", 1_000, 3_000)
    assert "\\u" not in written(file)


def test_speed_is_that_of_the_stage_and_of_a_pass_that_begins_anew() -> None:
    console, file = terminal()
    walk = Walk(Line(console))
    for done, doing in ((900, "Reading"), (1_800, "Reading"), (10, "Reading"), (40, "Reading"), (45, "Writing")):
        walk.go(doing, done)
    walk.go("Writing", 52)
    *_, again, _, last = written(file).split(BLANK)
    assert again.endswith("40, 30/s, 1 s so far")
    assert last.endswith("52, 7.0/s, 1 s so far")


def test_words_on_stdout_stand_alone(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    console, file = terminal()
    walk = Walk(Line(console))
    walk.go("Filtering rows", 10)
    with walk.strides.aside():
        assert not written(file).endswith(BLANK), "stdout goes elsewhere: the line may stay"
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    with walk.strides.aside():
        assert written(file).endswith(BLANK)
    with walk.strides.aside():
        assert not written(file).endswith(BLANK * 2)
    assert capsys.readouterr().out == ""


def test_elsewhere_a_line_is_said_now_and_then(capsys: pytest.CaptureFixture[str]) -> None:
    walk = Walk(Lines())
    for second in range(1, 26):
        walk.go("Comparing rows", second * 100, 10_000)
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.splitlines() == [
        "Comparing rows: 1,000 of 10,000 (10 %), 100/s, 1 min 30 s left",
        "Comparing rows: 2,000 of 10,000 (20 %), 100/s, 1 min 20 s left",
    ]
    assert LINE_EVERY_S == 10


def test_short_work_says_nothing_and_its_error_goes_on(capsys: pytest.CaptureFixture[str]) -> None:
    def work() -> None:
        with strides() as watch:
            watch("Reading rows", 7, 0)
            raise ValueError("row 7")

    with pytest.raises(ValueError, match="row 7"):
        work()
    assert capsys.readouterr() == ("", "")


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal is made by openpty")
@pytest.mark.parametrize(("sent", "code", "end"), [("", 0, "100 %"), ("{", 1, "Hint: ")])
def test_what_comes_after_the_line_has_the_terminal_to_itself(
    spec: Path, tmp_path: Path, sent: str, code: int, end: str
) -> None:
    """A pipe that is slow to send makes the work last."""
    row = '{"question": "Where can I find my lost umbrella?", "answer": "At the ferry office."}\n'
    leader, follower = os.openpty()
    environ = {**os.environ, "TERM": "xterm", "COLUMNS": "80"}
    args = ["filter", "-", "--spec", str(spec), "--only", "leak", "--out", str(tmp_path / "out.jsonl")]
    with subprocess.Popen(
        [sys.executable, "-m", "synthgen", *args],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=follower, text=True, env=environ,
    ) as work:  # fmt: skip
        os.close(follower)
        shown = b""
        while b"Opening files" not in shown and (more := os.read(leader, 4096)):
            shown += more
        assert work.stdin is not None
        work.stdin.write(row + sent)
        work.stdin.close()
        with contextlib.suppress(OSError):  # the other end is closed
            while more := os.read(leader, 4096):
                shown += more
        assert work.stdout is not None
        out = work.stdout.read()
    os.close(leader)
    drawn, _, after = shown.decode().rpartition(BLANK)
    assert work.returncode == code
    assert out == ("" if code else f"{tmp_path / 'out.jsonl'}\n")
    assert drawn.startswith(BLANK)
    assert "\n" not in drawn
    assert end in after
    assert "Opening" not in after
