"""`synthgen summarize`: transcripts into questions and answers, private by default."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from synthgen.cli.generate import close
from synthgen.cli.options import summarize_options
from synthgen.cli.page_plan import print_plan
from synthgen.cli.progress import progress
from synthgen.cli.sections import SectionedCommand
from synthgen.cli.talk import say
from synthgen.engine.page_job import PageJob, prepare_pages
from synthgen.errors import FileError
from synthgen.settings import PageSettings
from synthgen.summarize import PageResult, plan_pages, summarize_job

RULES_ALONE = "Names and places are looked for by rules alone; the models of `pip install 'synthgen[ner]'` find more."
# Files that could not be read, shown at once; `synthgen transcripts check` shows them all.
MOST_UNREADABLE = 10


@click.command(cls=SectionedCommand)
@click.argument("sources", nargs=-1, metavar="[PATH]...")
@summarize_options
def summarize(
    sources: Sequence[str],
    out: Path | None,
    dry_run: bool,
    accept_changes: bool,
    allow_remote: bool,
    quiet: bool,
    verbose: bool,
    **said: Any,
) -> int:
    """Make a question and an answer of each page of transcripts, with a model on this machine.

    PATH is a file or a folder: text, Markdown, WebVTT, SubRip, DOCX, PDF, JSON, JSON lines, CSV. Names, places, dates,
    numbers and addresses are taken out before any model sees a page. It can be stopped at any moment:
    `synthgen summarize --out FOLDER` goes on. The path of the dataset goes to stdout, all talk to stderr.
    """
    job = prepare_pages(PageSettings(sources=tuple(sources) or None, **said), out)
    if dry_run:
        print_plan(job, plan_pages(job))
        return 0
    if not quiet:
        say(opening_line(job))
        if not job.settings.ner:
            say(RULES_ALONE)
    with progress(quiet=quiet, verbose=verbose) as watch:
        found = summarize_job(job, watch=watch, accept_changes=accept_changes, allow_remote=allow_remote, tell=say)
    for line in reading_lines(found):
        say(line)
    if not found.pages and found.result.summary.status == "done":
        raise FileError(
            f"{found.result.folder}: no transcript could be read, so there are no rows.",
            hint="`synthgen transcripts check PATH` tells why; name transcripts that it can show.",
        )
    return close(found.result, "summarize", quiet=quiet)


def opening_line(job: PageJob) -> str:
    """Return what is about to be made, by which model, and where."""
    named = ", ".join(map(str, job.sources[:3])) + (" ..." if len(job.sources) > 3 else "")
    return f"{job.spec.name}: pages of {named or 'what was read before'} with {job.settings.model}, in {job.folder}"


def reading_lines(found: PageResult) -> list[str]:
    """Return what was read, by what speakers got their roles, and what could not be read."""
    lines = [f"read {found.transcripts:,} transcripts, {found.pages:,} pages"]
    if found.told_by:
        told = ", ".join(f"{count:,} {how}" for how, count in found.told_by.items())
        lines.append(f"roles of speakers: {told} (`synthgen transcripts check` shows them)")
    if found.unreadable:
        lines.append(f"{len(found.unreadable):,} files gave no transcript:")
        lines += [f"  {name}: {reason}" for name, reason in found.unreadable[:MOST_UNREADABLE]]
    if len(found.unreadable) > MOST_UNREADABLE:
        lines.append("  and more: `synthgen transcripts check` shows all of them")
    return lines
