"""What a run took: calls, tokens, cost, and how fast it went."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from synthgen.measures.shown import short
from synthgen.pages.blocks import Block, Picture, Section, Table
from synthgen.pages.side import Side
from synthgen.pages.words import count
from synthgen.report.charts import line_chart
from synthgen.report.figures import decimal

_MINUTE, _HOUR = 60, 3600


def cost_section(sides: Sequence[Side]) -> Section | None:
    """Return calls by purpose, and rates over the time at work."""
    blocks: list[Block] = []
    for number, side in enumerate(sides):
        of = f" of {side.name}" if len(sides) > 1 else ""
        if side.pace:
            blocks += _pace(side.pace, number, of)
        if side.totals:
            columns = ["calls for", "model", ">calls", ">tokens in", ">cached", ">tokens out", ">cost", ">mean seconds"]
            blocks.append(Table(f"Calls{of}", columns, [*_totals(side)]))
    about = "Over the time that the run was at work: pauses between two parts of it are left out."
    return Section("costs", "Calls, tokens, cost", about, blocks) if blocks else None


def _pace(pace: dict[str, Any], number: int, of: str) -> Iterator[Picture]:
    unit, name = _unit(pace["seconds"])

    def timed(points: Sequence[tuple[float, float]]) -> list[list[tuple[float, float]]]:
        # In the side's own colour: the series before it are empty.
        return [*([] for _ in range(number)), [(at / unit, height) for at, height in points]]

    yield Picture(f"Calls a second{of}", line_chart(timed(pace["calls"]), x=name, y="calls/s", area=True))
    yield Picture(f"Tokens out a second{of}", line_chart(timed(pace["tokens"]), x=name, y="tokens/s", area=True))
    if pace["cost"][-1][1]:
        yield Picture(f"Cost so far{of}", line_chart(timed(pace["cost"]), x=name, y="cost"))


def _unit(seconds: float) -> tuple[float, str]:
    if seconds < 3 * _MINUTE:
        return 1, "seconds"
    return (_MINUTE, "minutes") if seconds < 3 * _HOUR else (_HOUR, "hours")


def _totals(side: Side) -> Iterator[tuple[str, ...]]:
    for total in side.totals:
        tokens = (total.prompt_tokens, total.cached_tokens, total.completion_tokens)
        figures = (count(total.calls), *map(count, tokens), decimal(total.cost, 4), decimal(total.seconds))
        yield short(total.purpose, 40), short(total.model, 60), *figures
