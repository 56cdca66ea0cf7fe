"""What annotated rows are labelled with, and what follows what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from synthgen.pages.bars import count_bars
from synthgen.pages.blocks import Block, Picture, Section
from synthgen.pages.side import Side
from synthgen.pages.words import label
from synthgen.report.charts import heatmap

_MOST_LABELS = 20
# The side of a table of transitions.
_MOST_SIDE = 12
_LEAST_TRANSITIONS = 20


def label_section(sides: Sequence[Side]) -> Section | None:
    """Return the labels by field, and the transitions from turn to turn."""
    found = [side.portrait.labels.figures() for side in sides]
    fields = dict.fromkeys(path for each in found for path in each.get("fields", {}))
    if not fields:
        return None
    blocks: list[Block] = []
    for path in fields:
        of_field = [each.get("fields", {}).get(path, {"places": 0, "labels": {}}) for each in found]
        counts, wholes = [each["labels"] for each in of_field], [each["places"] for each in of_field]
        blocks += count_bars(_told(path), counts, wholes=wholes, most=_MOST_LABELS)
    for side, each in zip(sides, found, strict=True):
        name = f"{side.name}: " if len(sides) > 1 else ""
        for entry in each.get("transitions", []):
            blocks += _transition(name, entry)
    about = (
        "Shares are of the turns or sessions that have a label; one may have several. In the tables below a row is a "
        "label, and its figures are the percent of what follows it."
    )
    return Section("labels", "Labels", about, blocks)


def _transition(name: str, entry: dict[str, Any]) -> list[Picture]:
    """Return a table of what follows what, of the most frequent labels; none where too little does."""
    counts = {(label(before), label(after)): number for before, after, number in entry["counts"]}
    if sum(counts.values()) < _LEAST_TRANSITIONS:
        return []
    rows = _most([(before, number) for (before, _), number in counts.items()])
    columns = _most([(after, number) for (_, after), number in counts.items()])
    wholes = {row: sum(number for (before, _), number in counts.items() if before == row) for row in rows}
    shares = {
        (before, after): number / wholes[before]
        for (before, after), number in counts.items()
        if before in wholes and after in columns
    }
    title = f"{name}{_told(entry['from'])}, then {_told(entry['to'])}"
    return [Picture(title, heatmap(rows, columns, shares, x="then", y=""))]


def _most(counts: Sequence[tuple[str, int]]) -> list[str]:
    totals: dict[str, int] = {}
    for name, number in counts:
        totals[name] = totals.get(name, 0) + number
    return sorted(totals, key=lambda name: (-totals[name], name))[:_MOST_SIDE]


def _told(path: str) -> str:
    """Return "assistant's strategy" of "assistant.strategy"."""
    place, _, name = path.partition(".")
    return f"{place}'s {label(name)}"
