"""`synthgen transcripts`: what is understood of transcripts, without any model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from synthgen.cli.options import reading_options
from synthgen.cli.page_plan import print_files
from synthgen.cli.sections import SectionedCommand
from synthgen.cli.talk import say
from synthgen.engine.page_job import prepare_pages
from synthgen.settings import PageSettings
from synthgen.summarize import plan_pages


@click.group()
def transcripts() -> None:
    """Show what is understood of transcripts."""


@transcripts.command(cls=SectionedCommand)
@click.argument("sources", nargs=-1, required=True, metavar="PATH...")
@reading_options
def check(sources: Sequence[str], **said: Any) -> int:
    """Show speakers, turns and pages of the transcripts in files and folders.

    No model is opened and nothing is written. Names of speakers are shown as they are. Exit code 1 says that some
    file gave no transcript.
    """
    plan = plan_pages(prepare_pages(PageSettings(sources=tuple(sources), **said)), deidentify=False)
    print_files(plan)
    if unread := [each for each in plan.files if each.reason]:
        say(f"{len(unread):,} of {len(plan.files):,} files gave no transcript.")
        return 1
    return 0
