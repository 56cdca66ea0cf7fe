"""The `summarize` recipe: pages of transcripts, a round of question and answer made of each, filters, over a ledger."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from synthgen.calls import Backend, Request, Tokenizer
from synthgen.catalog import prompts_for
from synthgen.engine.examiner import Examiner
from synthgen.engine.examiner_process import examining
from synthgen.engine.exemplars import Exemplars
from synthgen.engine.intake import Intake
from synthgen.engine.loop import blocking
from synthgen.engine.meanings import Meanings
from synthgen.engine.page_job import RECIPE, PageJob, cutter_of, prepare_pages
from synthgen.engine.page_plan import PagePlan, plan_of
from synthgen.engine.page_rules import copied_words, page_languages
from synthgen.engine.page_source import PageSeats, PageSource, page_number
from synthgen.engine.run import Engine
from synthgen.engine.screen import Screen
from synthgen.engine.session import Session
from synthgen.engine.sides import caller_for, is_plain, open_meanings, open_model, page_style
from synthgen.engine.survey import Watch
from synthgen.errors import UsageError
from synthgen.files import private_files
from synthgen.filters import build_ceilings
from synthgen.formats.sources import DATASET
from synthgen.prompts import Prompts, template_name
from synthgen.recipes import Result, budget_for, error_of, tally_of
from synthgen.records import UNDER_WAY, Page, Row, Slot, Stage, State
from synthgen.settings import PageSettings, making
from synthgen.spec import Spec
from synthgen.steps.summary import TEMPLATE, Summary
from synthgen.store.page_book import PageBook
from synthgen.text import estimate_tokens
from synthgen.transcripts.reading import read_transcripts

Tell = Callable[[str], None]

SIDES: tuple[Stage, ...] = ("query", "reply")


@dataclass(frozen=True, slots=True)
class PageResult:
    """What came of a run: `result` as of every recipe, how many transcripts and pages were read, and what was not.

    `told_by` is of how many transcripts the speakers' roles were told by what.
    """

    result: Result
    transcripts: int
    pages: int
    told_by: Mapping[str, int]
    unreadable: tuple[tuple[str, str], ...]


def summarize(
    settings: PageSettings,
    out: Path | None = None,
    *,
    backend: Backend | None = None,
    watch: Watch | None = None,
    accept_changes: bool = False,
    allow_remote: bool = False,
    tell: Tell = lambda line: None,
) -> PageResult:
    """Make question-and-answer rows of transcripts, or go on with the run in `out`.

    Personal data is taken out before any model sees a page. A model that is not on this machine is refused unless
    `allow_remote`. `backend` speaks in place of the model that the settings name; it is closed at the end. Raises a
    SynthgenError for what can be told before the work begins; what stops a run later is in the result.
    """
    if backend is not None:
        settings = replace(settings, model=backend.name)
    job = prepare_pages(settings, out)
    return summarize_job(
        job, backend=backend, watch=watch, accept_changes=accept_changes, allow_remote=allow_remote, tell=tell
    )


def summarize_job(
    job: PageJob,
    *,
    backend: Backend | None = None,
    watch: Watch | None = None,
    accept_changes: bool = False,
    allow_remote: bool = False,
    tell: Tell = lambda line: None,
) -> PageResult:
    """Do as `summarize` does for settings that are prepared already; `tell` is told what is sent elsewhere."""
    with private_files():
        return blocking(_summarize(job, backend, watch, tell, accept_changes=accept_changes, allow_remote=allow_remote))


def plan_pages(job: PageJob, *, deidentify: bool = True) -> PagePlan:
    """Return what `summarize` would make of a job's transcripts. Opens no model, writes and sends nothing.

    Without `deidentify` nothing is replaced and no call is written out, which is quicker.
    """
    plain = is_plain(job.settings, "query")
    prompts = _prompts(job, plain)
    cutter = cutter_of(job, page_languages(job.spec, prompts, plain))
    found = read_transcripts(job.sources)
    if not deidentify:
        return plan_of(found, replace(cutter, finders=()), job.language_of, None)

    def request_of(page: Page) -> Request:
        summary = _summary(job, prompts, plain, lambda slot: page)
        return summary.request(page, job.language_of(page.language), summary.rounds)[0]

    return plan_of(found, cutter, job.language_of, request_of)


async def _summarize(
    job: PageJob, backend: Backend | None, watch: Watch | None, tell: Tell, *, accept_changes: bool, allow_remote: bool
) -> PageResult:
    settings, spec = job.settings, job.spec
    model = backend or open_model(settings, settings.model_of("query"))
    meanings: Meanings | None = None
    try:
        meanings = open_meanings(settings)
        _keep_here(model, meanings, settings.base_url, tell, allow_remote)
        plain = dict.fromkeys(SIDES, model.plain)
        examiner, prompts = Examiner(spec, plain, str(job.spec_path)), _prompts(job, model.plain)
        languages = page_languages(spec, prompts, model.plain)
        session = Session(job.folder)
        try:
            await session.begin(
                settings,
                recipe=RECIPE,
                spec={"name": spec.name, "hash": spec.hash},
                content=spec.model_dump(mode="json"),
                making=making(settings),
                templates={name: prompts.hash(name) for name in _templates(spec, model.plain)},
                fakes=[model.name] if model.fake else [],
                accept_changes=accept_changes,
            )
            ledger = session.ledger
            first_new = ledger.next_number()
            book, seats = PageBook(ledger), PageSeats()
            summary = _summary(job, prompts, model.plain, lambda slot: book.page(page_number(slot)))
            source = PageSource(summary, seats, spec.topics[0].name, job.language_of, languages)
            seats.restore(ledger.slots())
            source.take(book.unasked())
            source.brought_by = Intake(
                read_transcripts(job.sources),
                book,
                cutter_of(job, languages, _counter(model)).cut,
                lambda pages: source.take((page.number, page.language) for page in pages),
                accept_changes=accept_changes,
            )
            screen = Screen(spec, examiner, build_ceilings(spec, model.plain), ledger, meanings)
            screen.restore(ledger.rows(*UNDER_WAY, State.ACCEPTED))
            await screen.restore_meanings(ledger.rows(State.REPLIED, State.ACCEPTED))
            budget, prices = budget_for(settings, session)
            caller = caller_for(settings, model, budget)
            async with examining(examiner, spec, plain, [caller]) as examiners:
                engine = Engine(
                    ledger=ledger,
                    source=source,
                    steps=[summary],
                    quota=seats,
                    screen=screen,
                    examining=examiners,
                    exemplars=Exemplars(spec, settings.seed or 0),
                    callers={summary.purpose: caller},
                    prompts=prompts,
                    prices=prices,
                    repairs=spec.repairs,
                    tally=tally_of(session),
                )
                error = await error_of(engine, watch)
            await session.plan({cell: wanted for cell, _, wanted in seats.progress()})
            figures = await session.finish(_status(error, engine.tally.stopping), page_source_of(book))
            # Pages that nothing is asked about give rows without a call, and those are new too.
            has_done = bool(engine.tally.calls_now or engine.tally.stopping or ledger.next_number() > first_new)
            result = Result(job.folder, job.folder / DATASET, figures, was_finished=not has_done, error=error)
            return PageResult(result, *book.counts(), book.told_by(), tuple(book.unreadable()))
        finally:
            session.close()
    finally:
        await model.aclose()
        if meanings is not None:
            await meanings.aclose()


def _keep_here(model: Backend, meanings: Meanings | None, base_url: str | None, tell: Tell, allow_remote: bool) -> None:
    """Raise UsageError for models that are elsewhere, or tell what is sent to them where that is allowed."""
    for option, opened in (("--model", model), ("--embedding", meanings)):
        if opened is None or opened.local:
            continue
        if not allow_remote:
            raise UsageError(
                f"{option} {opened.name}: is not on this machine, and what transcripts hold would be sent to it.",
                hint="use a local model, or --allow-remote if you may send it.",
            )
        what = "each page" if opened is model else "each question and answer"
        where = f" at {base_url}" if base_url and opened is model else ""
        tell(
            f"--allow-remote: {what}, with names, places, dates and numbers replaced, is sent to {opened.name}{where}. "
            "What replacing has overlooked is sent too."
        )


def page_source_of(book: PageBook) -> Callable[[Row], Mapping[str, Any]]:
    """Return what says which page a row was made of; it names no file, since those may carry names of people."""

    def source_of(row: Row) -> Mapping[str, Any]:
        page = book.page(page_number(row.slot))
        return {
            "transcript": page.transcript,
            "page": page.part,
            "sheet": page.sheet,
            "turns": list(row.cited),
            "characters": [page.start, page.end],
        }

    return source_of


def _prompts(job: PageJob, plain: bool) -> Prompts:
    """Return the templates of a job. Raises TemplateError."""
    return prompts_for(job.spec_path, _templates(job.spec, plain))


def _summary(job: PageJob, prompts: Prompts, plain: bool, page_of: Callable[[Slot], Page]) -> Summary:
    settings, spec = job.settings, job.spec
    style = page_style(settings, plain)
    return Summary(spec, prompts, style, settings.seed or 0, settings.rounds or 1, copied_words(spec), page_of)


def _templates(spec: Spec, plain: bool) -> list[str]:
    return [template_name(TEMPLATE, language, plain) for language in spec.languages]


def _counter(model: Backend) -> Callable[[str], int]:
    """Return what counts tokens in a thread beside the event loop: as the model does where it can, else by estimate."""
    if not isinstance(model, Tokenizer):
        return estimate_tokens
    loop = asyncio.get_running_loop()
    return lambda text: asyncio.run_coroutine_threadsafe(model.count_tokens(text), loop).result()


def _status(error: Exception | None, stopping: str) -> str:
    if error is not None:
        return "budget" if stopping == "budget" else "error"
    return "interrupted" if stopping else "done"
