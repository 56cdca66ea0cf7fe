"""`synthgen generate`: the main job."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Any

import click

from synthgen.cli.door import INTERRUPTED, tell
from synthgen.cli.options import generate_options
from synthgen.cli.plan import print_estimate
from synthgen.cli.progress import progress
from synthgen.cli.sections import SectionedCommand
from synthgen.cli.tables import outcome, used_line
from synthgen.cli.talk import say
from synthgen.engine.job import Job, prepare
from synthgen.errors import BudgetError
from synthgen.formats.sources import DATASET, RUN_RECORD
from synthgen.recipes import Result, estimate_job, generate_job
from synthgen.settings import Settings

LACKING = 4
EXTENDED_BY = {"generate": "; a larger --n extends it", "summarize": "; another PATH extends it"}


@click.command(cls=SectionedCommand)
@generate_options
def generate(
    out: Path | None,
    dry_run: bool,
    accept_changes: bool,
    allow_remote: bool,
    quiet: bool,
    verbose: bool,
    **said: Any,
) -> int:
    """Make pairs of message and reply, or with --turns conversations, by exact quota; or go on with the run in --out.

    It can be stopped at any moment: `synthgen generate --out FOLDER` goes on, with the settings that the run
    has. The path of the dataset goes to stdout, all talk to stderr.
    """
    job = prepare(Settings(**said), out)
    if dry_run:
        print_estimate(job, estimate_job(job))
        return 0
    if not quiet:
        say(opening_line(job))
    with progress(quiet=quiet, verbose=verbose) as watch:
        result = generate_job(job, watch=watch, accept_changes=accept_changes, allow_remote=allow_remote)
    return close(result, "generate", quiet=quiet)


def opening_line(job: Job) -> str:
    """Return what is about to be made, by which models, and where."""
    settings, spec = job.settings, job.spec
    models = " and ".join(dict.fromkeys((settings.model_of("query"), settings.model_of("reply"))))
    return f"{spec.name}: {settings.n:,} rows on {len(spec.topics)} topics with {models}, in {job.folder}"


def close(result: Result, command: str, *, quiet: bool) -> int:
    """Say what came of a run of a command and how to go on; return the exit code."""
    summary, go_on = result.summary, f"synthgen {command} --out {shlex.quote(str(result.folder))}"
    if result.was_finished:
        say(f"This run is finished: {summary.accepted:,} rows in {result.dataset}{EXTENDED_BY.get(command, '')}.")
    elif quiet:
        say(f"{summary.status}: {summary.accepted:,} of {summary.wanted:,} rows, {used_line(summary)}")
    else:
        say(outcome(summary, result.folder, [DATASET, RUN_RECORD]), nl=False)
    code = 0
    if summary.status == "shortfall":
        lacking = summary.wanted - summary.accepted
        say(f"{lacking:,} rows are lacking: their cells used up the spec's drafts_per_row.")
        code = LACKING
    elif summary.status != "done":
        say(f"What was received is kept. To go on: {go_on}")
        code = INTERRUPTED
    if result.error is not None:
        code = tell(result.error)
        if isinstance(result.error, BudgetError):
            code = LACKING
    click.echo(str(result.dataset))
    return code
