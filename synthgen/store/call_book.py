"""The calls of a run, for figures: when they ended, and what they came to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from synthgen.store.ledger import Ledger


class CallEnd(NamedTuple):
    """When a call ended (seconds since 1970), how many seconds it took, tokens out, and its cost."""

    ended: float
    seconds: float
    completion_tokens: int
    cost: float


class CallTotal(NamedTuple):
    """All calls of one purpose to one model; `seconds` is the mean of a call."""

    purpose: str
    model: str
    calls: int
    prompt_tokens: int
    cached_tokens: int
    completion_tokens: int
    cost: float
    seconds: float


def call_ends(ledger: Ledger) -> Iterator[CallEnd]:
    """Yield the calls of a run in the order in which they were stored."""
    query = "SELECT ended, seconds, completion_tokens, cost FROM calls ORDER BY id"
    yield from map(CallEnd._make, ledger.reading.execute(query))


def call_totals(ledger: Ledger) -> list[CallTotal]:
    """Return the calls by purpose and model, what was asked most first."""
    query = """
        SELECT purpose, model, count(*) AS asked, sum(prompt_tokens), sum(cached_tokens), sum(completion_tokens),
               sum(cost), avg(seconds) FROM calls GROUP BY purpose, model ORDER BY asked DESC, purpose, model
    """
    return [*map(CallTotal._make, ledger.reading.execute(query))]
