"""What `transcripts check` and `summarize --dry-run` print: files, speakers, pages, and what they take."""

from __future__ import annotations

from collections.abc import Mapping

from synthgen.cli.tables import console, table
from synthgen.engine.page_job import PageJob
from synthgen.engine.page_plan import PagePlan
from synthgen.report.figures import money


def print_files(plan: PagePlan) -> None:
    """Print what was understood of each file, or why nothing was."""
    screen = console(err=False)
    screen.print(
        table(
            ["transcript", "read as", "speakers", "roles are", ">turns", ">words", ">pages"],
            [
                (
                    each.name,
                    each.kind,
                    _speakers(each.speakers),
                    each.how,
                    *map(_count, (each.turns, each.words, each.pages)),
                )
                for each in plan.files
                if not each.reason
            ],
        )
    )
    if other := [(each.name, _languages(each.other)) for each in plan.files if each.other]:
        screen.print(table(["pages that the spec has no words for", "language, pages"], other))
    if unread := [(each.name, each.reason) for each in plan.files if each.reason]:
        screen.print(table(["not read", "why"], unread))


def print_plan(job: PageJob, plan: PagePlan) -> None:
    """Print the files, the pages and the calls, tokens and cost that they take."""
    settings, screen = job.settings, console(err=False)
    print_files(plan)
    read = sum(not each.reason for each in plan.files)
    other = f" and {plan.other:,} in another language" if plan.other else ""
    screen.print(
        f"{read:,} transcripts, {plan.pages:,} pages of at most {settings.page_tokens} tokens, {plan.empty:,} of them "
        f"empty{other}; {plan.replaced:,} names and numbers are replaced"
    )
    rows = plan.asked * (settings.rounds or 1)
    priced = bool(settings.price_in or settings.price_out)
    columns = ["calls", ">tokens in", ">tokens out", ">most rows", ">cost"]
    cost = (settings.price_in or 0) * plan.tokens_in / 1e6 + (settings.price_out or 0) * plan.tokens_out / 1e6
    figures = [f"{plan.asked:,}", f"{plan.tokens_in:,}", f"{plan.tokens_out:,}", f"{rows:,}", money(cost)]
    screen.print(table(columns if priced else columns[:-1], [figures if priced else figures[:-1]]))
    screen.print("Tokens are estimated; a local model's own tokenizer cuts the pages of the run. Nothing was sent.")


def _speakers(roles: Mapping[str, str]) -> str:
    return ", ".join(
        f"{label or '(no label)'}={role}" if role else label or "(no label)" for label, role in roles.items()
    )


def _languages(pages: Mapping[str, int]) -> str:
    return ", ".join(f"{language or 'unknown'} {_count(count)}" for language, count in pages.items())


def _count(number: int) -> str:
    return f"{number:,}"
