"""`synthgen reparse`: stored answers read again by today's parser and filters."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from synthgen.cli.shelf import find_run
from synthgen.cli.tables import console, table
from synthgen.cli.talk import say
from synthgen.reparse import Reparsed
from synthgen.reparse import reparse as read_again


@click.command()
@click.argument("run")
@click.option(
    "--out", type=click.Path(path_type=Path), help="A new folder for what is read. Default: RUN's name with -reparsed."
)
def reparse(run: str, out: Path | None) -> None:
    """Read a run's stored answers again by today's parser, spec and filters; nothing is asked of a model.

    RUN is a run's folder, id or the beginning of its folder's name; it stays as it is. The new folder is a run
    too: `synthgen generate --out FOLDER` fills what is lacking in it.
    """
    folder = find_run(run)
    reparsed = read_again(folder, out or folder.with_name(f"{folder.name}-reparsed"))
    print_changes(reparsed)
    click.echo(str(reparsed.result.dataset))


def print_changes(reparsed: Reparsed) -> None:
    """Print how many rows stand otherwise than before, and what is lacking now."""
    fates, summary = reparsed.fates, reparsed.result.summary
    changed = {(before, after): count for (before, after), count in fates.most_common() if before != after}
    if changed:
        rows = [(before, after, f"{count:,}") for (before, after), count in changed.items()]
        console(err=True).print(table(["before", "now", ">rows"], rows))
    say(
        f"{fates.total() - sum(changed.values()):,} rows stand as before, {sum(changed.values()):,} otherwise; "
        f"{summary.accepted:,} of {summary.wanted:,} accepted."
    )
    if summary.accepted < summary.wanted:
        say(f"To fill what is lacking: synthgen generate --out {shlex.quote(str(reparsed.result.folder))}")
