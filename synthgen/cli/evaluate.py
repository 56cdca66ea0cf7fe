"""`synthgen evaluate`: models or datasets compared on the same questions."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from synthgen.cli.generate import close
from synthgen.cli.plan import print_contest_estimate
from synthgen.cli.progress import progress
from synthgen.cli.row_options import evaluation_options
from synthgen.cli.sections import SectionedCommand
from synthgen.cli.tables import console, table
from synthgen.cli.talk import say
from synthgen.engine.answer_sets import asked_places
from synthgen.engine.evaluation_job import EvaluationJob, prepare_evaluation
from synthgen.errors import FileError
from synthgen.evaluate import FIGURES, VERDICTS, estimate_evaluation, evaluate_job
from synthgen.report.contest_tables import classic_table, pair_table, set_table, topic_table
from synthgen.row_settings import EvaluationSettings

# Topics shown at once; the file of figures has them all.
_MOST_TOPICS = 40


@click.command(cls=SectionedCommand)
@click.argument("answers", nargs=-1, metavar="[ANSWERS]...")
@evaluation_options
def evaluate(
    answers: tuple[str, ...],
    answer_with: tuple[str, ...],
    instructions: str | None,
    bertscore: str | None,
    out: Path | None,
    accept_changes: bool,
    allow_remote: bool,
    dry_run: bool,
    quiet: bool,
    verbose: bool,
    **said: Any,
) -> int:
    """Compare models or datasets by their answers to the same questions.

    ANSWERS are files or runs with answers, known by their questions' texts or ids; --answer-with has models answer
    first. Each answer is scored by the rubric, and each two are shown to the judge in both orders: who wins in one
    alone has not won. Where questions have reference answers, BLEU and the like are told too. It can be stopped at any
    moment: `synthgen evaluate --out FOLDER` goes on. The path of the dataset goes to stdout, all talk to stderr.
    """
    settings = EvaluationSettings(
        answers=answers or None,
        answer_with=answer_with or None,
        instructions=_instructions(instructions),
        **said,
    )
    job = prepare_evaluation(settings, out)
    if not quiet or dry_run:
        say(opening_line(job))
    if dry_run:
        print_contest_estimate(job, estimate_evaluation(job))
        return 0
    with progress(quiet=quiet, verbose=verbose) as watch:
        found = evaluate_job(
            job,
            watch=watch,
            accept_changes=accept_changes,
            allow_remote=allow_remote,
            bertscore=bertscore,
        )
    if not quiet:
        show(found.figures)
        say(f"wrote {job.folder / VERDICTS}\nwrote {job.folder / FIGURES}")
    return close(found.result, "evaluate", quiet=quiet)


def _instructions(said: str | None) -> str | None:
    """Return what models are told before a question: as it is said, from a file, or nothing."""
    if said is None or not said.startswith("@"):
        return "" if said == "none" else said
    try:
        return Path(said[1:]).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise FileError(
            f"--system {said}: cannot be read as text.", hint="name a text file, or give the text itself."
        ) from error


def opening_line(job: EvaluationJob) -> str:
    """Return what is about to be compared, on how many questions, by which judge, and where."""
    asked = f"{job.settings.questions}"
    if found := job.gathered:
        asked = f"{len(asked_places(found.questions, found.sets)):,} of {len(found.questions):,} in {asked}"
    judge = f"judged by {job.rubric.name} with {job.settings.model_of('judge')}" if job.is_judged else "not judged"
    return f"{' against '.join(job.names)} on {asked}: {judge}, in {job.folder}"


def show(figures: Mapping[str, Any]) -> None:
    """Print means by set, who wins of each two, the topics, and the classic figures."""
    screen = console(err=True)
    sets = figures["sets"]
    screen.print(table(*set_table(sets)))
    if pairs := figures.get("pairs"):
        screen.print(table(*pair_table(pairs)))
    topics = topic_table(sets)
    if len(topics.rows) > 1:
        screen.print(table(topics.columns, topics.rows[:_MOST_TOPICS]))
    classics = classic_table(sets)
    if classics.rows:
        screen.print(table(*classics))
    for missing in dict.fromkeys(found.get("references_missing") for found in sets.values()):
        if missing:
            screen.print(missing, soft_wrap=True)
    for name, found in sets.items():
        if missing := found["unanswered"]:
            screen.print(f"{name}: {missing:,} questions have no answer.", soft_wrap=True)
        if unmatched := found.get("unmatched"):
            screen.print(f"{name}: rows of none of the questions, left out: {unmatched:,}.", soft_wrap=True)
        if spare := found.get("spare"):
            screen.print(f"{name}: further answers to the same questions, left out: {spare:,}.", soft_wrap=True)
