"""What a card says of how rows were made: by which models and prompts, what was dropped, what it took, its scores."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from synthgen.card.facts import WRITERS, Facts
from synthgen.card.markdown import code, escaped, table
from synthgen.report.roles import MADE, Role, listed

_TITLES = {
    "generate": "written by models",
    "summarize": "condensed from transcripts",
    "annotate": "labelled by models",
    "judge": "scored by models",
}
# What drops call a text that repeats another one.
_DUPLICATES = ("duplicate", "semantic_duplicate")


def making(facts: Facts) -> Iterator[str]:
    """Yield the sections about a source of rows, the run that it began with first."""
    for run in facts.chain():
        recipe = _TITLES.get(run.recipe) or _title(run)
        if parts := [
            part for part in (_single(run), _templates(run), _dropped(run), _scores(run), _notes(run)) if part
        ]:
            yield f"## How it was made{f': {escaped(recipe)}' if recipe else ''}"
            yield from parts


def _title(run: Facts) -> str:
    """Return what was done in a run that need not do all that its recipe can."""
    return f"{listed(tuple(role.done for role in run.roles), 'and')} by models" if run.roles else run.recipe


def _models(run: Facts) -> Iterator[tuple[str, str]]:
    """Yield the models by what they did, or all at once where that is not known."""
    if not run.roles:
        yield "models", ", ".join(map(code, run.models))
    for role in run.roles:
        yield f"{'written' if role.done == MADE else role.done} by", ", ".join(_marked(role))


def _marked(role: Role) -> Iterator[str]:
    for model in role.models:
        yield f"{code(model)} (no real model)" if model in role.fakes else code(model)


def _single(run: Facts) -> str:
    """Return the table of single facts."""
    rows = [
        *_models(run),
        ("rubric" if run.recipe == "judge" else "spec", code(run.spec.get("name", "")) if run.spec else ""),
        ("its hash", code(run.spec.get("hash", "")) if run.spec else ""),
        ("run", code(run.run) if run.run else ""),
        ("begun", code(run.created) if run.created else ""),
        ("synthgen", escaped(run.version)),
        ("settings", ", ".join(f"{name} {_value(value)}" for name, value in map(_told, run.settings.items()))),
        ("transcripts", "{:,}, in {:,} pages".format(*run.transcripts) if run.transcripts else ""),
        *(_spent(run) if run.summary else ()),
        ("mended before they were accepted", f"{run.repaired:,} rows" if run.repaired is not None else ""),
        ("flagged as telling of risk to life", f"{run.risk:,} rows" if run.risk is not None else ""),
    ]
    known = [(name, value) for name, value in rows if value]
    return table(["what", "value"], known) if known else ""


def _told(setting: tuple[str, Any]) -> tuple[str, Any]:
    name, value = setting
    return escaped(name.replace("_", " ")), value


def _value(value: Any) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else escaped(str(value))


def _spent(run: Facts) -> Iterator[tuple[str, str]]:
    summary = run.summary
    assert summary is not None
    yield "calls", f"{summary.calls:,}"
    yield "tokens", f"{summary.prompt_tokens:,} in, {summary.completion_tokens:,} out"
    if run.priced:
        yield "cost at the prices given", f"{summary.cost:,.4f}"
    yield "time", f"{summary.seconds:,.0f} s"


def _templates(run: Facts) -> str:
    """Return the table of prompt templates, by which anyone can tell whether theirs are the same."""
    if not run.templates:
        return ""
    return table(["prompt template", "hash"], [(code(name), code(digest)) for name, digest in run.templates.items()])


def _dropped(run: Facts) -> str:
    """Return what became of all rows that were begun, with the reasons of those that were dropped."""
    summary = run.summary
    if summary is None:
        return ""
    begun = summary.accepted + summary.surplus + sum(summary.dropped.values()) + summary.pending
    rows = [("accepted", f"of {summary.wanted:,} wanted", summary.accepted)]
    rows += [("dropped", escaped(_reason(slug)), count) for slug, count in summary.dropped.items()]
    rows += [("surplus", "good, when its place was taken", summary.surplus)] if summary.surplus else []
    rows += [("unfinished", "", summary.pending)] if summary.pending else []
    counts = table(["rows", "why", ">count", ">share"], [(*row[:2], *_count(row[2], begun)) for row in rows])
    if run.recipe not in WRITERS:
        return counts
    alike = sum(count for slug, count in summary.dropped.items() if slug.partition(".")[2] in _DUPLICATES)
    return f"{counts}\n\nDropped as duplicates: {alike:,} of {begun:,} rows begun."


def _count(count: int, begun: int) -> tuple[str, str]:
    return f"{count:,}", f"{count / begun:.1%}" if begun else ""


def _reason(slug: str) -> str:
    stage, _, reason = slug.partition(".")
    return f"{stage}: {reason.replace('_', ' ')}"


def _scores(run: Facts) -> str:
    """Return the judge's means, each with what it may be off by."""
    metrics = run.scores.get("metrics")
    if not isinstance(metrics, Mapping) or not metrics:
        return ""
    named = [*metrics.items(), ("mean of all", run.scores.get("mean") or {})]
    rows = [
        (escaped(name.replace("_", " ")), *_mean(found), _failed(found), _quoted(found))
        for name, found in named
        if found.get("mean") is not None
    ]
    low, high = run.scores.get("scale") or ("?", "?")
    counted = table(["metric", ">mean", "95 % interval", ">scores", ">not readable", ">quote found"], rows)
    return f"Scores from {low} to {high}; intervals by bootstrap over rows.\n\n{counted}"


def _mean(found: Mapping[str, Any]) -> tuple[str, str, str]:
    interval = found.get("interval")
    return f"{found['mean']:.2f}", "{:.2f} to {:.2f}".format(*interval) if interval else "", f"{found['count']:,}"


def _failed(found: Mapping[str, Any]) -> str:
    return f"{sum(found['failures'].values()):,}" if "failures" in found else ""


def _quoted(found: Mapping[str, Any]) -> str:
    return f"{found['quotes_found']:,}" if "quotes_found" in found else ""


def _notes(run: Facts) -> str:
    """Return how far the fields of an annotation are filled."""
    fields = run.notes.get("fields")
    if not isinstance(fields, Mapping) or not fields:
        return ""
    rows = [
        (escaped(name), f"{found['filled']:,}", f"{sum(found['missing'].values()):,}", _labels(found))
        for name, found in fields.items()
    ]
    return table(["field", ">filled", ">missing", "labels"], rows)


def _labels(found: Mapping[str, Any]) -> str:
    return ", ".join(f"{escaped(name)} {count:,}" for name, count in found.get("labels", {}).items())
