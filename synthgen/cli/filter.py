"""`synthgen filter`: the filters of a spec, over the rows of any file."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import click

from synthgen.catalog import load_spec
from synthgen.cli.strides import Strides, strides
from synthgen.cli.tables import console, table
from synthgen.engine.plain_stages import plain_stages_in
from synthgen.errors import FileError, UsageError
from synthgen.filters import CEILING, FILTERS, ceilings
from synthgen.filters.options import option_names
from synthgen.formats.sources import LEDGER, STDIN
from synthgen.records import Stage
from synthgen.report.figures import share
from synthgen.rules.annotation import TOPICS
from synthgen.sift import Fault, Sifted, sieve_of, sift_file
from synthgen.spec import Spec, spec_of_run
from synthgen.store.ledger import Ledger


@click.command("filter")
@click.argument("file", required=False)
@click.option("--spec", metavar="SPEC", help="A spec's name or YAML file. A run's folder brings its own.")
@click.option("--only", multiple=True, metavar="NAME", help="Use this filter alone. May be repeated.")
@click.option("--skip", multiple=True, metavar="NAME", help="Leave this filter out. May be repeated.")
@click.option("--out", type=click.Path(path_type=Path), help="Write the rows that pass, in the format of the name.")
@click.option("--dropped", type=click.Path(path_type=Path), help="Write why each of the others does not.")
@click.option("--list", "list_", is_flag=True, help="List the filters and their options.")
def filter_(
    file: str | None,
    spec: str | None,
    only: tuple[str, ...],
    skip: tuple[str, ...],
    out: Path | None,
    dropped: Path | None,
    list_: bool,
) -> None:
    """Put rows through a spec's filters and say why each row that does not pass is dropped.

    FILE is JSONL (also .gz and .zst), JSON, CSV, TSV, Parquet, a run's folder, or - for JSONL on stdin; its rows
    hold dialogues in any of the usual shapes. Drops go to stdout, a line each, unless --dropped names a file.
    """
    if list_:
        print_filters()
        return
    if file is None:
        raise UsageError("filter: which file?", hint="`synthgen filter FILE --spec SPEC`, or --list.")
    wanted, plain = spec_for(file, spec)
    sieve = sieve_of(wanted, only, skip, plain=plain)
    with strides() as watch:
        told = (lambda fault: None) if dropped else partial(echo_fault, watch)
        sifted = sift_file(file, sieve, out=out, dropped=dropped, told=told, watch=watch)
    print_sifted(sifted)
    for path in filter(None, (out, dropped)):
        click.echo(str(path))


def spec_for(file: str, name: str | None) -> tuple[Spec, Mapping[Stage, bool]]:
    """Return the spec that is named, else the one that a run was made by, and which of its texts by plain templates.

    Raises UsageError, FileError or SpecError.
    """
    if name is not None:
        return load_spec(name)[0], {}
    meta = {}
    if file != STDIN and not Path(file).exists():
        raise FileError(f"{file}: no such file.", hint="check the path.")
    if (Path(file) / LEDGER).is_file():
        with closing(Ledger(Path(file), write=False)) as ledger:
            meta = ledger.meta()
    # What a judge's run was made by is a rubric.
    if TOPICS not in meta.get("content", {}):
        raise UsageError(f"{file}: by which spec?", hint="name one by --spec; `synthgen topics list` shows them.")
    spec = spec_of_run(meta)
    return spec, plain_stages_in(spec, meta["templates"])


def echo_fault(watch: Strides, fault: Fault) -> None:
    evidence = f" [{fault.drop.evidence}]" if fault.drop.evidence else ""
    name = f"row {fault.number}" + (f" ({fault.id})" if fault.id else "")
    with watch.aside():
        click.echo(f"{name}: {fault.drop.stage} {fault.drop.reason}: {fault.drop.detail}{evidence}")


def print_sifted(sifted: Sifted) -> None:
    """Print how many rows pass, and what stopped the others."""
    rows = [("passed", "", f"{sifted.kept:,}", share(sifted.kept, sifted.rows))]
    rows += [
        (f"dropped by {name}", reason, f"{count:,}", share(count, sifted.rows))
        for (name, reason), count in sifted.dropped.most_common()
    ]
    console(err=True).print(table(["rows", "why", ">count", ">share"], rows))


def print_filters() -> None:
    """Print every filter, what it stops and the options that a spec can set."""
    builders: dict[str, Callable[..., Any]] = {**FILTERS, CEILING: ceilings.build}
    rows = [(name, _about(build), ", ".join(option_names(build))) for name, build in builders.items()]
    console(err=False).print(table(["filter", "stops", "options"], rows))


def _about(build: Callable[..., Any]) -> str:
    module = inspect.getmodule(build)
    return ((module and module.__doc__) or "").strip().split("\n\n")[0].replace("\n", " ").rstrip(".")
