"""`synthgen report`: what a run or a file is like, as a page or as numbers."""

from __future__ import annotations

import json
from pathlib import Path

import click

from synthgen import __version__
from synthgen.catalog import load_spec
from synthgen.cli.shelf import find_run
from synthgen.cli.talk import say
from synthgen.errors import UsageError
from synthgen.formats.sources import STDIN
from synthgen.pages.report import check_place, read_sides, report_figures, write_report

PAGE, COMPARISON = "report.html", "comparison.html"


@click.command()
@click.argument("origin", metavar="RUN|FILE")
@click.option("--compare", "other", metavar="RUN|FILE", help="Put another run or file beside it.")
@click.option(
    "--json", "as_json", is_flag=True, help="Print the numbers to stdout; write no page unless --out says so."
)
@click.option("--out", type=click.Path(path_type=Path), help="The page (default: report.html in the run's folder).")
@click.option(
    "--labels", metavar="SPEC", help="Count the labels of this spec (default: the run's own, or psy_insight)."
)
@click.option("--with-dropped", is_flag=True, help="Show dropped rows even of a run made from transcripts.")
def report(
    origin: str, other: str | None, as_json: bool, out: Path | None, labels: str | None, with_dropped: bool
) -> None:
    """Show what a run or a file of rows is like, in one HTML file that needs nothing else.

    Counts against the quota, what was dropped and why, lengths, facets, openings, labels, likeness and variety, scores,
    calls and cost, and rows to read. RUN is a run's folder, id or the beginning of its folder's name; FILE is of any
    form that `synthgen filter` reads, or - for JSON lines on stdin. The path of the page goes to stdout.
    """
    if origin == other == STDIN:
        raise UsageError("stdin is named twice.", hint="it can be read once.")
    paths = [*map(place_of, filter(None, (origin, other)))]
    place = out or default_place(paths[0], compared=other is not None)
    if out or not as_json:
        check_place(place)
    sides = read_sides(paths, labels=load_spec(labels)[0] if labels else None, with_dropped=with_dropped)
    if as_json:
        told = json.dumps(report_figures(sides), ensure_ascii=False, indent=2)
        # Names of topics and openings come from rows, where half a surrogate pair may stand.
        click.echo(told.encode("utf-8", "replace").decode("utf-8"))
    if out or not as_json:
        write_report(sides, place, __version__)
        (say if as_json else click.echo)(str(place))


def place_of(name: str) -> Path:
    """Return the file that is named, or the folder of the run. Raises RunError."""
    path = Path(name)
    return path if name == STDIN or path.exists() else find_run(name)


def default_place(path: Path, *, compared: bool) -> Path:
    """Return where a page goes: into the run's folder, or beside the file under its name."""
    name = COMPARISON if compared else PAGE
    if str(path) == STDIN:
        return Path(name)
    return path / name if path.is_dir() else path.with_name(f"{path.name}.{name}")
