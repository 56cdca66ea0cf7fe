"""What an `evaluate` run is made of, apart from the run folder and the models: who answers, who judges, how."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from synthgen.calls import Answered, Request, Usage
from synthgen.catalog import prompts_for
from synthgen.engine.answer_sets import records_of
from synthgen.engine.evaluation_job import EvaluationJob, gather
from synthgen.engine.note_source import languages_of, templates_for
from synthgen.engine.preview import filler
from synthgen.engine.row_estimate import USUAL_SHARE, RowEstimate, estimate_rows, rows_waiting
from synthgen.engine.sides import answer_style, is_plain, judge_style
from synthgen.prompts import Prompts
from synthgen.records import Row, Turn
from synthgen.steps import answering, judge, umpire
from synthgen.steps.answering import Answerer, Answering
from synthgen.steps.comparing import Comparing
from synthgen.steps.judge import Judge
from synthgen.steps.umpire import Umpire


def purposes_of(job: EvaluationJob) -> list[str]:
    """Return what models are wanted for: those that answer, then the judge."""
    return [*job.answerers, *(["judge"] if job.is_judged else [])]


def templates_of(job: EvaluationJob, plain: Mapping[str, bool]) -> list[str]:
    """Return the names of the templates used; `plain` says of each model whether it is asked by examples alone."""
    settings, wanted = job.settings, []
    for purpose, each in plain.items():
        judging = [judge.TEMPLATE] * bool(settings.scores) + [umpire.TEMPLATE] * bool(settings.pairs)
        steps = [answering.TEMPLATE] if purpose.startswith("answer_") else judging
        wanted += [(step, each) for step in steps]
    return templates_for(prompts_for(job.spec_path, ()), wanted)


def answering_step(job: EvaluationJob, prompts: Prompts, plain: Mapping[str, bool]) -> Answering:
    """Return the step that has models answer."""
    settings = job.settings
    return Answering(
        job.spec,
        prompts,
        settings.seed or 0,
        [Answerer(purpose, answer_style(settings, plain[purpose])) for purpose in job.answerers],
        len(settings.answers or ()),
        settings.instructions,
    )


def comparing_step(
    job: EvaluationJob,
    prompts: Prompts,
    plain: Mapping[str, bool],
    answers_of: Callable[[Row], Sequence[Answered]],
) -> Comparing:
    """Return the step that has answers scored and compared."""
    settings, repeats = job.settings, job.settings.repeats or 1
    scorer = comparer = None
    if "judge" in plain:
        style = judge_style(settings, plain["judge"], repeats)
        seed = settings.seed or 0
        scorer = Judge(job.spec, prompts, style, seed, job.rubric) if settings.scores else None
        comparer = Umpire(job.spec, prompts, style, seed, job.rubric) if settings.pairs else None
    return Comparing(scorer, comparer, repeats, settings.tries or 0, answers_of)


def estimate_calls(job: EvaluationJob, cost: Callable[[Usage], float]) -> RowEstimate:
    """Return what a run has still to ask about its questions.

    Answers that are still to be made are taken to be of the usual length. Raises FileError, RunError or TemplateError.
    """
    settings = job.settings
    plain = {purpose: is_plain(settings, purpose) for purpose in purposes_of(job)}
    templates = templates_of(job, plain)
    prompts = prompts_for(job.spec_path, templates)
    purposes = [*job.answerers, *["judge"] * bool(settings.scores), *["compare"] * bool(settings.pairs)]
    with rows_waiting(job.folder, _records(job), languages_of(templates)) as waiting:
        answers = answering_step(job, prompts, plain)
        compared = comparing_step(job, prompts, plain, waiting.answers_of)

        def purposes_left(row: Row) -> Iterator[str]:
            *due, whole = _answered(row, answers)
            yield from (answers.next_answerer(each).purpose for each in due)
            yield from map(compared.purpose_of, compared.left(whole))

        def requests_left(row: Row) -> Iterator[Request]:
            *due, whole = _answered(row, answers)
            yield from (answers.request(each)[0] for each in due)
            yield from compared.left_requests(whole)

        return estimate_rows(waiting.rows, purposes_left, requests_left, cost, purposes)


def _records(job: EvaluationJob) -> Iterator[Mapping[str, Any]]:
    """Yield a row for each question, with the answers that are there; gathered only when they are wanted."""
    found = job.gathered or gather(job.settings, job.names, job.spec)
    yield from records_of(found.questions, found.sets)


def _answered(row: Row, answers: Answering) -> Iterator[Row]:
    """Yield a row as it is when each answer is due, and with all of them: there are words in place of those to be made,
    no two alike.
    """
    while answers.is_due(row):
        yield row
        length = int(answers.most_units(row) * USUAL_SHARE)
        text = f"{filler(row.slot.cell.language, (length, length))}{answers.next_answerer(row).purpose}"
        row = replace(row, messages=(*row.messages, Turn("assistant", text)))
    yield row
