"""`synthgen judge`: scores by a rubric for the rows of a run or a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from synthgen.cli.generate import close
from synthgen.cli.plan import print_row_estimate
from synthgen.cli.progress import progress
from synthgen.cli.row_options import judge_options
from synthgen.cli.sections import SectionedCommand
from synthgen.cli.tables import console, table
from synthgen.cli.talk import say
from synthgen.engine.judge_job import JudgeJob, prepare_judging
from synthgen.errors import UsageError
from synthgen.judge import FIGURES, VERDICTS, Human, estimate_judging, judge_job
from synthgen.report.figures import decimal, share
from synthgen.row_settings import JudgeSettings
from synthgen.rules.rubric import MEAN


@click.command(cls=SectionedCommand)
@click.argument("origin", metavar="[RUN|FILE]", required=False)
@judge_options
def judge(
    origin: str | None,
    out: Path | None,
    accept_changes: bool,
    allow_remote: bool,
    human: str | None,
    correct: bool,
    dry_run: bool,
    quiet: bool,
    verbose: bool,
    **said: Any,
) -> int:
    """Score the rows of a run, or of a file of pairs or dialogues, by a rubric with a model.

    Every score comes with its grounds and a quote that has to stand in what was judged. What cannot be read is asked
    for again, then counted by its kind, and never averaged. Rows are written as they were, with their scores. It can be
    stopped at any moment: `synthgen judge --out FOLDER` goes on. The path of the dataset goes to stdout, all talk to
    stderr.
    """
    if correct and human is None:
        raise UsageError("--correct: needs scores by people.", hint="name their file by --human.")
    job = prepare_judging(JudgeSettings(origin=origin, **said), out)
    if dry_run:
        print_row_estimate(job, estimate_judging(job))
        return 0
    if not quiet:
        say(opening_line(job))
    with progress(quiet=quiet, verbose=verbose) as watch:
        found = judge_job(
            job,
            watch=watch,
            accept_changes=accept_changes,
            allow_remote=allow_remote,
            human=Human(Path(human), correct) if human else None,
        )
    if not quiet:
        show(found.figures)
        if kept := found.figures["unwritten"]:
            say(f"{kept:,} rows came with scores, which stay; what they got here is in {VERDICTS} alone.")
        say(f"wrote {job.folder / VERDICTS}\nwrote {job.folder / FIGURES}")
        if plot := found.figures.get("plot"):
            say(f"wrote {job.folder / plot}")
        elif "plot" in found.figures:
            say("The calibration is drawn where the extra `report` is installed: pip install 'synthgen[report]'.")
    return close(found.result, "judge", quiet=quiet)


def opening_line(job: JudgeJob) -> str:
    """Return what is about to be judged, by which models, and where."""
    models = " and ".join(dict.fromkeys(job.settings.model_of(purpose) for purpose in job.judges))
    return f"{job.origin}: judged by {job.rubric.name} with {models}, in {job.folder}"


def show(figures: Mapping[str, Any]) -> None:
    """Print the scores by metric, what failed, and how far the judge agrees with others."""
    screen = console(err=True)
    screen.print(
        table(["metric", ">mean", "95 %", ">deviation", ">scores", ">failed", ">quotes found"], _means(figures))
    )
    if figures["failures"]:
        told = ", ".join(f"{count:,} {kind.replace('_', ' ')}" for kind, count in figures["failures"].items())
        screen.print(f"failed, and in no mean: {told}", soft_wrap=True)
    if repeats := list(_repeated(figures)):
        screen.print(table(["repeats", ">within rows", ">between rows", ">ICC"], repeats))
    if seconds := list(_second(figures)):
        columns = ["second judge", ">rows", ">Spearman", ">kappa", ">alpha", ">difference", ">failed"]
        screen.print(table(columns, seconds))
    if calibration := figures.get("calibration"):
        columns = ["people", ">items", ">Pearson", ">Spearman", ">kappa", ">alpha", ">bias"]
        screen.print(table(columns, _calibrated(calibration)))
        overall = calibration["overall"]
        if not overall["items"]:
            screen.print("None of the scores by people is of a row that was scored: their ids must be the rows' own.")
        elif left := overall["human_only"]:
            screen.print(f"{left:,} scores by people are of rows that have no score of that metric, and are left out.")
    for metric, mean in figures.get("corrected", {}).items():
        why = " (their scores are too few, or do not rise with the judge's)" if mean is None else ""
        screen.print(f"{metric} on the people's scale: {decimal(mean)}{why}", soft_wrap=True)


def _means(figures: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    for name, found in figures["metrics"].items():
        failed = sum(found["failures"].values())
        quotes = share(found["quotes_found"], found["scores"])
        yield name, *_mean(found), f"{found['scores']:,}", f"{failed:,}", quotes
    yield MEAN, *_mean(figures[MEAN]), f"{figures[MEAN]['count']:,}", "", ""


def _mean(found: Mapping[str, Any]) -> tuple[str, str, str]:
    low, high = found["interval"] or (None, None)
    return decimal(found["mean"]), f"{decimal(low)} to {decimal(high)}", decimal(found["deviation"])


def _repeated(figures: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    for name, metric in figures["metrics"].items():
        if found := metric.get("repeats"):
            yield name, decimal(found["within"]), decimal(found["between"]), decimal(found["icc"])


def _second(figures: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    for name, metric in figures["metrics"].items():
        if found := metric.get("second_judge"):
            shown = (found["spearman"], found["quadratic_kappa"], found["krippendorff"], found["mean_difference"])
            yield name, f"{found['rows']:,}", *map(decimal, shown), f"{sum(found['failures'].values()):,}"


def _calibrated(calibration: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    for name, found in (("overall", calibration["overall"]), *calibration["metrics"].items()):
        shown = (found["pearson"], found["spearman"], found["quadratic_kappa"], found["alpha"], found["bias"])
        yield name, f"{found['items']:,}", *map(decimal, shown)
