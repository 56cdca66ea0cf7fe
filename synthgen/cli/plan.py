"""What `--dry-run` prints: the plan, and what it takes."""

from __future__ import annotations

from synthgen.cli.figures import money, share
from synthgen.cli.tables import console, table
from synthgen.recipes import Job
from synthgen.report.estimate import Estimate, Load


def print_estimate(job: Job, estimate: Estimate) -> None:
    """Print the rows wanted by cell, and the calls, tokens and cost."""
    settings = job.settings
    screen = console(err=False)
    rows = sum(estimate.wanted.values())
    screen.print(f"{job.spec.name}: {rows:,} rows to make in {len(estimate.wanted)} cells, seed {settings.seed}")
    screen.print(table(["cell", ">rows"], [(cell.told, f"{n:,}") for cell, n in estimate.wanted.items()]))
    priced = bool(settings.price_in or settings.price_out)
    columns = ["if", ">query calls", ">reply calls", ">tokens in", ">tokens out", ">cost"]
    screen.print(
        table(
            columns if priced else columns[:-1],
            [
                _load("nothing is dropped", estimate.best, priced),
                _load(f"{share(estimate.kept_share, 1)} of the drafts are kept", estimate.likely, priced),
            ],
        )
    )
    screen.print(
        f"Queries by {settings.model_of('query')}, replies by {settings.model_of('reply')}, "
        f"messages in a query call: {estimate.batch_size}. Tokens are estimated from the real prompts."
    )
    screen.print("Nothing was sent." if priced else "Nothing was sent. For the cost, add --price-in and --price-out.")


def _load(name: str, load: Load, priced: bool) -> tuple[str, ...]:
    counts = (load.query_calls, load.reply_calls, load.prompt_tokens, load.completion_tokens)
    figures = (name, *(f"{count:,}" for count in counts))
    return (*figures, money(load.cost)) if priced else figures
