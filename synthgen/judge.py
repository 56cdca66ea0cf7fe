"""The `judge` recipe: rows of a run or a file, scored by one or two models after a rubric, over a ledger."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import fmean
from typing import Any

from synthgen.calls import Answered, Backend
from synthgen.catalog import prompts_for
from synthgen.engine.judge_job import RECIPE, JudgeJob, prepare_judging
from synthgen.engine.loop import blocking
from synthgen.engine.note_source import languages_of, templates_for, turns_of
from synthgen.engine.row_estimate import RowEstimate, estimate_asking, rows_waiting
from synthgen.engine.session import Session
from synthgen.engine.sides import is_plain, judge_style
from synthgen.engine.survey import Watch
from synthgen.errors import MissingExtraError
from synthgen.extras import late
from synthgen.files import json_aside, written_aside
from synthgen.formats.records import own_id
from synthgen.formats.rows import rows_in
from synthgen.formats.sources import DATASET, FIGURES_OF
from synthgen.judging.verdict import Verdict
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
from synthgen.records import UNDER_WAY, Row
from synthgen.report.calibration import calibration, corrected, read_human_scores
from synthgen.report.palette import standalone_svg
from synthgen.report.scores import ScoreCount, points_by_row
from synthgen.row_settings import JudgeSettings
from synthgen.rules.rubric import MEAN
from synthgen.settings import making
from synthgen.steps.judge import TEMPLATE, Judge
from synthgen.steps.scoring import Scoring
from synthgen.store.codec import row_number
from synthgen.store.original_book import OriginalBook
from synthgen.text import count_units

# Every verdict as the models gave it, and the figures.
VERDICTS = "verdicts.jsonl"
FIGURES = FIGURES_OF[RECIPE]
# How the judge's scores stand to those of people, drawn.
PLOT = "calibration.svg"


@dataclass(frozen=True, slots=True)
class Human:
    """Scores by people: their file, and whether the judge's are to be corrected by them."""

    path: Path
    corrects: bool = False


@dataclass(frozen=True, slots=True)
class JudgeResult:
    """What came of a run: `result` as of every recipe, and the scores' figures as report/scores.py has them."""

    result: Result
    figures: Mapping[str, Any]


@dataclass(slots=True)
class _Points:
    """The first judge's verdicts by the row's own id, kept where people's scores are compared with them.

    `unwritten` counts the rows that keep scores which they came with.
    """

    wanted: bool
    by_row: dict[str, list[Verdict]] = field(default_factory=dict)
    unwritten: int = 0


def judge(
    settings: JudgeSettings,
    out: Path | None = None,
    *,
    backends: Sequence[Backend] = (),
    watch: Watch | None = None,
    accept_changes: bool = False,
    allow_remote: bool = False,
    human: Human | None = None,
) -> JudgeResult:
    """Score the rows of a run or a file, or go on with the run in `out`. Rows are labelled, never changed.

    `backends`, one for each judge, speak in place of the models that the settings name; they are closed at the end.
    Rows made from transcripts or case reports are sent to a model that is not on this machine only with `allow_remote`.
    Raises a SynthgenError for what can be told before the work begins; what stops a run later is in the result.
    """
    job = prepare_judging(settings, out)
    return judge_job(
        job, backends=backends, watch=watch, accept_changes=accept_changes, allow_remote=allow_remote, human=human
    )


def judge_job(
    job: JudgeJob,
    *,
    backends: Sequence[Backend] = (),
    watch: Watch | None = None,
    accept_changes: bool = False,
    allow_remote: bool = False,
    human: Human | None = None,
) -> JudgeResult:
    """Do as `judge` does for settings that are prepared already."""
    metrics = [metric.name for metric in job.rubric.metrics]
    rated = read_human_scores(human.path, metrics, job.rubric.scale) if human else None
    with opened_originals(job.folder, job.origin) as originals:
        return blocking(_judge(job, originals, backends, watch, accept_changes, allow_remote, rated, human))


async def _judge(
    job: JudgeJob,
    originals: Originals,
    backends: Sequence[Backend],
    watch: Watch | None,
    accept_changes: bool,
    allow_remote: bool,
    rated: Mapping[tuple[str, str], list[float]] | None,
    human: Human | None,
) -> JudgeResult:
    settings = job.settings
    private = originals.private
    wanted = [(settings, settings.model_of(purpose)) for purpose in job.judges]
    finished = is_finished(job.folder)
    async with speaking(wanted, backends, private=private, allow_remote=allow_remote, finished=finished) as models:
        plain = [model.plain for model in models]
        judges = _judges(job, plain)
        session = Session(job.folder)
        try:
            await session.begin(
                settings,
                recipe=RECIPE,
                spec={"name": job.rubric.name, "hash": job.rubric.hash},
                content=job.rubric.model_dump(mode="json"),
                # Of the spec no more is told.
                making=making(settings) | {"roles": job.spec.roles.model_dump(mode="json")},
                templates={name: judges[0].prompts.hash(name) for name in _templates(job, plain)},
                fakes=[model.name for model in models if model.fake],
                accept_changes=accept_changes,
            )
            rows = originals.rows()
            book = await taken_in(session, job.origin, rows, models, private=private, allow_remote=allow_remote)
            step = _scoring(job, judges, lambda row: book.answers(row_number(row.id)))
            by_purpose = dict(zip(job.judges, models, strict=True))
            outcome = await worked_through(session, settings, job.spec, [step], by_purpose, judges[0].prompts, watch)
            return await _finished(job, session, book, step, rated, human, *outcome)
        finally:
            session.close()


def estimate_judging(job: JudgeJob) -> RowEstimate:
    """Return what a run would ask about the rows that it is not done with. Opens, makes and sends nothing.

    Raises FileError, RunError or TemplateError.
    """
    settings = job.settings
    plain = [is_plain(settings, purpose) for purpose in job.judges]
    judges, languages = _judges(job, plain), languages_of(_templates(job, plain))
    with rows_waiting(job.folder, rows_in(job.origin), languages) as waiting:
        step = _scoring(job, judges, waiting.answers_of)
        return estimate_asking(step, waiting.rows, prices_of(settings).cost)


def _scoring(job: JudgeJob, judges: Sequence[Judge], answers_of: Callable[[Row], Sequence[Answered]]) -> Scoring:
    return Scoring(judges, job.settings.repeats or 1, job.settings.tries or 0, answers_of)


def _judges(job: JudgeJob, plain: Sequence[bool]) -> list[Judge]:
    """Return the judges, asked as suits their models. Raises TemplateError."""
    settings = job.settings
    prompts = prompts_for(job.spec_path, _templates(job, plain))
    return [
        Judge(
            job.spec,
            prompts,
            judge_style(settings, each, settings.repeats or 1),
            settings.seed or 0,
            job.rubric,
            purpose,
        )
        for purpose, each in zip(job.judges, plain, strict=True)
    ]


def _templates(job: JudgeJob, plain: Sequence[bool]) -> list[str]:
    return templates_for(prompts_for(job.spec_path, ()), [(TEMPLATE, each) for each in plain])


async def _finished(
    job: JudgeJob,
    session: Session,
    book: OriginalBook,
    step: Scoring,
    rated: Mapping[tuple[str, str], list[float]] | None,
    human: Human | None,
    status: str,
    error: Exception | None,
    was_finished: bool,
) -> JudgeResult:
    """Write the files of a run and return what came of it."""
    counts, points = ScoreCount(job.rubric), _Points(rated is not None)
    # Rows are written, and counted, as they are read one by one from the ledger.
    with written_aside(job.folder / VERDICTS) as file:
        rows = _scored_rows(session, book, step, counts, points, file.write)
        await session.plan(targets_of(session.ledger, book.count()))
        summary = await session.finish(status, rows=rows)
    figures = counts.figures() | {"rubric": job.rubric.name, "scale": list(job.rubric.scale)}
    figures["unwritten"] = points.unwritten
    if rated is not None and human is not None:
        figures |= _calibrated(points, rated, corrects=human.corrects)
        figures["plot"] = _plotted(job, figures["calibration"]["metrics"])
    json_aside(job.folder / FIGURES, figures)
    result = Result(job.folder, job.folder / DATASET, summary, was_finished=was_finished, error=error)
    return JudgeResult(result, figures)


def _scored_rows(
    session: Session,
    book: OriginalBook,
    step: Scoring,
    counts: ScoreCount,
    points: _Points,
    write: Callable[[str], object],
) -> Iterator[dict[str, Any]]:
    """Yield every row that is done with its scores, count it, and write down what the judges gave.

    `scores` that a row came with stay as they are. A score is the mean of the first judge's repeats,
    null for what failed.
    """
    for record, number in book.made():
        row = session.ledger.row(number) if number else None
        if row is None or row.state in UNDER_WAY:
            continue
        verdicts = step.verdicts(row)
        named = own_id(record, row.slot.seat)
        if row.messages:
            length = sum(count_units(turn.content) for turn in turns_of(record) if turn.role == "assistant")
            counts.add(row.slot.cell.topic, length, verdicts)
        if points.wanted and verdicts:
            points.by_row.setdefault(named, []).extend(verdicts[0])
        told = {"id": row.id, "source": named, "verdicts": [[asdict(each) for each in own] for own in verdicts]}
        write(json.dumps(told, ensure_ascii=False) + "\n")
        has_own = bool(record.get("scores"))
        points.unwritten += has_own
        yield record if has_own else record | {"scores": _scores_of(step.metrics, verdicts)}


def _scores_of(metrics: Sequence[str], verdicts: Sequence[Sequence[Verdict]]) -> dict[str, float | None]:
    """Return a row's score by metric and their mean, None where one lacks."""
    own = verdicts[0] if verdicts else []
    scores: dict[str, float | None] = {}
    for metric in metrics:
        given = [verdict.scores[metric].points for verdict in own if metric in verdict.scores]
        scores[metric] = round(fmean(given), 4) if given else None
    known = [score for score in scores.values() if score is not None]
    return scores | {MEAN: round(fmean(known), 4) if len(known) == len(scores) else None}


def _plotted(job: JudgeJob, metrics: Mapping[str, Any]) -> str | None:
    """Draw the calibration and return the file's name, None where the extra that draws is not installed."""
    try:
        charts = late("synthgen.report.charts", "vl_convert", "report", "--human")
    except MissingExtraError:
        return None
    named = {job.rubric.metric(name).title("en"): found for name, found in metrics.items() if found["items"]}
    if not named:
        return None
    with written_aside(job.folder / PLOT) as file:
        file.write(standalone_svg(charts.calibration_chart(named, job.rubric.scale)))
    return PLOT


def _calibrated(points: _Points, rated: Mapping[tuple[str, str], list[float]], *, corrects: bool) -> dict[str, Any]:
    """Return how far the judge scores as people do; with `corrects` also its means on their scale."""
    given = points_by_row(points.by_row)
    found = calibration(given, rated)
    figures: dict[str, Any] = {"calibration": found}
    if corrects:
        figures["corrected"] = {}
        for metric, of_metric in found["metrics"].items():
            own = [value for (_, name), value in given.items() if name == metric]
            fit = of_metric["fit"]
            rises = fit is not None and (fit["slope"] or 0) > 0
            figures["corrected"][metric] = fmean(corrected(own, fit)) if own and rises else None
    return figures
