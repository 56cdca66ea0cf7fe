"""How far work on many rows has come: one line that is drawn anew in a terminal, a line now and then elsewhere."""

from __future__ import annotations

import contextlib
import sys
import threading
import time
from collections.abc import Callable, Iterator
from typing import Protocol

from rich.console import Console
from rich.control import Control
from rich.progress_bar import ProgressBar
from rich.segment import ControlType
from rich.spinner import Spinner
from rich.text import Text

from synthgen.cli.pace import LINE_EVERY_S, Window
from synthgen.cli.talk import say
from synthgen.report.figures import duration, rate, share

# Work that is done sooner is not talked of.
FIRST_S = 1.0
DRAWN_EVERY_S = 0.25
BAR_WIDTH = 24
# At the end of the line, where the terminal writes its ^C.
_ROOM = 4
_BLANK = Control(ControlType.CARRIAGE_RETURN, (ControlType.ERASE_IN_LINE, 2))


class Board(Protocol):
    """Where it is shown how far the work has come."""

    def show(self, seconds: float, doing: str, figures: str, done: int, of: int) -> None:
        """Show what is being done and its figures, `seconds` after the beginning."""

    def wipe(self) -> None:
        """Leave nothing behind that is still to change."""


class Strides:
    """Counts rows for whoever works on them, and shows from time to time how many there are.

    To be told costs the work next to nothing: a thread of its own looks at the count, so that the line moves also
    while a single row takes long.
    """

    def __init__(self, board: Board, clock: Callable[[], float] = time.monotonic) -> None:
        self._board = board
        self._clock = clock
        self._began = clock()
        self._lock = threading.Lock()
        self._now = ("Opening files", 0, 0)
        self._stage = ""
        self._stage_began, self._before, self._window = 0.0, 0, Window()

    def __call__(self, doing: str, done: int, of: int) -> None:
        self._now = doing, done, of

    def look(self) -> None:
        """Show how far the work has come by now."""
        doing, done, of = self._now
        seconds = self._clock() - self._began
        if doing != self._stage or done < self._before:
            self._stage, self._stage_began, self._window = doing, seconds, Window()
        self._before = done
        (speed,) = self._window.rates(seconds, done)
        figures = figures_of(done, of, speed, seconds - self._stage_began)
        with self._lock:
            self._board.show(seconds, doing, figures, done, of)

    @contextlib.contextmanager
    def aside(self) -> Iterator[None]:
        """Have the terminal to oneself, for words that go to stdout."""
        with self._lock:
            if sys.stdout.isatty():
                self._board.wipe()
            yield


@contextlib.contextmanager
def strides() -> Iterator[Strides]:
    """Show on stderr how far work has come while the block lasts, and yield who is to be told."""
    console = Console(stderr=True, markup=False, emoji=False, highlight=False)
    # A console takes a file for a terminal where the environment asks for colours.
    is_terminal = sys.stderr.isatty() and console.is_terminal and not console.is_dumb_terminal
    board: Board = Line(console) if is_terminal else Lines()
    made, over = Strides(board), threading.Event()

    def looking() -> None:
        while not over.wait(DRAWN_EVERY_S):
            made.look()

    thread = threading.Thread(target=looking, name="strides", daemon=True)
    thread.start()
    try:
        yield made
    finally:
        over.set()
        thread.join()
        board.wipe()


class Line:
    """A line of a terminal, drawn over and over."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._spinner = Spinner("line" if console.options.ascii_only else "dots")
        self._is_drawn = False

    def show(self, seconds: float, doing: str, figures: str, done: int, of: int) -> None:
        if seconds < FIRST_S:
            return
        with contextlib.suppress(OSError), self._console as screen:  # nobody has to look
            screen.control(_BLANK)
            self._is_drawn = True
            screen.print(self._drawn(seconds, doing, figures, done, of), end="", soft_wrap=True)

    def wipe(self) -> None:
        if self._is_drawn:
            self._is_drawn = False
            with contextlib.suppress(OSError):
                self._console.control(_BLANK)

    def _drawn(self, seconds: float, doing: str, figures: str, done: int, of: int) -> Text:
        spinner = self._spinner.render(seconds)
        line = Text.assemble(spinner if isinstance(spinner, Text) else "", " ", doing, " ")
        if of:
            bar = ProgressBar(total=of, completed=done, width=BAR_WIDTH)
            for segment in self._console.render(bar):
                line.append(segment.text, segment.style)
        line.append(f" {figures}")
        line.truncate(max(1, self._console.width - _ROOM), overflow="ellipsis")
        return line


class Lines:
    """A line every `LINE_EVERY_S` seconds."""

    def __init__(self) -> None:
        self._next = LINE_EVERY_S

    def show(self, seconds: float, doing: str, figures: str, done: int, of: int) -> None:
        if seconds >= self._next:
            self._next = seconds + LINE_EVERY_S
            say(f"{doing}: {figures}")

    def wipe(self) -> None:
        """A line that is said stays."""


def figures_of(done: int, of: int, speed: float, seconds: float) -> str:
    """Return how many rows are done at which speed and, where it is known of how many, the share and the time left."""
    counted = f"{done:,} of {of:,} ({share(done, of)})" if of else f"{done:,}"
    figures = [counted, f"{rate(speed)}/s"] if done else []
    figures.append(f"{duration((of - done) / speed)} left" if of and speed else f"{duration(seconds)} so far")
    return ", ".join(figures)
