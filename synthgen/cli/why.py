"""`synthgen why`: where a row came from, or why it was dropped."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import click

from synthgen.cli.shelf import find_run
from synthgen.cli.trace import calls_lines, filter_lines, original_lines, page_lines, row_lines
from synthgen.engine.evaluation_job import RECIPE as EVALUATION_RECIPE
from synthgen.engine.judge_job import RECIPE as JUDGE_RECIPE
from synthgen.engine.note_job import RECIPE as NOTES_RECIPE
from synthgen.engine.page_job import RECIPE as PAGES_RECIPE
from synthgen.engine.page_source import page_number
from synthgen.errors import RunError, UsageError
from synthgen.formats.records import own_id
from synthgen.store.call_book import repairs_in
from synthgen.store.ledger import Ledger
from synthgen.store.original_book import OriginalBook
from synthgen.store.page_book import PageBook

WANTED = "give RUN-NUMBER as in the dataset, or a number and --run."


@click.command()
@click.argument("row")
@click.option("--run", "folder", metavar="RUN", help="The run's folder, id or the beginning of its folder's name.")
@click.option("-v", "--verbose", is_flag=True, help="Show whole prompts and answers.")
def why(row: str, folder: str | None, verbose: bool) -> None:
    """Tell where a row came from: its calls, models, prompts and filters, or why it was dropped.

    ROW is the id in a dataset, RUN-NUMBER; with --run the number alone will do, and of a run that works on rows of
    another, the id that a row brought with it. Rows that were dropped or surplus can be asked for as well.
    """
    run, _, digits = row.rpartition("-")
    if not folder and not (run and digits.isdecimal()):
        raise UsageError(f"{row}: not a row's id.", hint=WANTED)
    click.echo("\n".join(story(find_run(folder or run), row, verbose)))


def story(folder: Path, told: str, verbose: bool) -> list[str]:
    """Return the lines that tell a row. Raises UsageError for what is no id, RunError when the run has no such row."""
    with closing(Ledger(folder, write=False)) as ledger:
        meta = ledger.meta()
        if meta.get("recipe") in (NOTES_RECIPE, JUDGE_RECIPE, EVALUATION_RECIPE):
            worked_on = meta["settings"]["origin"] or meta["settings"]["questions"]
            return _story_of_original(ledger, folder, told, worked_on, verbose)
        number = _number(ledger, folder, told)
        if (row := ledger.row(number)) is None:
            rows = ledger.next_number() - 1
            raise RunError(f"{folder}: has no row {number}.", hint=f"its rows so far are numbered up to {rows}.")
        if meta.get("recipe") == PAGES_RECIPE:
            row = replace(row, page=PageBook(ledger).page(page_number(row.slot)))
        calls = list(ledger.calls(number))
        return [
            *row_lines(row, repairs_in(call["purpose"] for call in calls)),
            *page_lines(row, verbose),
            *filter_lines(row, meta),
            *calls_lines(calls, verbose),
        ]


def _story_of_original(ledger: Ledger, folder: Path, told: str, origin: str, verbose: bool) -> list[str]:
    """Return the lines that tell a row of another file or run, found by the id that it came with, else as any row."""
    book = OriginalBook(ledger)
    found = next((number for record, number in book.made() if own_id(record) == told), None)
    number = _number(ledger, folder, told) if found is None else found
    if (row := ledger.row(number)) is None:
        raise RunError(
            f"{folder}: nothing was made of a row {told} so far.", hint="its dataset has those that are done."
        )
    named = own_id(book.record(row.slot.seat))
    return [*original_lines(row, origin, named), *calls_lines(ledger.calls(number), verbose, answers=True)]


def _number(ledger: Ledger, folder: Path, told: str) -> int:
    """Return the number in a row's id of a run. Raises UsageError or RunError."""
    run, _, digits = told.rpartition("-")
    if not digits.isdecimal():
        raise UsageError(f"{told}: not a row's id.", hint=WANTED)
    if run and folder.name != run and ledger.run != run:
        raise RunError(f"{folder}: is run {ledger.run}, not {run}.", hint="leave --run out, or give the number alone.")
    return int(digits)
