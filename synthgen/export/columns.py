"""Dialogues as rows of typed columns, for Parquet, `datasets` and CSV."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from typing import Any

from synthgen.export.example import Example
from synthgen.formats.note_places import opened
from synthgen.records import Turn

COLUMNS = ("id", "topic", "language", "turns", "approach", "task", "source", "scores", "messages")


def column_values(example: Example) -> dict[str, Any]:
    """Return a dialogue by `COLUMNS`.

    `turns` counts those of both sides. Scores are a list of metric and points, since every file may have other
    metrics. Nothing else of a row goes out: what it was made of stays where it is.
    """
    row = example.row
    return {
        "id": example.id,
        "topic": example.topic,
        "language": example.language,
        "turns": sum(turn.role != "system" for turn in example.turns),
        "approach": text_of(row.get("approach")),
        "task": text_of(row.get("task")),
        "source": source_kind(row),
        "scores": [{"metric": name, "points": points} for name, points in points_of(row).items()],
        "messages": messages_of(example.turns),
    }


def table_values(example: Example) -> dict[str, str]:
    """Return a dialogue by `COLUMNS` as texts, with JSON for what is no text."""
    values = column_values(example) | {"scores": points_of(example.row)}
    return {name: value if isinstance(value, str) else _json(value) for name, value in values.items()}


def messages_of(turns: Sequence[Turn]) -> list[dict[str, str]]:
    return [{"role": turn.role, "content": turn.content} for turn in turns]


def source_kind(row: Mapping[str, Any]) -> str:
    """Return which recipe made a row, "" for a row of other makers."""
    return text_of((opened(row.get("source"), dict) or {}).get("kind"))


def is_fake(row: Mapping[str, Any]) -> bool:
    """Whether a row says that no real model made it."""
    return (opened(row.get("source"), dict) or {}).get("fake") is True


def points_of(row: Mapping[str, Any]) -> dict[str, float]:
    """Return the scores of a row by metric, without those that are no numbers."""
    scores = opened(row.get("scores"), dict) or {}
    return {
        str(name): float(points)
        for name, points in scores.items()
        if isinstance(points, int | float) and not isinstance(points, bool) and math.isfinite(points)
    }


def text_of(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
