"""The figures of `evaluate` as people read them: tables of text, for the terminal and for a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from synthgen.report.comparison import AT_RISK
from synthgen.report.figures import decimal, share
from synthgen.rules.rubric import MEAN

Figures = Mapping[str, Any]


class TextTable(NamedTuple):
    """Columns, ">" before the names of those that hold numbers, and rows."""

    columns: Sequence[str]
    rows: Sequence[tuple[str, ...]]


def set_table(sets: Mapping[str, Figures]) -> TextTable:
    """Return means by metric with their intervals; where nothing was scored how many answers there are, how long."""
    if any("metrics" in found for found in sets.values()):
        return TextTable(["metric, with 95 %", *(f">{name}" for name in sets)], list(_means(sets)))
    lengths = [(name, f"{found['answers']:,}", decimal(found["mean_length"])) for name, found in sets.items()]
    return TextTable(["answers", ">questions", ">mean length"], lengths)


def pair_table(pairs: Sequence[Figures]) -> TextTable:
    """Return who wins of each two, and what the judge is biased by."""
    columns = ["a", "b", ">a wins", ">b wins", ">tie", ">p", ">first shown won", ">longer won", ">undecided"]
    columns += [">a - b in points"] * bool(pairs[0]["differences"])
    return TextTable(columns, [*map(_pair, pairs)])


def topic_table(sets: Mapping[str, Figures]) -> TextTable:
    """Return the mean of each topic."""
    names = dict.fromkeys(topic for found in sets.values() for topic in found.get("topics", {}))
    means = [[found.get("topics", {}).get(topic, {}).get("mean") for found in sets.values()] for topic in sorted(names)]
    rows = [(topic or "no topic", *map(decimal, each)) for topic, each in zip(sorted(names), means, strict=True)]
    return TextTable(["topic", *(f">{name}" for name in sets)], rows)


def classic_table(sets: Mapping[str, Figures]) -> TextTable:
    """Return the figures against references, and the variety of the answers, each by language."""
    kept = {name: dict(_classics(found)) for name, found in sets.items()}
    metrics = dict.fromkeys(metric for own in kept.values() for metric in own)
    rows = [(metric, *(decimal(own.get(metric)) for own in kept.values())) for metric in metrics]
    return TextTable(["classic figures", *(f">{name}" for name in sets)], rows)


def _means(sets: Mapping[str, Figures]) -> Iterator[tuple[str, ...]]:
    first = next(iter(sets.values()))
    for name in (*first["metrics"], MEAN):
        cells = [found[MEAN] if name == MEAN else found["metrics"][name] for found in sets.values()]
        yield name, *map(_with_interval, cells)
    if any(AT_RISK in found for found in sets.values()):
        yield f"{MEAN}, {AT_RISK}", *(_with_interval(found.get(AT_RISK, {})) for found in sets.values())
    yield "answers", *(f"{found['answers']:,}" for found in sets.values())
    yield "failed scores", *(f"{sum(found['failures'].values()):,}" for found in sets.values())
    yield "score with length", *(decimal(found["length_bias"]) for found in sets.values())


def _with_interval(found: Figures) -> str:
    low, high = found.get("interval") or (None, None)
    return f"{decimal(found.get('mean'))} ({decimal(low)} to {decimal(high)})"


def _pair(found: Figures) -> tuple[str, ...]:
    wins, bias, p, longer = found["wins"], found["position_bias"], found["wins"]["p_value"], found["longer_won"]
    return (
        found["a"],
        found["b"],
        *(counted(wins[side]["count"], wins["pairs"]) for side in ("a", "b", "tie")),
        "–" if p is None else f"{p:.3f}" if p >= 0.001 else "<0.001",
        share(bias["first"]["count"], bias["decided"]),
        "–" if longer is None else f"{longer:.0%}".replace("%", " %"),
        f"{found['undecided']:,}",
        *([_with_interval(found["differences"][MEAN])] if found["differences"] else []),
    )


def counted(count: int, of: int) -> str:
    """Return a count with its share."""
    return f"{count:,} ({share(count, of)})"


def _classics(found: Figures) -> Iterator[tuple[str, float]]:
    for language, own in (found.get("references") or {}).items():
        for metric, each in own["metrics"].items():
            yield f"{metric}, {language}", each["score"]
    for language, own in found["distinct"].items():
        for metric, score in own.items():
            if metric.startswith("distinct"):
                yield f"{metric}, {language}", score
