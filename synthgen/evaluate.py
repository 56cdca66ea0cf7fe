"""The `evaluate` recipe: sets of answers to the same questions, scored one by one and compared two by two."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

from synthgen.calls import Backend
from synthgen.catalog import prompts_for
from synthgen.engine.answer_sets import records_of
from synthgen.engine.evaluation_job import RECIPE, EvaluationJob, gather, prepare_evaluation
from synthgen.engine.evaluation_parts import (
    answering_step,
    comparing_step,
    estimate_calls,
    purposes_of,
    templates_of,
)
from synthgen.engine.loop import blocking
from synthgen.engine.row_estimate import RowEstimate
from synthgen.engine.session import Session
from synthgen.engine.survey import Watch
from synthgen.errors import MissingExtraError
from synthgen.export.contest import contest_grounds, contest_outcome
from synthgen.files import json_aside, private_files, written_aside
from synthgen.formats.private import private_in_notes
from synthgen.formats.sources import DATASET, FIGURES_OF
from synthgen.originals import is_finished, speaking, taken_in, targets_of, worked_through
from synthgen.recipes import Result, prices_of
from synthgen.records import UNDER_WAY, Row
from synthgen.references.compared import Compared
from synthgen.references.distinct import distinct_figures
from synthgen.references.figures import reference_figures
from synthgen.report.comparison import ContestCount
from synthgen.row_settings import EvaluationSettings
from synthgen.settings import Settings, making
from synthgen.steps.comparing import Comparing
from synthgen.store.codec import row_number
from synthgen.store.original_book import OriginalBook
from synthgen.store.private import private_run
from synthgen.text import count_units

FIGURES = FIGURES_OF[RECIPE]
VERDICTS = "verdicts.jsonl"
# Of a text that is compared with its reference: some metrics take memory by the product of both lengths.
_MOST_CHARS = 20_000


class _Text(NamedTuple):
    """An answer, with the references of its question."""

    answer: str
    references: tuple[str, ...]
    language: str


@dataclass(frozen=True, slots=True)
class EvaluationResult:
    """What came of a run: `result` as of every recipe, and the figures as report/comparison.py has them."""

    result: Result
    figures: Mapping[str, Any]


def evaluate(
    settings: EvaluationSettings,
    out: Path | None = None,
    *,
    backends: Sequence[Backend] = (),
    watch: Watch | None = None,
    accept_changes: bool = False,
    allow_remote: bool = False,
    bertscore: str | None = None,
) -> EvaluationResult:
    """Compare sets of answers to the same questions, or go on with the run in `out`.

    `backends`, one for each answering model and then the judge, speak in place of those that the settings name; they
    are closed at the end. Answers made from transcripts are sent to a model that is not on this machine only with
    `allow_remote`. `bertscore` is the folder of a model that answers are compared with references by; what is needed
    for this is looked for first. Raises a SynthgenError for what can be told before the work begins; what stops a run
    later is in the result.
    """
    job = prepare_evaluation(settings, out)
    return evaluate_job(
        job,
        backends=backends,
        watch=watch,
        accept_changes=accept_changes,
        allow_remote=allow_remote,
        bertscore=bertscore,
    )


def evaluate_job(
    job: EvaluationJob,
    *,
    backends: Sequence[Backend] = (),
    watch: Watch | None = None,
    accept_changes: bool = False,
    allow_remote: bool = False,
    bertscore: str | None = None,
) -> EvaluationResult:
    """Do as `evaluate` does for settings that are prepared already."""
    if bertscore is not None:
        reference_figures([Compared("a", ("a",), "en")], bert=bertscore)
    private = job.gathered.private if job.gathered else private_run(job.folder)
    with private_files(bool(private)):
        return blocking(_evaluate(job, backends, watch, accept_changes, allow_remote, private, bertscore))


def estimate_evaluation(job: EvaluationJob) -> RowEstimate:
    """Return what a run would ask about the questions that it is not done with. Opens, makes and sends nothing.

    Raises FileError, RunError or TemplateError.
    """
    return estimate_calls(job, prices_of(job.settings).cost)


async def _evaluate(
    job: EvaluationJob,
    backends: Sequence[Backend],
    watch: Watch | None,
    accept_changes: bool,
    allow_remote: bool,
    private: str,
    bertscore: str | None,
) -> EvaluationResult:
    settings = job.settings
    purposes = purposes_of(job)
    wanted = [(_opened_by(settings, purpose), settings.model_of(purpose)) for purpose in purposes]
    finished = is_finished(job.folder)
    async with speaking(wanted, backends, private=private, allow_remote=allow_remote, finished=finished) as models:
        speakers = dict(zip(purposes, models, strict=True))
        plain = {purpose: model.plain for purpose, model in speakers.items()}
        templates = templates_of(job, plain)
        prompts = prompts_for(job.spec_path, templates)
        session = Session(job.folder)
        try:
            await session.begin(
                settings,
                recipe=RECIPE,
                spec={"name": job.rubric.name, "hash": job.rubric.hash},
                content=job.rubric.model_dump(mode="json"),
                # Of the spec no more is told, and JSON knows no tuples.
                making=making(settings)
                | {"roles": job.spec.roles.model_dump(mode="json"), "answer_with": list(settings.answer_with or ())},
                templates={name: prompts.hash(name) for name in templates},
                fakes=[model.name for model in models if model.fake],
                accept_changes=accept_changes,
            )
            book = await _taken_in(job, session, models, private, allow_remote)
            step = comparing_step(job, prompts, plain, lambda row: book.answers(row_number(row.id)))
            answered = answering_step(job, prompts, plain)
            callers = speakers | ({"compare": speakers["judge"]} if "judge" in speakers else {})
            outcome = await worked_through(session, settings, job.spec, [answered, step], callers, prompts, watch)
            # What was gathered anew is known only now.
            with private_files(bool(private_in_notes(session.ledger.meta()))):
                return await _finished(job, session, book, step, bertscore, *outcome)
        finally:
            session.close()


def _opened_by(settings: EvaluationSettings, purpose: str) -> Settings:
    """Return the settings that a model is opened by: those that answer may be at another address."""
    if purpose.startswith("answer_") and settings.answer_base_url:
        return replace(settings, base_url=settings.answer_base_url)
    return settings


async def _taken_in(
    job: EvaluationJob, session: Session, models: Sequence[Backend], private: str, allow_remote: bool
) -> OriginalBook:
    rows: Iterator[dict[str, Any]] = iter(())
    if not session.meta.get("taken"):
        # A run that was stopped before it had all rows gathers them anew.
        found = job.gathered or gather(job.settings, job.names, job.spec)
        told = {each.name: {"unmatched": each.unmatched, "spare": each.spare} for each in found.sets}
        await session.ledger.note(matched=told)
        private, rows = private or found.private, records_of(found.questions, found.sets)
    named = job.settings.questions or ""
    return await taken_in(session, named, rows, models, private=private, allow_remote=allow_remote)


async def _finished(
    job: EvaluationJob,
    session: Session,
    book: OriginalBook,
    step: Comparing,
    bertscore: str | None,
    status: str,
    error: Exception | None,
    was_finished: bool,
) -> EvaluationResult:
    """Write the files of a run and return what came of it."""
    settings = job.settings
    is_judged = job.is_judged
    counts = ContestCount(
        job.rubric,
        job.names,
        scores=is_judged and bool(settings.scores),
        pairs=is_judged and bool(settings.pairs),
    )
    texts: list[list[_Text]] = [[] for _ in job.names]
    with written_aside(job.folder / VERDICTS) as file:
        rows = _compared_rows(job, session, book, step, counts, texts, file.write)
        await session.plan(targets_of(session.ledger, book.count()))
        summary = await session.finish(status, rows=rows)
    figures = counts.figures() | {"rubric": job.rubric.name, "scale": list(job.rubric.scale)}
    matched = session.ledger.meta().get("matched", {})
    for name, own in zip(job.names, texts, strict=True):
        figures["sets"][name] |= matched.get(name, {}) | _classic(own, bertscore)
    json_aside(job.folder / FIGURES, figures)
    result = Result(job.folder, job.folder / DATASET, summary, was_finished=was_finished, error=error)
    return EvaluationResult(result, figures)


def _compared_rows(
    job: EvaluationJob,
    session: Session,
    book: OriginalBook,
    step: Comparing,
    counts: ContestCount,
    texts: Sequence[list[_Text]],
    write: Callable[[str], object],
) -> Iterator[dict[str, Any]]:
    """Yield every question that is done with its answers and what became of them, count it, and write the verdicts."""
    private = private_in_notes(session.ledger.meta())
    for record, number in book.made():
        row = session.ledger.row(number) if number else None
        if row is None or row.state in UNDER_WAY:
            continue
        contest = step.contest(row)
        answers = _answers(row, len(job.names))
        counts.add(record["topic"], [*map(count_units, answers)], contest, risk=record["risk"])
        for own, answer in zip(texts, answers, strict=True):
            own.append(_Text(answer, tuple(record["references"]), record["language"]))
        told = {"id": row.id, "question": record["id"], "language": record["language"]}
        write(json.dumps(told | contest_grounds(job.names, contest), ensure_ascii=False) + "\n")
        yield {
            "id": record["id"],
            "topic": record["topic"],
            "language": record["language"],
            "question": row.query,
            "answers": dict(zip(job.names, answers, strict=True)),
            **contest_outcome(job.names, contest),
            **({"source": {"kind": RECIPE, "private": private}} if private else {}),
        }


def _classic(texts: Sequence[_Text], bertscore: str | None) -> dict[str, Any]:
    """Return Distinct-n of the answers of a set, and the classic figures of those that have references.

    Without the extra that they need there is a sentence in their place.
    """
    by_language: dict[str, list[str]] = {}
    for each in texts:
        if each.answer:
            by_language.setdefault(each.language, []).append(each.answer)
    found: dict[str, Any] = {"distinct": distinct_figures(by_language)}
    # What a set leaves unanswered is told as that, and is no answer without merit.
    pairs = [Compared(each.answer, each.references, each.language) for each in texts if each.answer and each.references]
    if pairs:
        try:
            found["references"] = reference_figures(pairs, bert=bertscore)
        except MissingExtraError as error:
            found["references_missing"] = f"{error.message} {error.hint}"
    return found


def _answers(row: Row, count: int) -> list[str]:
    """Return the answer of each set to a row's message, "" for what was not given."""
    answers = [turn.content for turn in row.messages[1:]]
    return answers + [""] * (count - len(answers))
