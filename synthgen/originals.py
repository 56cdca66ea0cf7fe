"""What recipes share that work on rows of another run or file: the rows are taken in, then each goes through a step."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, asynccontextmanager, closing, contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from synthgen.backends.models import SCRIPTED
from synthgen.calls import Backend, Reply, Request
from synthgen.engine.caller import Caller
from synthgen.engine.examiner import Examiner
from synthgen.engine.exemplars import Exemplars
from synthgen.engine.leaving import keep_here, rows_from
from synthgen.engine.note_source import OriginalSeats, OriginalSource, languages_of
from synthgen.engine.origin import no_rows
from synthgen.engine.run import Engine
from synthgen.engine.screen import Screen
from synthgen.engine.session import Session
from synthgen.engine.sides import caller_for, is_plain_model, open_model
from synthgen.engine.survey import Watch
from synthgen.errors import RunError
from synthgen.files import private_files
from synthgen.formats.pipes import readable_again
from synthgen.formats.private import private_among, private_in_notes
from synthgen.formats.rows import read_records
from synthgen.formats.sources import LEDGER, Source, source_of
from synthgen.prompts import Prompts
from synthgen.recipes import budget_for, error_of, status_of, tally_of
from synthgen.records import Cell
from synthgen.settings import Settings
from synthgen.spec import Spec
from synthgen.steps.step import Step
from synthgen.store.ledger import Ledger
from synthgen.store.original_book import OriginalBook
from synthgen.store.private import private_origin

# Rows committed together while they are taken in.
TAKEN_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Originals:
    """The rows that a run works on, and what they were made from that is private, "" for nothing of the kind.

    `source` is None where the run has taken them in already.
    """

    source: Source | None
    private: str

    def rows(self) -> Iterator[dict[str, Any]]:
        """Yield them, one in memory at a time. Raises FileError or MissingExtraError."""
        if self.source is not None:
            for record in read_records(self.source):
                yield record.row


@contextmanager
def opened_originals(folder: Path, origin: str | Path) -> Iterator[Originals]:
    """Have the rows of a file or a run, for a run in a folder; if they are private, so is every file made within.

    What comes through a pipe is held as long as the block lasts, so that nothing is written before it is known what it
    is. Rows that the run has taken in already are not read again: its ledger tells of them. Raises FileError, RunError,
    MissingExtraError or DiskError.
    """
    with ExitStack() as held:
        private, source = _taken(folder), None
        if private is None:
            source = held.enter_context(readable_again(source_of(origin)))
            private = private_origin(source)
        held.enter_context(private_files(bool(private)))
        yield Originals(source, private)


def _taken(folder: Path) -> str | None:
    """Return what the rows that a run has taken in were made from, None for a run that has not got so far."""
    if not (folder / LEDGER).exists():
        return None
    with closing(Ledger(folder, write=False)) as ledger:
        meta = ledger.meta()
    return private_in_notes(meta) if meta.get("taken") else None


def is_finished(folder: Path) -> bool:
    """Return whether the run in a folder has taken its rows in and is done with every one of them. Raises RunError."""
    if not (folder / LEDGER).exists():
        return False
    with closing(Ledger(folder, write=False)) as ledger:
        return bool(ledger.meta().get("taken")) and _seats(ledger).is_full


@dataclass(slots=True, eq=False)
class _Unopened:
    """Stands in for a model that has nothing left to answer, so that neither its key nor its file is needed."""

    name: str
    plain: bool
    slots: int = 1
    fake: bool = False
    local: bool = True

    async def complete(self, request: Request) -> Reply:
        """Raises RunError: a finished run asks for nothing."""
        raise RunError(f"{self.name}: was asked by a run that is finished.", hint="report this fault.")

    async def aclose(self) -> None:
        """Nothing is held open."""


@asynccontextmanager
async def speaking(
    wanted: Sequence[tuple[Settings, str]],
    backends: Sequence[Backend],
    *,
    private: str,
    allow_remote: bool,
    finished: bool,
) -> AsyncIterator[list[Backend]]:
    """Have the models wanted, each named with the settings that it is opened by; all are closed at the end.

    The first are the `backends`, as far as they go; one that is wanted twice is opened once, and for a run that is
    `finished` none is. Raises UsageError where rows that were made from something `private` would be sent elsewhere,
    or as `open_model`.
    """
    models = list(backends)
    opened: dict[tuple[str | None, str], Backend] = {}
    try:
        for settings, name in wanted[len(models) :]:
            key = settings.base_url, name
            opened[key] = opened.get(key) or _model(settings, name, finished)
            models.append(opened[key])
        if private and not allow_remote:
            keep_here(models, rows_from(private))
        yield models
    finally:
        for model in dict.fromkeys(models):
            await model.aclose()


def _model(settings: Settings, name: str, finished: bool) -> Backend:
    if not finished:
        return open_model(settings, name)
    return _Unopened(name, is_plain_model(settings, name) and name.partition(":")[0] != SCRIPTED)


async def taken_in(
    session: Session,
    named: str | Path,
    rows: Iterable[Mapping[str, Any]],
    models: Sequence[Backend],
    *,
    private: str,
    allow_remote: bool,
) -> OriginalBook:
    """Return the book of a run with all rows in it, which come from what is `named` so.

    What an earlier process took in before it was stopped is taken in anew. Raises FileError where there are no rows, or
    UsageError where rows made from something private, as all are of a `private` origin, would be sent elsewhere.
    """
    book = OriginalBook(session.ledger)
    if not session.meta.get("taken"):
        said = await _put_all(named, rows, book)
        await session.ledger.note(taken=True, private=private or said)
    if not allow_remote and (noted := private_in_notes(session.ledger.meta())):
        keep_here(models, rows_from(noted))
    await session.plan(targets_of(session.ledger, book.count()))
    return book


async def worked_through(
    session: Session,
    settings: Settings,
    spec: Spec,
    steps: Sequence[Step],
    models: Mapping[str, Backend],
    prompts: Prompts,
    watch: Watch | None,
) -> tuple[str, Exception | None, bool]:
    """Take every row through steps whose calls go to `models` by their purpose.

    Returns the run's status, what stopped it, and whether it was finished before.
    """
    ledger = session.ledger
    book = OriginalBook(ledger)
    seats = _seats(ledger)
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
        source=OriginalSource(book, steps[0].purpose, languages_of(session.meta["templates"])),
        steps=steps,
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


def _seats(ledger: Ledger) -> OriginalSeats:
    """Return the seats of a run's rows, those that are done taken."""
    seats = OriginalSeats(OriginalBook(ledger).count())
    seats.restore(state for _, state in ledger.slots())
    return seats


async def _put_all(named: str | Path, rows: Iterable[Mapping[str, Any]], book: OriginalBook) -> str:
    """Put all rows into the book, and return what any was made from that is private."""
    await book.clear()
    private, first, waiting = "", 1, iter(rows)
    while batch := list(islice(waiting, TAKEN_AT_ONCE)):
        private = private or private_among(batch)
        await book.put(first, batch)
        first += len(batch)
    if first == 1:
        raise no_rows(named)
    return private
