"""How rows are scored, how sure the means are, and how far the judge agrees with people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from synthgen.pages.blocks import Block, Picture, Section, Table
from synthgen.pages.side import Side
from synthgen.pages.words import count, label, title
from synthgen.report.charts import Span, calibration_chart, interval_chart
from synthgen.report.figures import decimal, share


def score_section(sides: Sequence[Side]) -> Section | None:
    """Return the scores that rows carry, and what a judge's run tells of its judge."""
    found = [side.portrait.points.figures() for side in sides]
    if not any(found):
        return None
    blocks: list[Block] = [Picture("Means with 95 % intervals", interval_chart([*_spans(found)], _scale(sides, found)))]
    several = len(sides) > 1
    columns = ["metric", *(["of"] if several else []), ">mean", ">95 % interval", ">deviation", ">rows"]
    rows = [
        (title(metric), *([side.name] if several else []), *_mean(figures), count(figures["count"]))
        for metric in dict.fromkeys(metric for each in found for metric in each)
        for side, each in zip(sides, found, strict=True)
        if (figures := each.get(metric))
    ]
    blocks.append(Table("In figures", columns, rows))
    for side in sides:
        blocks += _of_judge(side, f" of {side.name}" if several else "")
    about = "Intervals are bootstrapped over rows (percentile, 1,000 resamples)."
    return Section("scores", "Scores", about, blocks)


def _spans(found: Sequence[dict[str, Any]]) -> Iterator[Span]:
    for metric in dict.fromkeys(metric for each in found for metric in each):
        for number, each in enumerate(found):
            if figures := each.get(metric):
                low, high = figures["interval"] or (figures["mean"], figures["mean"])
                yield Span(label(title(metric)), figures["mean"], low, high, decimal(figures["mean"]), number)


def _scale(sides: Sequence[Side], found: Sequence[dict[str, Any]]) -> tuple[float, float]:
    """Return the rubric's scale where a run says it, else what the scores span."""
    for side in sides:
        if side.facts and (scale := side.facts.scores.get("scale")):
            return scale[0], scale[1]
    every = [figures for each in found for figures in each.values()]
    low, high = min(each["least"] for each in every), max(each["most"] for each in every)
    return (low, high) if low < high else (low - 1, high + 1)


def _mean(figures: dict[str, Any]) -> tuple[str, str, str]:
    interval = figures["interval"]
    told = f"{decimal(interval[0])} to {decimal(interval[1])}" if interval else "–"
    return decimal(figures["mean"]), told, decimal(figures["deviation"])


def _of_judge(side: Side, of: str) -> Iterator[Block]:
    scores = side.facts.scores if side.facts else {}
    if metrics := scores.get("metrics"):
        rows = [
            (
                title(name),
                count(each["scores"]),
                count(sum(each["failures"].values())),
                share(each["quotes_found"], each["scores"]),
            )
            for name, each in metrics.items()
        ]
        note = (
            "A quote that does not stand in what was judged shows a judge that did not read. What failed is in no mean."
        )
        yield Table(
            f"What the judge gave{of}", ["metric", ">scores", ">failed", ">quotes found"], rows, note, folded=True
        )
    if (calibration := scores.get("calibration")) and calibration["overall"]["items"]:
        panels = {label(title(name)): each for name, each in calibration["metrics"].items() if each["items"]}
        note = "Circles: what people gave on average where the judge gave so much. Dashed: both agree. Line: the fit."
        low, high = scores["scale"]
        yield Picture(f"The judge and people{of}", calibration_chart(panels, (low, high)), note, wide=True)
