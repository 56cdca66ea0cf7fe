"""What `--dry-run` prints: the plan, and what it takes."""

from __future__ import annotations

from synthgen.cli.figures import money, share
from synthgen.cli.tables import console, table
from synthgen.engine.job import Job
from synthgen.report.estimate import Estimate, Load


def print_estimate(job: Job, estimate: Estimate) -> None:
    """Print the rows wanted by cell, and the calls, tokens and cost."""
    settings = job.settings
    screen = console(err=False)
    rows = sum(estimate.wanted.values())
    screen.print(f"{job.spec.name}: {rows:,} rows to make in {len(estimate.wanted)} cells, seed {settings.seed}")
    screen.print(table(["cell", ">rows"], [(cell.told, f"{n:,}") for cell, n in estimate.wanted.items()]))
    priced = bool(settings.price_in or settings.price_out)
    purposes = list(estimate.best.calls_for)
    columns = ["if", *(f">{purpose} calls" for purpose in purposes), ">tokens in", ">tokens out", ">cost"]
    screen.print(
        table(
            columns if priced else columns[:-1],
            [
                _load("nothing is dropped", estimate.best, priced),
                _load(f"{share(estimate.kept_share, 1)} of the drafts are kept", estimate.likely, priced),
            ],
        )
    )
    speakers = ", ".join(f"{purpose} by {settings.model_of(job.side_of(purpose))}" for purpose in purposes)
    screen.print(f"{speakers}. Tokens are estimated from the real prompts.")
    screen.print("Nothing was sent." if priced else "Nothing was sent. For the cost, add --price-in and --price-out.")


def _load(name: str, load: Load, priced: bool) -> tuple[str, ...]:
    counts = (*load.calls_for.values(), load.prompt_tokens, load.completion_tokens)
    figures = (name, *(f"{count:,}" for count in counts))
    return (*figures, money(load.cost)) if priced else figures
