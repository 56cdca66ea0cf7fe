"""What recipes share that work on rows of another run or file: the rows are taken in, then each goes through a step."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from itertools import islice
from pathlib import Path

from synthgen.calls import Backend
from synthgen.engine.caller import Caller
from synthgen.engine.examiner import Examiner
from synthgen.engine.exemplars import Exemplars
from synthgen.engine.leaving import is_from_transcript, is_private, keep_here
from synthgen.engine.note_source import OriginalSeats, OriginalSource
from synthgen.engine.origin import no_rows
from synthgen.engine.run import Engine
from synthgen.engine.screen import Screen
from synthgen.engine.session import Session
from synthgen.engine.sides import caller_for, open_model
from synthgen.engine.survey import Watch
from synthgen.formats.rows import read_rows
from synthgen.prompts import Prompts
from synthgen.recipes import budget_for, error_of, status_of, tally_of
from synthgen.records import Cell
from synthgen.settings import Settings
from synthgen.spec import Spec
from synthgen.steps.step import Step
from synthgen.store.ledger import Ledger
from synthgen.store.original_book import OriginalBook

# Rows committed together while they are taken in.
TAKEN_AT_ONCE = 500
PRIVATE = "rows made from transcripts"


@asynccontextmanager
async def speaking(
    settings: Settings, purposes: Sequence[str], backends: Sequence[Backend], origin: Path, allow_remote: bool
) -> AsyncIterator[list[Backend]]:
    """Have a model for each purpose: the `backends` as far as they go, then what the settings name; closed at the end.

    Raises UsageError where rows of a run made from transcripts would be sent elsewhere, or as `open_model`.
    """
    models = list(backends)
    try:
        for purpose in purposes[len(models) :]:
            models.append(open_model(settings, settings.model_of(purpose)))
        if not allow_remote and is_private(origin):
            keep_here(models, PRIVATE)
        yield models
    finally:
        for model in models:
            await model.aclose()


async def taken_in(session: Session, origin: Path, models: Sequence[Backend], allow_remote: bool) -> OriginalBook:
    """Return the book of a run with all rows of a file or run in it.

    What an earlier process took in before it was stopped is taken in anew. Raises FileError, or UsageError where rows
    made from transcripts would be sent elsewhere.
    """
    book = OriginalBook(session.ledger)
    if not session.meta.get("taken"):
        await session.ledger.note(taken=True, private=await _put_all(origin, book))
    if not allow_remote and session.ledger.meta().get("private"):
        keep_here(models, PRIVATE)
    await session.plan(targets_of(session.ledger, book.count()))
    return book


async def worked_through(
    session: Session,
    settings: Settings,
    spec: Spec,
    step: Step,
    models: Mapping[str, Backend],
    prompts: Prompts,
    watch: Watch | None,
) -> tuple[str, Exception | None, bool]:
    """Take every row through a step whose calls go to `models` by their purpose.

    Returns the run's status, what stopped it, and whether it was finished before.
    """
    ledger = session.ledger
    book = OriginalBook(ledger)
    seats = OriginalSeats(book.count())
    seats.restore(state for _, state in ledger.slots())
    if seats.is_full:
        return "done", None, True
    budget, prices = budget_for(settings, session)
    callers: dict[str, Caller] = {}
    for purpose, model in models.items():
        known = (caller for caller in callers.values() if caller.backend is model)
        callers[purpose] = next(known, None) or caller_for(settings, model, budget)
    examiner = Examiner(spec, {})
    engine = Engine(
        ledger=ledger,
        source=OriginalSource(book, step.purpose),
        steps=[step],
        quota=seats,
        screen=Screen(spec, examiner, None, ledger),
        examining=examiner,
        exemplars=Exemplars(spec, 0),
        callers=callers,
        prompts=prompts,
        prices=prices,
        repairs=0,
        tally=tally_of(session),
    )
    error = await error_of(engine, watch)
    return status_of(seats.is_full, engine, error), error, False


def targets_of(ledger: Ledger, wanted: int) -> dict[Cell, int]:
    """Return how many rows of each cell are wanted: all that there are, and those not done by themselves."""
    done = dict(ledger.accepted_by_cell())
    lacking = wanted - sum(done.values())
    return done | ({Cell("not done", ""): lacking} if lacking else {})


async def _put_all(origin: Path, book: OriginalBook) -> bool:
    """Put all rows into the book, and return whether any was made from a transcript."""
    await book.clear()
    private = is_private(origin)
    rows = (row for _, row in read_rows(origin))
    first = 1
    while batch := list(islice(rows, TAKEN_AT_ONCE)):
        private = private or any(map(is_from_transcript, batch))
        await book.put(first, batch)
        first += len(batch)
    if first == 1:
        raise no_rows(origin)
    return private
