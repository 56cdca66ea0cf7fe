"""Progress on stderr: a panel that is drawn anew in a terminal, a line every few seconds elsewhere."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Iterator

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from synthgen.cli.pace import LINE_EVERY_S, Pace, Speed
from synthgen.cli.talk import say
from synthgen.engine.survey import Watch
from synthgen.engine.tally import Tally
from synthgen.report.figures import duration, money, rate, share

# Reasons and topics shown at once: the panel stays a few lines high.
MOST_REASONS = 3
MOST_REASONS_VERBOSE = 12
BAR_WIDTH = 40
STOPPING = {
    "interrupted": "Stopping",
    "budget": "The budget is used up",
    "error": "Stopping on an error",
}


@contextlib.contextmanager
def progress(*, quiet: bool, verbose: bool) -> Iterator[Watch | None]:
    """Show a run's figures while the block lasts, and yield who is to be told them."""
    console = Console(stderr=True, markup=False, emoji=False, highlight=False)
    if quiet:
        yield None
    elif console.is_terminal and not console.is_dumb_terminal:
        with Live(Text("Opening the model ..."), console=console, auto_refresh=False, transient=True) as live:
            panel = Panel(verbose)
            yield lambda tally: live.update(panel.drawn(tally), refresh=True)
    else:
        yield Lines(verbose)


class Panel:
    """The figures of a run as a few lines for a terminal."""

    def __init__(self, verbose: bool) -> None:
        self._reasons = MOST_REASONS_VERBOSE if verbose else MOST_REASONS
        self._pace = Pace()

    def drawn(self, tally: Tally) -> RenderableType:
        """Return what to draw for the figures of now."""
        bar = Table.grid(padding=(0, 1))
        bar.add_row(
            ProgressBar(total=max(1, tally.wanted), completed=tally.accepted, width=BAR_WIDTH),
            Text(f"{tally.accepted:,} of {tally.wanted:,}"),
            Text(share(tally.accepted, tally.wanted), style="bold"),
        )
        speed = self._pace.speed(tally)
        figures = Table.grid(padding=(0, 1))
        figures.add_column(style="dim", no_wrap=True)
        figures.add_column()
        figures.add_row("accepted", bar)
        figures.add_row("speed", _speed(tally, speed))
        figures.add_row("calls", _calls(tally))
        if tally.dropped:
            figures.add_row("dropped", f"{tally.dropped.total():,}: {_reasons(tally.dropped, self._reasons)}")
        if tally.lagging and tally.accepted:
            figures.add_row("lagging", ", ".join(_lagging(tally)))
        parts: list[RenderableType] = [figures]
        if tally.stopping:
            parts.append(Text(_stopping(tally), style="yellow"))
        # The terminal writes its ^C on this line, where it cannot wrap and leave a line behind.
        return Group(*parts, Text())


class Lines:
    """The figures of a run as a line every `LINE_EVERY_S` seconds."""

    def __init__(self, verbose: bool) -> None:
        self._verbose = verbose
        self._pace = Pace()
        self._next: float | None = None
        self._dropped: Counter[tuple[str, str]] = Counter()
        self._stopping = ""

    def __call__(self, tally: Tally) -> None:
        speed = self._pace.speed(tally)
        if tally.stopping != self._stopping:
            self._stopping = tally.stopping
            say(_stopping(tally))
        if self._next is None:
            self._next = tally.seconds + LINE_EVERY_S
            self._dropped = tally.dropped.copy()
        if tally.seconds < self._next:
            return
        self._next = tally.seconds + LINE_EVERY_S
        line = f"{tally.accepted:,} of {tally.wanted:,} ({share(tally.accepted, tally.wanted)})"
        line += f", {tally.dropped.total():,} dropped; {_speed(tally, speed)}; {_calls(tally)}"
        if self._verbose and (new := tally.dropped - self._dropped):
            line += f"; newly dropped: {_reasons(new, MOST_REASONS_VERBOSE)}"
        self._dropped = tally.dropped.copy()
        say(line)


def _speed(tally: Tally, speed: Speed) -> str:
    left = "" if speed.left_s is None or tally.stopping else f", {duration(speed.left_s)} left"
    return f"{rate(speed.calls)} calls/s, {rate(speed.tokens)} tokens/s{left}"


def _calls(tally: Tally) -> str:
    parts = [f"{tally.in_flight:,} of {tally.concurrency:,} in flight", f"{tally.calls:,} done"]
    if tally.retries:
        parts.append(f"{tally.retries:,} retried")
    if tally.cost:
        parts.append(f"cost {money(tally.cost)}")
    return ", ".join(parts)


def _reasons(dropped: Counter[tuple[str, str]], most: int) -> str:
    named = [f"{stage} {reason} {count:,}" for (stage, reason), count in dropped.most_common(most)]
    rest = dropped.total() - sum(count for _, count in dropped.most_common(most))
    return ", ".join([*named, f"others {rest:,}"] if rest else named)


def _lagging(tally: Tally) -> Iterator[str]:
    for cell, kept, wanted in tally.lagging:
        yield f"{cell.told} {kept:,} of {wanted:,}"


def _stopping(tally: Tally) -> str:
    if not tally.in_flight:
        return f"{STOPPING[tally.stopping]}."
    calls = "1 call" if tally.in_flight == 1 else f"{tally.in_flight:,} calls"
    leave = "; Ctrl-C again to leave now" if tally.stopping == "interrupted" else ""
    return f"{STOPPING[tally.stopping]}: waiting for {calls}{leave}."
