"""What an `evaluate` run is made of, apart from the run folder and the models: who answers, who judges, how."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from synthgen.calls import Answered, Request, Usage
from synthgen.catalog import prompts_for
from synthgen.engine.answer_sets import records_of
from synthgen.engine.evaluation_job import EvaluationJob, Gathered, calls_wanted
from synthgen.engine.note_source import languages_of, row_of, seat_of, templates_for
from synthgen.engine.preview import filler
from synthgen.engine.row_estimate import SAMPLED_ROWS, USUAL_SHARE, loads_of
from synthgen.engine.sides import answer_style, is_plain, judge_style
from synthgen.prompts import Prompts
from synthgen.records import Row, Turn
from synthgen.report.estimate import Load
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


def estimate_calls(job: EvaluationJob, gathered: Gathered, cost: Callable[[Usage], float]) -> tuple[Load, Load]:
    """Return what a run takes that is not begun yet: as a rule, and with answers as long as they may be.

    Answers that are still to be made are taken to be of the usual length. Raises TemplateError.
    """
    plain = {purpose: is_plain(job.settings, purpose) for purpose in purposes_of(job)}
    templates = templates_of(job, plain)
    prompts, languages = prompts_for(job.spec_path, templates), languages_of(templates)
    answers, compared = answering_step(job, prompts, plain), comparing_step(job, prompts, plain, lambda row: ())
    records = list(records_of(gathered.questions, gathered.sets))
    random.Random(0).shuffle(records)
    calls, sample = calls_wanted(job, gathered), list[Request]()
    lacking = {purpose for purpose, count in calls.items() if count}
    for number, record in enumerate(records):
        # What only few questions are asked for is looked for further.
        if number >= SAMPLED_ROWS and not lacking:
            break
        found = list(_requests(row_of(record, seat_of(number), str(number), languages), answers, compared))
        sample += found if number < SAMPLED_ROWS else [request for request in found if request.purpose in lacking]
        lacking -= {request.purpose for request in found}
    return loads_of(calls, sample, cost)


def _requests(row: Row, answers: Answering, compared: Comparing) -> Iterator[Request]:
    """Yield all that is asked about a row, with words in place of the answers to be made, no two of them alike."""
    while answers.is_due(row):
        request, _ = answers.request(row)
        yield request
        length = int(answers.most_units(row) * USUAL_SHARE)
        text = f"{filler(row.slot.cell.language, (length, length))}{request.purpose}"
        row = replace(row, messages=(*row.messages, Turn("assistant", text)))
    yield from compared.first_requests(row)
