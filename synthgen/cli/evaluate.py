"""`synthgen evaluate`: models or datasets compared on the same questions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from synthgen.cli.figures import share
from synthgen.cli.generate import close
from synthgen.cli.plan import print_contest_estimate
from synthgen.cli.progress import progress
from synthgen.cli.row_options import evaluation_options
from synthgen.cli.sections import SectionedCommand
from synthgen.cli.tables import console, table
from synthgen.cli.talk import say
from synthgen.engine.answer_sets import asked_places
from synthgen.engine.evaluation_job import EvaluationJob, prepare_evaluation
from synthgen.errors import FileError
from synthgen.evaluate import FIGURES, VERDICTS, estimate_evaluation, evaluate_job
from synthgen.row_settings import EvaluationSettings
from synthgen.rules.rubric import MEAN

# Topics shown at once; the file of figures has them all.
_MOST_TOPICS = 40


@click.command(cls=SectionedCommand)
@click.argument("answers", nargs=-1, metavar="[ANSWERS]...")
@evaluation_options
def evaluate(
    answers: tuple[str, ...],
    answer_with: tuple[str, ...],
    instructions: str | None,
    bertscore: str | None,
    out: Path | None,
    accept_changes: bool,
    allow_remote: bool,
    dry_run: bool,
    quiet: bool,
    verbose: bool,
    **said: Any,
) -> int:
    """Compare models or datasets by their answers to the same questions.

    ANSWERS are files or runs with answers, known by their questions' texts or ids; --answer-with has models answer
    first. Each answer is scored by the rubric, and each two are shown to the judge in both orders: who wins in one
    alone has not won. Where questions have reference answers, BLEU and the like are told too. It can be stopped at any
    moment: `synthgen evaluate --out FOLDER` goes on. The path of the dataset goes to stdout, all talk to stderr.
    """
    settings = EvaluationSettings(
        answers=answers or None,
        answer_with=answer_with or None,
        instructions=_instructions(instructions),
        **said,
    )
    job = prepare_evaluation(settings, out)
    if not quiet or dry_run:
        say(opening_line(job))
    if dry_run:
        print_contest_estimate(job, estimate_evaluation(job))
        return 0
    with progress(quiet=quiet, verbose=verbose) as watch:
        found = evaluate_job(
            job,
            watch=watch,
            accept_changes=accept_changes,
            allow_remote=allow_remote,
            bertscore=bertscore,
        )
    if not quiet:
        show(found.figures)
        say(f"wrote {job.folder / VERDICTS}\nwrote {job.folder / FIGURES}")
    return close(found.result, "evaluate", quiet=quiet)


def _instructions(said: str | None) -> str | None:
    """Return what models are told before a question: as it is said, from a file, or nothing."""
    if said is None or not said.startswith("@"):
        return "" if said == "none" else said
    try:
        return Path(said[1:]).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise FileError(
            f"--system {said}: cannot be read as text.", hint="name a text file, or give the text itself."
        ) from error


def opening_line(job: EvaluationJob) -> str:
    """Return what is about to be compared, on how many questions, by which judge, and where."""
    asked = f"{job.settings.questions}"
    if found := job.gathered:
        asked = f"{len(asked_places(found.questions, found.sets)):,} of {len(found.questions):,} in {asked}"
    judge = f"judged by {job.rubric.name} with {job.settings.model_of('judge')}" if job.is_judged else "not judged"
    return f"{' against '.join(job.names)} on {asked}: {judge}, in {job.folder}"


def show(figures: Mapping[str, Any]) -> None:
    """Print means by set, who wins of each two, the topics, and the classic figures."""
    screen = console(err=True)
    sets = figures["sets"]
    if any("metrics" in found for found in sets.values()):
        screen.print(table(["metric, with 95 %", *(f">{name}" for name in sets)], _means(sets)))
    else:
        lengths = [(name, f"{found['answers']:,}", _figure(found["mean_length"])) for name, found in sets.items()]
        screen.print(table(["answers", ">questions", ">mean length"], lengths))
    if pairs := figures.get("pairs"):
        columns = ["a", "b", ">a wins", ">b wins", ">tie", ">p", ">first shown won", ">longer won", ">undecided"]
        columns += [">a - b in points"] * bool(pairs[0]["differences"])
        screen.print(table(columns, map(_pair, pairs)))
    if len(topics := _topics(sets)) > 1:
        screen.print(table(["topic", *(f">{name}" for name in sets)], topics[:_MOST_TOPICS]))
    if classics := list(_classics(sets)):
        screen.print(table(["classic figures", *(f">{name}" for name in sets)], classics))
    for missing in dict.fromkeys(found.get("references_missing") for found in sets.values()):
        if missing:
            screen.print(missing, soft_wrap=True)
    for name, found in sets.items():
        if missing := found["unanswered"]:
            screen.print(f"{name}: {missing:,} questions have no answer.", soft_wrap=True)


def _means(sets: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    first = next(iter(sets.values()))
    for name in (*first["metrics"], MEAN):
        cells = [found[MEAN] if name == MEAN else found["metrics"][name] for found in sets.values()]
        yield name, *map(_with_interval, cells)
    if any("at risk" in found for found in sets.values()):
        yield "mean, at risk", *(_with_interval(found.get("at risk", {})) for found in sets.values())
    yield "answers", *(f"{found['answers']:,}" for found in sets.values())
    yield "failed scores", *(f"{sum(found['failures'].values()):,}" for found in sets.values())
    yield "score with length", *(_figure(found["length_bias"]) for found in sets.values())


def _with_interval(found: Mapping[str, Any]) -> str:
    low, high = found.get("interval") or (None, None)
    return f"{_figure(found.get('mean'))} ({_figure(low)} to {_figure(high)})"


def _pair(found: Mapping[str, Any]) -> tuple[str, ...]:
    wins, bias = found["wins"], found["position_bias"]
    shares = (_share(wins[side], wins["pairs"]) for side in ("a", "b", "tie"))
    p = wins["p_value"]
    longer = found["longer_won"]
    points = [_with_interval(found["differences"][MEAN])] if found["differences"] else []
    return (
        found["a"],
        found["b"],
        *shares,
        "–" if p is None else f"{p:.3f}" if p >= 0.001 else "<0.001",
        share(bias["first"]["count"], bias["decided"]),
        "–" if longer is None else f"{longer:.0%}".replace("%", " %"),
        f"{found['undecided']:,}",
        *points,
    )


def _share(found: Mapping[str, Any], of: int) -> str:
    return f"{found['count']:,} ({share(found['count'], of)})"


def _topics(sets: Mapping[str, Any]) -> list[tuple[str, ...]]:
    names = dict.fromkeys(topic for found in sets.values() for topic in found.get("topics", {}))
    return [
        (topic or "no topic", *(_figure(found.get("topics", {}).get(topic, {}).get("mean")) for found in sets.values()))
        for topic in sorted(names)
    ]


def _classics(sets: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    """Yield the figures against references, and the variety of the answers, each by language."""
    kept = {
        name: {
            f"{metric}, {language}": score
            for language, own in (found.get("references") or {}).items()
            for metric, score in _scores_in(own["metrics"])
        }
        | {
            f"{metric}, {language}": score
            for language, own in found["distinct"].items()
            for metric, score in own.items()
            if metric.startswith("distinct")
        }
        for name, found in sets.items()
    }
    for metric in dict.fromkeys(metric for own in kept.values() for metric in own):
        yield metric, *(_figure(own.get(metric)) for own in kept.values())


def _scores_in(metrics: Mapping[str, Any]) -> Iterator[tuple[str, float]]:
    for name, found in metrics.items():
        yield name, found["score"]


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"
