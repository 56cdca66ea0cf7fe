"""What `--dry-run` prints: the plan, and what it takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from rich.console import Console

from synthgen.cli.tables import console, table
from synthgen.engine.evaluation_job import EvaluationJob
from synthgen.engine.job import Job
from synthgen.engine.judge_job import JudgeJob
from synthgen.engine.note_job import NoteJob
from synthgen.engine.row_estimate import RowEstimate
from synthgen.report.estimate import Estimate, Load
from synthgen.report.figures import money, share
from synthgen.settings import Settings

# What a load over rows goes by.
ANSWERED = ("answers are of the usual length", "all are as long as they may be")


def print_estimate(job: Job, estimate: Estimate) -> None:
    """Print the rows wanted by cell, and the calls, tokens and cost."""
    settings = job.settings
    screen = console(err=False)
    rows = sum(estimate.wanted.values())
    screen.print(f"{job.spec.name}: {rows:,} rows to make in {len(estimate.wanted)} cells, seed {settings.seed}")
    screen.print(table(["cell", ">rows"], [(cell.told, f"{n:,}") for cell, n in estimate.wanted.items()]))
    loads = {
        "nothing is dropped": estimate.best,
        f"{share(estimate.kept_share, 1)} of the drafts are kept": estimate.likely,
    }
    _print_loads(screen, settings, loads, job.side_of)


def print_row_estimate(job: JudgeJob | NoteJob, estimate: RowEstimate) -> None:
    """Print the rows to be worked on, and the calls, tokens and cost."""
    screen = console(err=False)
    passed_over = f", {estimate.passed_over:,} without a dialogue" if estimate.passed_over else ""
    screen.print(f"{job.origin}: {estimate.rows:,} rows to ask about{passed_over}", soft_wrap=True)
    _print_row_loads(screen, job.settings, estimate)


def print_contest_estimate(job: EvaluationJob, estimate: RowEstimate) -> None:
    """Print the answers that are there, which a run that is begun has, and what is left: calls, tokens and cost."""
    screen = console(err=False)
    if (found := job.gathered) is not None:
        rows = [(each.name, f"{len(each.answers):,}", f"{each.unmatched:,}", f"{each.spare:,}") for each in found.sets]
        rows += [(name, "to be made", "", "") for name in job.names[len(found.sets) :]]
        screen.print(table(["answers", ">there", ">of no question", ">spare"], rows))
    screen.print(f"{job.settings.questions}: {estimate.rows:,} questions to ask about", soft_wrap=True)
    _print_row_loads(screen, job.settings, estimate)


def _print_row_loads(screen: Console, settings: Settings, estimate: RowEstimate) -> None:
    if estimate.rows:
        _print_loads(screen, settings, dict(zip(ANSWERED, (estimate.usual, estimate.most), strict=True)), str)


def _print_loads(screen: Console, settings: Settings, loads: Mapping[str, Load], side_of: Callable[[str], str]) -> None:
    priced = bool(settings.price_in or settings.price_out)
    purposes = list(next(iter(loads.values())).calls_for)
    columns = ["if", *(f">{purpose} calls" for purpose in purposes), ">tokens in", ">tokens out", ">cost"]
    rows = [_load(name, load, priced) for name, load in loads.items()]
    screen.print(table(columns if priced else columns[:-1], rows))
    speakers = ", ".join(f"{purpose} by {settings.model_of(side_of(purpose))}" for purpose in purposes)
    screen.print(f"{speakers}. Tokens are estimated from the real prompts.", soft_wrap=True)
    screen.print("Nothing was sent." if priced else "Nothing was sent. For the cost, add --price-in and --price-out.")


def _load(name: str, load: Load, priced: bool) -> tuple[str, ...]:
    counts = (*load.calls_for.values(), load.prompt_tokens, load.completion_tokens)
    figures = (name, *(f"{count:,}" for count in counts))
    return (*figures, money(load.cost)) if priced else figures
