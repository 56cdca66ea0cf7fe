"""The recipes: a source of rows, the steps done to each, the filters that may stop it, over a ledger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from synthgen.calls import Backend, Usage
from synthgen.catalog import load_spec, prompts_for, template_names
from synthgen.engine.budget import Budget, Prices
from synthgen.engine.examiner import Examiner
from synthgen.engine.examiner_process import examining
from synthgen.engine.exemplars import Exemplars
from synthgen.engine.loop import blocking, stopped_by_signals
from synthgen.engine.meanings import Meanings
from synthgen.engine.preview import sample_calls
from synthgen.engine.run import Engine, Watch
from synthgen.engine.screen import Screen
from synthgen.engine.session import DATASET, Session, new_folder, standing, stored_settings
from synthgen.engine.sides import SIDES, batch_size, callers_for, is_plain, open_backends, open_meanings, style_for
from synthgen.engine.sources import QuotaLoop
from synthgen.engine.tally import Tally
from synthgen.errors import BudgetError
from synthgen.filters import build_ceiling
from synthgen.hashing import json_hash
from synthgen.plan import Plan
from synthgen.prompts import Prompts
from synthgen.quota import Quota
from synthgen.records import UNDER_WAY, Stage, State
from synthgen.report.estimate import USUAL_YIELD, Estimate, estimate_run
from synthgen.report.summary import Summary, summarize_ledger
from synthgen.settings import DEFAULTS, Settings, checked, language_weights, making
from synthgen.spec import Spec
from synthgen.steps.query import Query
from synthgen.steps.reply import Reply
from synthgen.steps.style import Style

RECIPE = "generate"


@dataclass(frozen=True, slots=True)
class Result:
    """Where a run's files are, and its figures. `error` is what stopped it early, if anything did."""

    folder: Path
    dataset: Path
    summary: Summary
    was_finished: bool = False
    error: Exception | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """A run that is all prepared: what the user asked for, resolved and checked, before any model is opened."""

    settings: Settings
    folder: Path
    spec: Spec
    spec_path: Path


def prepare(settings: Settings, out: Path | None = None) -> Job:
    """Return the job for settings: what was not said comes from the run in `out`, else from the defaults.

    Raises UsageError, SpecError or RunError.
    """
    stored = stored_settings(out, RECIPE, Settings) if out is not None else None
    settings = checked(settings.over(stored or DEFAULTS).over(DEFAULTS))
    assert settings.topics is not None
    spec, path = load_spec(settings.topics)
    if settings.languages is not None:
        spec = spec.in_languages(language_weights(settings.languages))
    return Job(settings, out or new_folder(spec.name), spec, path)


def generate(
    settings: Settings,
    out: Path | None = None,
    *,
    backend: Backend | None = None,
    watch: Watch | None = None,
    accept_changes: bool = False,
) -> Result:
    """Make question-and-answer rows by topic quota, or go on with the run in `out`.

    `backend` speaks for both sides in place of the models that the settings name; it is closed at the end.
    `watch` is called a few times a second with the figures so far. Raises a SynthgenError for what can be
    told before the work begins; what stops a run later is in the result.
    """
    if backend is not None:
        settings = replace(settings, model=backend.name, query_model=None, reply_model=None)
    return generate_job(prepare(settings, out), backend=backend, watch=watch, accept_changes=accept_changes)


def generate_job(
    job: Job, *, backend: Backend | None = None, watch: Watch | None = None, accept_changes: bool = False
) -> Result:
    """Do as `generate` does for settings that are prepared already."""
    return blocking(_generate(job, backend, watch, accept_changes))


def estimate(settings: Settings, out: Path | None = None) -> Estimate:
    """Return what `generate` would ask of its models for the rows that are lacking. Opens, makes and sends nothing.

    Raises UsageError, SpecError, TemplateError or RunError.
    """
    return estimate_job(prepare(settings, out))


def estimate_job(job: Job) -> Estimate:
    """Do as `estimate` does for settings that are prepared already."""
    settings = job.settings
    parts = parts_of(job, {side: style_for(settings, side, is_plain(settings, side)) for side in SIDES})
    spec = parts.spec
    totals, slots = standing(job.folder, settings, plan_hash(spec))
    quota = Quota(Plan(spec, totals, settings.seed or 0), spec.drafts_per_row)
    quota.restore(slots)
    wanted = quota.shortfall()
    batch = batch_size(settings, spec, parts.query.style)
    return estimate_run(
        wanted,
        sample_calls(parts.query, parts.reply, quota, batch),
        batch_size=batch,
        kept_share=USUAL_YIELD,
        cost=Prices(settings.price_in or 0.0, settings.price_out or 0.0).cost,
    )


@dataclass(frozen=True, slots=True)
class Parts:
    """What the recipe is made of, apart from the run folder and the models."""

    spec: Spec
    prompts: Prompts
    examiner: Examiner
    exemplars: Exemplars
    query: Query
    reply: Reply


def parts_of(job: Job, styles: Mapping[Stage, Style]) -> Parts:
    """Return the parts for models asked in these styles. Raises TemplateError or SpecError, before any call."""
    plain, seed = styles["query"].plain, job.settings.seed or 0
    # The plain templates tell no facets, so rows made by them must claim none.
    spec = job.spec.without_facets() if plain else job.spec
    prompts = prompts_for(spec, job.spec_path, plain, styles["reply"].plain)
    exemplars = Exemplars(spec, seed, plain=plain)
    return Parts(
        spec,
        prompts,
        Examiner(spec, plain_sides(styles), str(job.spec_path)),
        exemplars,
        Query(spec, prompts, styles["query"], seed, exemplars.pick),
        Reply(spec, prompts, styles["reply"], seed),
    )


async def _generate(job: Job, backend: Backend | None, watch: Watch | None, accept_changes: bool) -> Result:
    settings = job.settings
    backends = dict.fromkeys(SIDES, backend) if backend is not None else open_backends(settings)
    meanings: Meanings | None = None
    try:
        meanings = open_meanings(settings)
        styles = {side: style_for(settings, side, model.plain) for side, model in backends.items()}
        parts = parts_of(job, styles)
        spec = parts.spec
        session = Session(job.folder)
        try:
            totals = session.totals(settings, plan_hash(spec))
            await session.begin(
                settings,
                recipe=RECIPE,
                totals=totals,
                spec={"name": spec.name, "hash": spec.hash, "plan": plan_hash(spec)},
                content=spec.model_dump(mode="json"),
                making=making(settings),
                templates=template_hashes(spec, parts.prompts, styles),
                fake=any(model.fake for model in backends.values()),
                accept_changes=accept_changes,
            )
            plan = Plan(spec, totals, settings.seed or 0)
            await session.plan(plan.targets)
            ledger = session.ledger
            quota = Quota(plan, spec.drafts_per_row)
            quota.restore(ledger.slots())
            is_settled = next(ledger.rows(*UNDER_WAY), None) is None
            if quota.is_full and is_settled:
                return Result(job.folder, job.folder / DATASET, await session.finish("done"), was_finished=True)

            screen = Screen(spec, parts.examiner, build_ceiling(spec, styles["reply"].plain), ledger, meanings)
            screen.restore(ledger.rows(*UNDER_WAY, State.ACCEPTED))
            await screen.restore_meanings(ledger.rows(State.REPLIED, State.ACCEPTED))
            for row in ledger.rows(State.ACCEPTED):
                parts.exemplars.add(row)
            budget, prices = budget_for(settings, session)
            callers = callers_for(settings, backends, budget)
            async with examining(parts.examiner, spec, plain_sides(styles), callers.values()) as examiners:
                engine = Engine(
                    ledger=ledger,
                    source=QuotaLoop(parts.query, quota, batch_size(settings, spec, parts.query.style)),
                    steps=[parts.query, parts.reply],
                    quota=quota,
                    screen=screen,
                    examining=examiners,
                    exemplars=parts.exemplars,
                    callers=callers,
                    prompts=parts.prompts,
                    prices=prices,
                    repairs=spec.repairs,
                    tally=tally_of(session),
                )
                error = await error_of(engine, watch)
            summary = await session.finish(status_of(quota, engine, error))
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


def plain_sides(styles: Mapping[Stage, Style]) -> dict[Stage, bool]:
    """Return of each side whether its model is asked by examples alone."""
    return {side: style.plain for side, style in styles.items()}


def plan_hash(spec: Spec) -> str:
    """Return the hash of what quotas depend on."""
    topics = [[topic.name, topic.weight, topic.facets] for topic in spec.topics]
    return json_hash([topics, spec.languages, spec.facets])


def template_hashes(spec: Spec, prompts: Prompts, styles: Mapping[Stage, Style]) -> dict[str, str]:
    """Return the hash of each template that a run uses."""
    return {
        name: prompts.hash(name)
        for language in spec.languages
        for name in template_names(spec, language, styles["query"].plain, styles["reply"].plain)
    }


def budget_for(settings: Settings, session: Session) -> tuple[Budget, Prices]:
    """Return the budget, with what earlier processes spent, and the prices."""
    prices = Prices(settings.price_in or 0.0, settings.price_out or 0.0)
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


def status_of(quota: Quota, engine: Engine, error: Exception | None) -> str:
    """Return how a run ended, in a word."""
    if quota.is_full:
        return "done"
    if isinstance(error, BudgetError):
        return "budget"
    if error is not None:
        return "error"
    return "interrupted" if engine.tally.stopping else "shortfall"
