"""The `annotate` recipe: rows of a run or a file, labelled by one or two models, over a ledger."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from synthgen.calls import Answered, Backend
from synthgen.catalog import prompts_for
from synthgen.engine.loop import blocking
from synthgen.engine.note_job import RECIPE, NoteJob, prepare_notes
from synthgen.engine.note_rows import annotated_rows
from synthgen.engine.note_source import languages_of, templates_for
from synthgen.engine.row_estimate import RowEstimate, estimate_asking, rows_waiting
from synthgen.engine.session import Session
from synthgen.engine.sides import is_plain, note_style
from synthgen.engine.survey import Watch
from synthgen.files import json_aside, written_aside
from synthgen.formats.rows import rows_in
from synthgen.formats.sources import DATASET, FIGURES_OF
from synthgen.originals import (
    Originals,
    is_finished,
    opened_originals,
    speaking,
    taken_in,
    targets_of,
    worked_through,
)
from synthgen.recipes import Result, prices_of
from synthgen.records import Row
from synthgen.report.notes import NoteCount
from synthgen.row_settings import NoteSettings
from synthgen.settings import making
from synthgen.steps.annotate import TEMPLATE, Annotate
from synthgen.steps.noting import Noting
from synthgen.store.codec import row_number
from synthgen.store.original_book import OriginalBook

# Every conversation's annotations as the models gave them, and the figures.
NOTES = "annotations.jsonl"
FIGURES = FIGURES_OF[RECIPE]


@dataclass(frozen=True, slots=True)
class NoteResult:
    """What came of a run: `result` as of every recipe, and the annotation's figures as report/notes.py has them."""

    result: Result
    figures: Mapping[str, Any]


def annotate(
    settings: NoteSettings,
    out: Path | None = None,
    *,
    backends: Sequence[Backend] = (),
    watch: Watch | None = None,
    accept_changes: bool = False,
    allow_remote: bool = False,
    gold: bool = False,
) -> NoteResult:
    """Annotate the rows of a run or a file, or go on with the run in `out`.

    `backends`, one for each annotator, speak in place of the models that the settings name; they are closed at the
    end. With `gold` the labels that the rows came with are compared with what the first annotator says. Rows made from
    transcripts or case reports are sent to a model that is not on this machine only with `allow_remote`. Raises a
    SynthgenError for what can be told before the work begins; what stops a run later is in the result.
    """
    job = prepare_notes(settings, out)
    return annotate_job(
        job, backends=backends, watch=watch, accept_changes=accept_changes, allow_remote=allow_remote, gold=gold
    )


def annotate_job(
    job: NoteJob,
    *,
    backends: Sequence[Backend] = (),
    watch: Watch | None = None,
    accept_changes: bool = False,
    allow_remote: bool = False,
    gold: bool = False,
) -> NoteResult:
    """Do as `annotate` does for settings that are prepared already."""
    with opened_originals(job.folder, job.origin) as originals:
        return blocking(_annotate(job, originals, backends, watch, accept_changes, allow_remote, gold))


async def _annotate(
    job: NoteJob,
    originals: Originals,
    backends: Sequence[Backend],
    watch: Watch | None,
    accept_changes: bool,
    allow_remote: bool,
    gold: bool,
) -> NoteResult:
    settings, spec = job.settings, job.spec
    private = originals.private
    wanted = [(settings, settings.model_of(purpose)) for purpose in job.annotators]
    finished = is_finished(job.folder)
    async with speaking(wanted, backends, private=private, allow_remote=allow_remote, finished=finished) as models:
        plain = [model.plain for model in models]
        annotators = _annotators(job, plain)
        session = Session(job.folder)
        try:
            await session.begin(
                settings,
                recipe=RECIPE,
                spec={"name": spec.name, "hash": spec.hash},
                content=spec.model_dump(mode="json"),
                making=making(settings),
                templates={name: annotators[0].prompts.hash(name) for name in _templates(job, plain)},
                fakes=[model.name for model in models if model.fake],
                accept_changes=accept_changes,
            )
            rows = originals.rows()
            book = await taken_in(session, job.origin, rows, models, private=private, allow_remote=allow_remote)
            step = _noting(job, annotators, lambda row: book.answers(row_number(row.id)))
            by_purpose = dict(zip(job.annotators, models, strict=True))
            outcome = await worked_through(session, settings, spec, [step], by_purpose, annotators[0].prompts, watch)
            return await _finished(job, session, book, step, gold, *outcome)
        finally:
            session.close()


def estimate_notes(job: NoteJob) -> RowEstimate:
    """Return what a run would ask about the rows that it is not done with. Opens, makes and sends nothing.

    Raises FileError, RunError or TemplateError.
    """
    settings = job.settings
    plain = [is_plain(settings, purpose) for purpose in job.annotators]
    annotators, languages = _annotators(job, plain), languages_of(_templates(job, plain))
    with rows_waiting(job.folder, rows_in(job.origin), languages) as waiting:
        step = _noting(job, annotators, waiting.answers_of)
        return estimate_asking(step, waiting.rows, prices_of(settings).cost)


def _noting(job: NoteJob, annotators: Sequence[Annotate], answers_of: Callable[[Row], Sequence[Answered]]) -> Noting:
    return Noting(annotators, job.settings.votes or 1, job.settings.tries or 0, answers_of)


def _annotators(job: NoteJob, plain: Sequence[bool]) -> list[Annotate]:
    """Return the annotators, asked as suits their models. Raises TemplateError."""
    settings = job.settings
    prompts = prompts_for(job.spec_path, _templates(job, plain))
    return [
        Annotate(
            job.spec,
            prompts,
            note_style(settings, each, settings.votes or 1),
            settings.seed or 0,
            job.rules,
            purpose=purpose,
        )
        for purpose, each in zip(job.annotators, plain, strict=True)
    ]


def _templates(job: NoteJob, plain: Sequence[bool]) -> list[str]:
    return templates_for(prompts_for(job.spec_path, ()), [(TEMPLATE, each) for each in plain])


async def _finished(
    job: NoteJob,
    session: Session,
    book: OriginalBook,
    step: Noting,
    gold: bool,
    status: str,
    error: Exception | None,
    was_finished: bool,
) -> NoteResult:
    """Write the files of a run and return what came of it."""
    ledger = session.ledger
    counts = NoteCount(job.spec, gold=gold)
    # Rows are written, and counted, as they are read one by one from the ledger.
    with written_aside(job.folder / NOTES) as notes:
        rows = annotated_rows(job, ledger, book, step, counts, notes.write)
        await session.plan(targets_of(ledger, book.count()))
        summary = await session.finish(status, rows=rows)
    figures = counts.figures()
    json_aside(job.folder / FIGURES, figures)
    result = Result(job.folder, job.folder / DATASET, summary, was_finished=was_finished, error=error)
    return NoteResult(result, figures)
