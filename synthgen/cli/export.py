"""`synthgen export`: rows of runs and files as trainers and hubs read them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from synthgen.card.licenses import license_page
from synthgen.card.writing import card_export
from synthgen.cli.sections import SectionedCommand, option, put, section, spec_names
from synthgen.cli.shelf import find_run
from synthgen.cli.strides import strides
from synthgen.cli.tables import console, table
from synthgen.errors import UsageError
from synthgen.export.layouts import LAYOUTS
from synthgen.export.recipe import Exported, export
from synthgen.export.settings import ExportSettings, role_names, split_shares
from synthgen.files import private_files
from synthgen.formats.sources import LEDGER, STDIN
from synthgen.report.figures import share

PATH = click.Path(path_type=Path)
# What a run's exports are put under.
EXPORTS = "exports"
CHANGES = {
    "cut": "cut to --max-tokens, at the end of a turn",
    "joined": "turns of one side in a row joined",
    "trimmed": "turns before the first message, after the last reply, or without words left out",
}
_SIZE = re.compile(r"(\d{1,9})\s*([KMG]?)B?", re.IGNORECASE)
_UNITS = {"": 1, "K": 10**3, "M": 10**6, "G": 10**9}

OPTIONS = [
    *section(
        "What is written",
        option("--format", "layout", type=click.Choice([*LAYOUTS]), required=True, help="The layout of the rows."),
        option("--out", type=PATH, help="The folder (default: exports/FORMAT in the run, else STEM-FORMAT here)."),
        option("--system", metavar="none|spec|TEXT|@FILE", help="What the system says (default: what rows have)."),
        option("--spec", metavar="SPEC", shell_complete=spec_names, help="The spec of --system spec and --tasks."),
        option("--roles", metavar="NAMES", help="What the sides are called: user=Client,assistant=Counselor."),
        option(
            "--train-on",
            type=click.Choice(["all", "last"]),
            default="all",
            help="Which of the assistant's turns the loss is on (default: all).",
        ),
        option("--max-tokens", type=int, metavar="N", help="Cut longer dialogues, at the end of a turn."),
        option("--tokenizer", type=PATH, metavar="PATH", help="The tokenizer.json, or folder, of the model."),
        option("--shard-size", metavar="SIZE", help="The most of a file of hf (default: 500MB)."),
        option("--license", default="", metavar="ID", help="Write a card and Croissant metadata too: cc-by-4.0."),
    ),
    *section(
        "Which rows",
        option("--split", metavar="SHARES", help="90/5/5, 90/10, or train=90,test=10; nothing alike on two sides."),
        option("--seed", type=int, default=0, help="Of the splits and the tasks (default: 0)."),
        option("--similarity", type=float, default=0.80, help="What counts as nearly the same (default: 0.8)."),
        option("--decontaminate", multiple=True, type=PATH, metavar="PATH", help="Leave out what these hold."),
        option("--tasks", metavar="LIST", help="Write tasks made of annotations: all, or emotion=2,reply=1."),
        option("--score-field", metavar="PATH", help="What dpo pairs answers by (default: scores.mean)."),
        option("--margin", type=float, help="The least difference of their scores (default: any)."),
    ),
]


def export_options(function: Callable[..., Any]) -> Callable[..., Any]:
    return put(function, OPTIONS)


@click.command("export", cls=SectionedCommand)
@click.argument("origins", metavar="RUN|FILE...", nargs=-1, required=True)
@export_options
def export_(
    origins: tuple[str, ...],
    out: Path | None,
    split: str | None,
    roles: str | None,
    train_on: str,
    shard_size: str | None,
    **said: Any,
) -> None:
    """Write rows of runs and files as trainers and hubs read them.

    RUN is a run's folder, its id or the beginning of its folder's name; FILE holds rows of any make, - is JSON lines
    on stdin. An export that is there already is replaced. The paths of the files go to stdout, all talk to stderr.
    """
    paths = [found(origin) for origin in origins]
    settings = ExportSettings(
        split=split_shares(split) if split else {},
        roles=role_names(roles) if roles else {},
        last_only=train_on == "last",
        shard_size=size_said(shard_size) if shard_size is not None else None,
        **said,
    )
    if settings.license:
        license_page(settings.license)  # known, before anything is written
    target = out or usual_folder(paths, settings.layout)
    told: list[Path] = []
    with strides() as watch:
        exported = export(paths, settings, target, watch)
        if settings.license:
            watch("Writing the card", 0, 0)
            # What was made from transcripts or case reports stays with its owner, as the run does.
            with private_files("private" in exported.record):
                told = card_export(exported, paths, license=settings.license, name=target.name)
    print_exported(exported)
    for path in (*exported.paths, *told):
        click.echo(str(path))


def found(origin: str) -> Path:
    """Return the path of a file or of a run. Raises RunError."""
    path = Path(origin)
    if origin == STDIN or path.exists() or path.suffix:
        return path
    return find_run(origin)


def usual_folder(paths: Sequence[Path], layout: str) -> Path:
    """Return where an export goes when nobody says."""
    first = paths[0]
    if len(paths) == 1 and (first / LEDGER).is_file():
        return first / EXPORTS / layout
    return Path(f"{'stdin' if str(first) == STDIN else first.name.partition('.')[0]}-{layout}")


def size_said(text: str) -> int:
    """Return the bytes in "500MB", "2G" or "1000000". Raises UsageError."""
    if (size := _SIZE.fullmatch(text.strip())) is None:
        raise UsageError(f"--shard-size {text}: not a size.", hint="write 500MB or 2GB.")
    return int(size[1]) * _UNITS[size[2].upper()]


def print_exported(exported: Exported) -> None:
    """Show on stderr how many rows went where, and what was done to them."""
    record = exported.record
    read, written = record["rows"]["read"], record["rows"]["written"]
    rows = [("written", split, f"{count:,}", share(count, written)) for split, count in record["splits"].items()]
    pairs = record.get("pairs", {}).items()
    rows += [("pairs by", told_by, f"{count:,}", share(count, written)) for told_by, count in pairs]
    rows += [("left out", why, f"{count:,}", share(count, read)) for why, count in record["left_out"].items()]
    rows += [(name, CHANGES[name], f"{count:,}", share(count, read)) for name, count in record["changed"].items()]
    console(err=True).print(table(["rows", "why", ">count", ">share"], rows))
