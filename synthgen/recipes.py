"""The recipes: a source of rows, the steps done to each, the filters that may stop it, over a ledger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from synthgen.calls import Backend, Usage
from synthgen.engine.budget import Budget, Prices
from synthgen.engine.examiner_process import examining
from synthgen.engine.givens import source_of
from synthgen.engine.job import RECIPE, Job, prepare
from synthgen.engine.leaving import keep_here, rows_from
from synthgen.engine.loop import blocking, stopped_by_signals
from synthgen.engine.meanings import Meanings
from synthgen.engine.parts import Parts, parts_of, plain_stages, purposes_of, seats_of
from synthgen.engine.run import Engine
from synthgen.engine.screen import Screen
from synthgen.engine.session import Session, standing
from synthgen.engine.sides import callers_for, is_plain, open_backends, open_meanings, sides_of, styles_for
from synthgen.engine.survey import Watch
from synthgen.engine.tally import Tally
from synthgen.errors import BudgetError
from synthgen.files import private_files
from synthgen.filters import build_ceilings
from synthgen.formats.private import REPORTS
from synthgen.formats.sources import DATASET
from synthgen.records import UNDER_WAY, State
from synthgen.report.estimate import USUAL_YIELD, Estimate, estimate_run
from synthgen.report.summary import Summary, summarize_ledger
from synthgen.settings import Settings, making


@dataclass(frozen=True, slots=True)
class Result:
    """Where a run's files are, and its figures. `error` is what stopped it early, if anything did."""

    folder: Path
    dataset: Path
    summary: Summary
    was_finished: bool = False
    error: Exception | None = None


def generate(
    settings: Settings,
    out: Path | None = None,
    *,
    backend: Backend | None = None,
    watch: Watch | None = None,
    accept_changes: bool = False,
    allow_remote: bool = False,
) -> Result:
    """Make pairs or conversations by topic quota, or go on with the run in `out`.

    `backend` speaks for both sides in place of the models that the settings name; it is closed at the end.
    Case reports, and rows made from them or from transcripts, are sent to a model elsewhere only with `allow_remote`.
    `watch` is called a few times a second with the figures so far. Raises a SynthgenError for what can be
    told before the work begins; what stops a run later is in the result.
    """
    if backend is not None:
        settings = replace(settings, model=backend.name, query_model=None, reply_model=None)
        settings = replace(settings, plain=True) if backend.plain else settings
    job = prepare(settings, out)
    return generate_job(job, backend=backend, watch=watch, accept_changes=accept_changes, allow_remote=allow_remote)


def generate_job(
    job: Job,
    *,
    backend: Backend | None = None,
    watch: Watch | None = None,
    accept_changes: bool = False,
    allow_remote: bool = False,
) -> Result:
    """Do as `generate` does for settings that are prepared already."""
    private = job.givens.private if job.givens is not None else ""
    with private_files(bool(private)):
        return blocking(_generate(job, backend, watch, accept_changes, allow_remote, private))


def estimate(settings: Settings, out: Path | None = None) -> Estimate:
    """Return what `generate` would ask of its models for the rows that are lacking. Opens, makes and sends nothing.

    Raises UsageError, SpecError, TemplateError or RunError.
    """
    return estimate_job(prepare(settings, out))


def estimate_job(job: Job) -> Estimate:
    """Do as `estimate` does for settings that are prepared already."""
    settings = job.settings
    parts = parts_of(job, styles_for(settings, {side: is_plain(settings, side) for side in sides_of(settings)}))
    totals, slots = standing(job.folder, settings, job.plan_hash)
    seats = seats_of(job, totals)
    seats.restore(iter(slots))
    return estimate_run(
        seats.shortfall(),
        parts.samples(seats),
        kept_share=USUAL_YIELD,
        cost=prices_of(settings).cost,
    )


async def _generate(
    job: Job, backend: Backend | None, watch: Watch | None, accept_changes: bool, allow_remote: bool, private: str
) -> Result:
    settings = job.settings
    backends = dict.fromkeys(sides_of(settings), backend) if backend is not None else open_backends(settings)
    meanings: Meanings | None = None
    try:
        meanings = open_meanings(settings)
        if private and not allow_remote:
            what = REPORTS if settings.mode == "memo" else rows_from(private)
            keep_here([*backends.values(), *filter(None, [meanings])], what)
        styles = styles_for(settings, {side: model.plain for side, model in backends.items()})
        parts, spec = parts_of(job, styles), job.spec
        session = Session(job.folder)
        try:
            fakes = [model.name for model in backends.values() if model.fake]
            totals = await begun(session, job, parts, fakes=fakes, accept_changes=accept_changes)
            ledger, seats = session.ledger, seats_of(job, totals)
            if private:
                await ledger.note(private=private)
            await session.plan({cell: wanted for cell, _, wanted in seats.progress()})
            seats.restore(ledger.slots())
            is_settled = next(ledger.rows(*UNDER_WAY), None) is None
            told = partial(source_of, job.settings.mode, job.givens)
            if seats.is_full and is_settled:
                return Result(job.folder, job.folder / DATASET, await session.finish("done", told), was_finished=True)

            ceilings = build_ceilings(spec, styles["reply"].plain)
            screen = Screen(spec, parts.examiner, ceilings, ledger, meanings, settings.seed or 0)
            screen.restore(ledger.rows(*UNDER_WAY, State.ACCEPTED))
            await screen.restore_meanings(ledger.rows(*UNDER_WAY, State.ACCEPTED))
            for row in ledger.rows(State.ACCEPTED):
                parts.exemplars.add(row)
            budget, prices = budget_for(settings, session)
            by_side = callers_for(settings, backends, budget)
            callers = {purpose: by_side[job.side_of(purpose)] for purpose in purposes_of(settings)}
            async with examining(parts.examiner, spec, plain_stages(styles), callers.values()) as examiners:
                engine = Engine(
                    ledger=ledger,
                    source=parts.source_of(seats),
                    steps=parts.steps,
                    quota=seats,
                    screen=screen,
                    examining=examiners,
                    exemplars=parts.exemplars,
                    callers=callers,
                    prompts=parts.prompts,
                    prices=prices,
                    repairs=parts.repairs,
                    tally=tally_of(session),
                )
                error = await error_of(engine, watch)
            summary = await session.finish(status_of(seats.is_full, engine, error), told)
            return Result(job.folder, job.folder / DATASET, summary, error=error)
        finally:
            session.close()
    finally:
        for model in set(backends.values()):
            await model.aclose()
        if meanings is not None:
            await meanings.aclose()


async def error_of(engine: Engine, watch: Watch | None) -> Exception | None:
    """Run an engine to its end and return what stopped it, if anything did."""
    with stopped_by_signals(engine):
        try:
            await engine.run(watch)
        except Exception as error:
            return error
    return None


async def begun(session: Session, job: Job, parts: Parts, *, fakes: Sequence[str], accept_changes: bool) -> list[int]:
    """Note what a run is made by, and return its totals. Raises as the session's `begin` does."""
    settings, spec = job.settings, job.spec
    totals = session.totals(settings, job.plan_hash)
    await session.begin(
        settings,
        recipe=RECIPE,
        totals=totals,
        spec={"name": spec.name, "hash": spec.hash, "plan": job.plan_hash},
        content=spec.model_dump(mode="json"),
        making=making(settings),
        templates={name: parts.prompts.hash(name) for name in parts.templates},
        fakes=fakes,
        accept_changes=accept_changes,
    )
    return totals


def prices_of(settings: Settings) -> Prices:
    """Return the prices that the user said, 0 for what was not said."""
    return Prices(settings.price_in or 0.0, settings.price_out or 0.0)


def budget_for(settings: Settings, session: Session) -> tuple[Budget, Prices]:
    """Return the budget, with what earlier processes spent, and the prices."""
    prices = prices_of(settings)
    budget = Budget(prices, settings.max_tokens_total, settings.max_cost)
    spent = session.ledger.spent()
    budget.spend(Usage(spent.prompt_tokens, spent.completion_tokens), spent.cost)
    return budget, prices


def tally_of(session: Session) -> Tally:
    """Return the figures that an earlier process left."""
    summary = summarize_ledger(session.ledger)
    tally = Tally(
        wanted=summary.wanted,
        accepted=summary.accepted,
        surplus=summary.surplus,
        calls=summary.calls,
        prompt_tokens=summary.prompt_tokens,
        completion_tokens=summary.completion_tokens,
        cost=summary.cost,
        seconds=session.seconds,
    )
    tally.dropped.update(session.ledger.drops())
    return tally


def status_of(is_full: bool, engine: Engine, error: Exception | None) -> str:
    """Return how a run ended, in a word."""
    if is_full:
        return "done"
    if isinstance(error, BudgetError):
        return "budget"
    if error is not None:
        return "error"
    return "interrupted" if engine.tally.stopping else "shortfall"
