"""`synthgen runs`: the runs there are, and how one stands."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import click

from synthgen.cli.shelf import OUTPUTS, find_run, run_folders
from synthgen.cli.tables import ON_OTHERS, console, makers_line, outcome_table, shortfall_table, table, used_line
from synthgen.errors import RunError
from synthgen.report.figures import duration
from synthgen.report.standing import read_standing
from synthgen.report.summary import PRIVATE_SETTINGS, run_record


@click.group()
def runs() -> None:
    """List runs and show how they stand."""


@runs.command("list")
@click.argument("folder", type=click.Path(path_type=Path), default=OUTPUTS)
def list_(folder: Path) -> None:
    """List the runs in FOLDER (default: outputs)."""
    rows = []
    for run in run_folders(folder):
        try:
            standing = read_standing(run)
        except RunError as error:
            rows.append((run.name, "unreadable", "", "", error.message, ""))
            continue
        summary = standing.summary
        count = f"{summary.accepted:,} of {summary.wanted:,}"
        models = ", ".join(summary.models)
        rows.append((run.name, standing.told, count, summary.spec, models, age(standing.meta.get("created"))))
    if not rows:
        click.echo(f"No runs in {folder}/. `synthgen generate` makes one.", err=True)
        return
    console(err=False).print(table(["run", "status", ">accepted", "spec", "models", "begun"], rows))


@runs.command()
@click.argument("run")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
def show(run: str, as_json: bool) -> None:
    """Show a run. RUN is its folder, its id, or the beginning of its folder's name in outputs/."""
    standing = read_standing(find_run(run))
    summary, meta = standing.summary, standing.meta
    if as_json:
        now = {"status": standing.status, "folder": str(standing.folder), "process": standing.process}
        click.echo(json.dumps(run_record(summary, meta) | now, ensure_ascii=False, indent=2))
        return
    screen = console(err=False)
    screen.print(f"{standing.folder} (run {summary.run}): {standing.told}, begun {age(meta.get('created'))}")
    worked_on = meta["settings"].get("origin") or meta["settings"].get("questions")
    of = f"{worked_on} by {summary.spec}" if summary.recipe in ON_OTHERS else summary.spec
    screen.print(f"{summary.wanted:,} rows of {of}, {makers_line(summary)}", soft_wrap=True)
    screen.print(outcome_table(summary))
    if summary.shortfall:
        screen.print(shortfall_table(summary))
    screen.print(used_line(summary))
    told = meta.get("settings", {}).items()
    said = {name: value for name, value in told if value is not None and name not in PRIVATE_SETTINGS}
    screen.print(table(["setting", "value"], [(name, str(value)) for name, value in said.items()]))


def age(created: str | None) -> str:
    """Return how long ago an ISO time was."""
    if created is None:
        return ""
    return f"{duration((datetime.now(UTC) - datetime.fromisoformat(created)).total_seconds())} ago"
