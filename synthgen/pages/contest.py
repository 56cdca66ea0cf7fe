"""Which answers to the same questions are better: what a run of `evaluate` found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from synthgen.measures.shown import short
from synthgen.pages.blocks import Block, Picture, Section, Table
from synthgen.pages.side import Side
from synthgen.pages.words import label
from synthgen.report.charts import Bar, Span, bar_chart, interval_chart
from synthgen.report.contest_tables import (
    TextTable,
    classic_table,
    counted,
    pair_table,
    set_table,
    topic_table,
)
from synthgen.report.figures import decimal
from synthgen.rules.rubric import MEAN

# Pairs of sets that have a picture; the table has all.
_MOST_PAIRS = 6
_NAME_CHARS = 60


def contest_section(sides: Sequence[Side]) -> Section | None:
    """Return what was compared; runs of other recipes, and files, have nothing of it."""
    found = [(side.name, side.facts.contest) for side in sides if side.facts and side.facts.contest]
    blocks = [block for name, figures in found for block in _blocks(figures, f", {name}" if len(sides) > 1 else "")]
    about = "An answer wins that wins in both orders; where the orders disagree it is a tie."
    return Section("comparison", "Comparison", about, blocks) if blocks else None


def _blocks(figures: Mapping[str, Any], of: str) -> Iterator[Block]:
    sets, pairs = figures["sets"], figures.get("pairs", [])
    if spans := list(_spans(sets)):
        low, high = figures["scale"]
        yield Picture(f"Mean of all metrics, with 95 % intervals{of}", interval_chart(spans, (low, high)))
    for pair in pairs[:_MOST_PAIRS]:
        names = f"a: {short(pair['a'], _NAME_CHARS)}, b: {short(pair['b'], _NAME_CHARS)}"
        yield Picture(f"{names}{of}", bar_chart([*_bars(pair["wins"])], longest=pair["wins"]["pairs"]))
    if pairs:
        note = (
            "p: of a sign test on the answers that won. A judge without bias lets the one shown first win half of the "
            "times, and the longer one as often as it is better."
        )
        yield _told(f"Wins{of}", pair_table(pairs), note)
    yield _told(f"Answers{of}", set_table(sets))
    topics, classics = topic_table(sets), classic_table(sets)
    if len(topics.rows) > 1:
        yield _told(f"Means by topic{of}", topics, folded=True)
    if classics.rows:
        yield _told(f"Classic figures{of}", classics, folded=True)


def _spans(sets: Mapping[str, Any]) -> Iterator[Span]:
    for number, (name, found) in enumerate(sets.items(), 1):
        mean = found.get(MEAN, {})
        if mean.get("mean") is not None:
            low, high = mean["interval"] or (mean["mean"], mean["mean"])
            # Names may begin alike, and no more than their beginnings is shown.
            yield Span(label(f"{number}. {name}"), mean["mean"], low, high, decimal(mean["mean"]))


def _bars(wins: Mapping[str, Any]) -> Iterator[Bar]:
    for side, name in (("a", "a wins"), ("tie", "tie"), ("b", "b wins")):
        count = wins[side]["count"]
        yield Bar(name, count, counted(count, wins["pairs"]))


def _told(title: str, found: TextTable, note: str = "", *, folded: bool = False) -> Table:
    """Return a table of a page; names of sets and topics are the user's, and bounded."""
    columns = [short(column, _NAME_CHARS) for column in found.columns]
    rows = [tuple(short(cell, _NAME_CHARS) for cell in row) for row in found.rows]
    return Table(title, columns, rows, note, folded)
