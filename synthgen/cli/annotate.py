"""`synthgen annotate`: labels, observations and reasoning for the rows of a run or a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from synthgen.annotate import FIGURES, NOTES, annotate_job, estimate_notes
from synthgen.cli.generate import close
from synthgen.cli.plan import print_row_estimate
from synthgen.cli.progress import progress
from synthgen.cli.row_options import note_options
from synthgen.cli.sections import SectionedCommand
from synthgen.cli.tables import console, table
from synthgen.cli.talk import say
from synthgen.engine.note_job import NoteJob, prepare_notes
from synthgen.report.figures import decimal, share
from synthgen.row_settings import NoteSettings

# Pairs of a gold label and what was told instead, shown at once; the file of figures has all.
MOST_CONFUSED = 8


@click.command(cls=SectionedCommand)
@click.argument("origin", metavar="[RUN|FILE]", required=False)
@note_options
def annotate(
    origin: str | None,
    out: Path | None,
    accept_changes: bool,
    allow_remote: bool,
    gold: bool,
    dry_run: bool,
    quiet: bool,
    verbose: bool,
    **said: Any,
) -> int:
    """Label the sessions and turns of a run, or of a file of dialogues, with a model.

    FILE is native JSON lines, Psy-Insight's JSON, ShareGPT or OpenAI messages. Every row is written as it was, with
    what the model notes put in; no text of a turn is changed, and no label that is there. A label that is not in the
    spec is asked for again, then left empty with the reason. It can be stopped at any moment:
    `synthgen annotate --out FOLDER` goes on. The path of the dataset goes to stdout, all talk to stderr.
    """
    job = prepare_notes(NoteSettings(origin=origin, **said), out)
    if dry_run:
        click.echo(f"fields and labels of {job.spec.name}")
        print_row_estimate(job, estimate_notes(job))
        return 0
    if not quiet:
        say(opening_line(job))
    with progress(quiet=quiet, verbose=verbose) as watch:
        found = annotate_job(job, watch=watch, accept_changes=accept_changes, allow_remote=allow_remote, gold=gold)
    if not quiet:
        show(found.figures)
        say(f"wrote {job.folder / NOTES}\nwrote {job.folder / FIGURES}")
    return close(found.result, "annotate", quiet=quiet)


def opening_line(job: NoteJob) -> str:
    """Return what is about to be annotated, by which models, and where."""
    models = " and ".join(dict.fromkeys(job.settings.model_of(purpose) for purpose in job.annotators))
    return f"{job.origin}: annotated by {job.spec.name} with {models}, in {job.folder}"


def show(figures: Mapping[str, Any]) -> None:
    """Print what is filled, how two annotators agree, and how gold labels are met."""
    screen = console(err=True)
    if figures["fields"]:
        screen.print(table(["field", ">filled", ">empty", "most often"], _filled(figures["fields"])))
    if agreement := figures.get("agreement"):
        screen.print(table(["agreement on", ">items", ">exact", ">Jaccard", ">Krippendorff"], _agreed(agreement)))
    for path, found in figures.get("gold", {}).items():
        screen.print(table([f"{path} against gold", ">precision", ">recall", ">F1", ">support"], _met(found)))
        for pair in _confused(found):
            say(pair)
    if figures.get("gold") == {}:
        say("--gold: no labels of the spec stand in the rows, so there is nothing to compare with.")
    for path, words in figures.get("gold_left_out", {}).items():
        often = ", ".join(f"{word} {count:,}" for word, count in list(words.items())[:MOST_CONFUSED])
        say(f"{path} in gold, left out as no label of the spec or one too many: {often}")


def _filled(fields: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    for path, found in fields.items():
        empty = sum(found["missing"].values())
        total = found["filled"] + empty
        often = [
            f"{label} {share(count, found['filled'])}" for label, count in list(found.get("labels", {}).items())[:3]
        ]
        yield path, f"{found['filled']:,}", share(empty, total), ", ".join(often)


def _agreed(agreement: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    for path, found in agreement.items():
        overall = found["overall"]
        figures = (overall["exact"], overall["jaccard"], overall["krippendorff"])
        yield path, f"{overall['items']:,}", *map(decimal, figures)
        for label, each in found["labels"].items():
            yield (
                f"  {label}",
                "",
                decimal(each["agreed"]),
                f"kappa {decimal(each['cohen'])}",
                decimal(each["krippendorff"]),
            )


def _met(found: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    for label, scores in found["labels"].items():
        yield label, *(decimal(scores[name]) for name in ("precision", "recall", "f1")), f"{scores['support']:,}"
    for name in ("micro", "macro"):
        if scores := found[name]:
            low, high = found[f"{name}_f1_interval"] or (None, None)
            f1 = f"{decimal(scores['f1'])} ({decimal(low)} to {decimal(high)})"
            yield f"{name} average", decimal(scores["precision"]), decimal(scores["recall"]), f1, f"{found['items']:,}"


def _confused(found: Mapping[str, Any]) -> Iterator[str]:
    wrong = [entry for entry in found["confusion"] if entry["gold"] != entry["told"]]
    for entry in wrong[:MOST_CONFUSED]:
        yield f"  {entry['gold'] or 'nothing'} told as {entry['told'] or 'nothing'}: {entry['count']:,}"
