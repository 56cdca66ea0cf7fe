"""The figures of a run in progress, for whoever watches it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from synthgen.records import Cell


@dataclass(slots=True)
class Tally:
    """Counts of the whole run; `calls`, tokens and cost include earlier processes, `*_now` are this one's.

    `lagging` is the cells farthest behind, each with its rows accepted and wanted.
    """

    wanted: int
    accepted: int = 0
    surplus: int = 0
    dropped: Counter[tuple[str, str]] = field(default_factory=Counter)
    calls: int = 0
    calls_now: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    completion_tokens_now: int = 0
    cost: float = 0.0
    accepted_now: int = 0
    in_flight: int = 0
    concurrency: int = 0
    retries: int = 0
    seconds: float = 0.0
    lagging: list[tuple[Cell, int, int]] = field(default_factory=list)
    stopping: str = ""
