"""`synthgen why`: where a row came from, or why it was dropped."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import click

from synthgen.cli.shelf import find_run
from synthgen.cli.trace import calls_lines, filter_lines, page_lines, row_lines
from synthgen.engine.page_job import RECIPE as PAGES_RECIPE
from synthgen.engine.page_source import page_number
from synthgen.errors import RunError, UsageError
from synthgen.store.ledger import Ledger
from synthgen.store.page_book import PageBook


@click.command()
@click.argument("row")
@click.option("--run", "folder", metavar="RUN", help="The run's folder, id or the beginning of its folder's name.")
@click.option("-v", "--verbose", is_flag=True, help="Show whole prompts and answers.")
def why(row: str, folder: str | None, verbose: bool) -> None:
    """Tell where a row came from: its calls, models, prompts and filters, or why it was dropped.

    ROW is the id in a dataset, RUN-NUMBER; with --run the number alone will do. Rows that were dropped or
    surplus can be asked for as well.
    """
    run, _, digits = row.rpartition("-")
    if not digits.isdecimal() or not (run or folder):
        raise UsageError(f"{row}: not a row's id.", hint="give RUN-NUMBER as in the dataset, or a number and --run.")
    where = find_run(folder or run)
    click.echo("\n".join(story(where, run, int(digits), verbose)))


def story(folder: Path, run: str, number: int, verbose: bool) -> list[str]:
    """Return the lines that tell a row. Raises RunError when the run has no such row."""
    with closing(Ledger(folder, write=False)) as ledger:
        if run and folder.name != run and ledger.run != run:
            raise RunError(
                f"{folder}: is run {ledger.run}, not {run}.", hint="leave --run out, or give the number alone."
            )
        if (row := ledger.row(number)) is None:
            rows = ledger.next_number() - 1
            raise RunError(f"{folder}: has no row {number}.", hint=f"its rows so far are numbered up to {rows}.")
        meta = ledger.meta()
        if meta.get("recipe") == PAGES_RECIPE:
            row = replace(row, page=PageBook(ledger).page(page_number(row.slot)))
        calls = list(ledger.calls(number))
        plain = any(".plain." in call["template"] for call in calls)
        return [
            *row_lines(row),
            *page_lines(row, verbose),
            *filter_lines(row, meta, plain),
            *calls_lines(calls, verbose),
        ]
