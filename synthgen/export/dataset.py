"""The native dataset: one accepted row a line, with where it came from."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from synthgen.files import written_aside
from synthgen.records import Row

# A call that made a row: its id in the ledger, the model's name, "template@hash".
CallLink = tuple[int, str, str]


def no_source(row: Row) -> Mapping[str, Any]:
    """Return nothing: the row was made of nothing but its cell."""
    return {}


def native_rows(
    run: str,
    recipe: str,
    fake: bool,
    rows: Iterable[Row],
    links: Iterable[tuple[int, Sequence[CallLink]]],
    source_of: Callable[[Row], Mapping[str, Any]] = no_source,
) -> Iterator[dict[str, Any]]:
    """Yield accepted rows as they are written; `rows` and `links` are in the same order.

    `source_of` returns what a row was made of.
    """
    for row, (_, calls) in zip(rows, links, strict=True):
        yield {
            "id": row.id,
            "topic": row.slot.cell.topic,
            "language": row.slot.cell.language,
            **_of_a_conversation(row),
            "facets": dict(row.slot.facets),
            "messages": [{"role": turn.role, "content": turn.content} for turn in row.messages],
            "risk": row.risk,
            **({"scores": dict(row.judgement.scores)} if row.judgement.scores is not None else {}),
            "source": {"kind": recipe, "fake": fake, **source_of(row)},
            "provenance": {
                "run": run,
                "calls": [call for call, _, _ in calls],
                "models": list(dict.fromkeys(model for _, model, _ in calls)),
                "templates": list(dict.fromkeys(template for _, _, template in calls)),
            },
        }


def _of_a_conversation(row: Row) -> dict[str, Any]:
    """Return what a conversation was to be: its band of turns, and its approach where it has one."""
    cell = row.slot.cell
    return {name: value for name, value in (("turns", cell.turns), ("approach", cell.approach)) if value}


def write_dataset(path: Path, rows: Iterable[dict[str, Any]]) -> int:
    """Write rows as JSON lines and return how many. Raises DiskError."""
    count = 0
    with written_aside(path) as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
            count += 1
    return count
