"""The tables that commands print."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from synthgen.report.figures import duration, money, share
from synthgen.report.roles import MADE, listed
from synthgen.report.summary import Summary

# Cells of a shortfall shown at once; run.json has them all.
MOST_CELLS = 40
# The recipes that work on rows which they did not make.
ON_OTHERS = ("annotate", "judge", "evaluate")
# What is not a terminal has no width: wide enough that names stay whole for grep.
PIPE_WIDTH = 200


def console(*, err: bool) -> Console:
    """Return a console on stdout or stderr that takes no text for markup."""
    stream = sys.stderr if err else sys.stdout
    width = None if stream.isatty() else PIPE_WIDTH
    return Console(stderr=err, markup=False, emoji=False, highlight=False, width=width)


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    """Return a table; a column whose name starts with ">" is numbers, set to the right."""
    made = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for column in columns:
        numbers = column.startswith(">")
        made.add_column(column.lstrip(">"), justify="right" if numbers else "left", no_wrap=numbers, overflow="fold")
    for row in rows:
        made.add_row(*row)
    return made


def outcome_table(summary: Summary) -> Table:
    """Return what became of every row: kept, still in the making, dropped and for which reason."""
    everything = summary.accepted + summary.surplus + summary.pending + sum(summary.dropped.values())
    counts = [("accepted", f"of {summary.wanted:,} wanted", summary.accepted)]
    if summary.surplus:
        counts.append(("surplus", "good, but their place was taken", summary.surplus))
    if summary.pending:
        counts.append(("in the making", "gone on with by the next run", summary.pending))
    for name, count in summary.dropped.items():
        stage, _, reason = name.partition(".")
        counts.append((f"dropped {stage}", reason, count))
    return table(
        ["rows", "why", ">count", ">share"],
        [(state, why, f"{count:,}", share(count, everything)) for state, why, count in counts],
    )


def shortfall_table(summary: Summary) -> Table:
    """Return the cells that lack rows, the emptiest first."""
    lacking = sorted(summary.shortfall, key=lambda cell: summary.cells[cell][0] / summary.cells[cell][1])
    rows = []
    for cell in lacking[:MOST_CELLS]:
        kept, wanted = summary.cells[cell]
        rows.append((cell.told, f"{kept:,}", f"{wanted:,}", f"{wanted - kept:,}"))
    if len(lacking) > MOST_CELLS:
        rows.append((f"and {len(lacking) - MOST_CELLS:,} more, see run.json", "", "", ""))
    return table(["cell", ">accepted", ">wanted", ">lacking"], rows)


def used_line(summary: Summary) -> str:
    """Return calls, tokens, cost and time in a line."""
    parts = [
        f"{summary.calls:,} calls",
        f"{summary.prompt_tokens:,} tokens in",
        f"{summary.completion_tokens:,} tokens out",
    ]
    if summary.cost:
        parts.append(f"cost {money(summary.cost)}")
    return ", ".join([*parts, duration(summary.seconds)])


def makers_line(summary: Summary) -> str:
    """Return which models made the rows, which worked on them, and whether they are real ones."""
    if not summary.roles:
        return "without a model" if summary.status == "done" else "no model has answered yet"
    # Those who did several things are named once.
    alike = groupby(summary.roles, key=lambda role: (role.models, role.fakes))
    return ", ".join(_by_models([role.done for role in roles], *models) for models, roles in alike)


def _by_models(done: Sequence[str], models: Sequence[str], fakes: Sequence[str]) -> str:
    told = f"{listed(done, 'and')} by {', '.join(models)}"
    if not fakes:
        return told
    if len(fakes) < len(models):
        return f"{told} (fake: {listed(fakes, 'and')})"
    did = listed(["wrote" if each == MADE else each for each in done], "or")
    return f"{told} (fake: no real model {did} these rows)"


def outcome(summary: Summary, folder: Path, names: Sequence[str]) -> str:
    """Return a run's figures and its files, as they are shown on stderr."""
    screen = console(err=True)
    with screen.capture() as shown:
        screen.print(f"{summary.spec}: {summary.status}, {makers_line(summary)}", soft_wrap=True)
        screen.print(outcome_table(summary))
        if summary.shortfall and summary.status == "shortfall":
            screen.print(shortfall_table(summary))
        screen.print(used_line(summary), soft_wrap=True)
        for name in names:
            screen.print(f"wrote {folder / name}", soft_wrap=True)
    return shown.get()
