"""The calls of a run, for figures: who was asked for what, when they ended, and what they came to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise
from operator import itemgetter
from typing import NamedTuple

from synthgen.store.ledger import Ledger

# Calls for this write no text of a row.
_GATE = "judge"


class Asked(NamedTuple):
    """A model that answered: what for, the name of its backend, and its own by its server."""

    purpose: str
    backend: str
    model: str


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


def models_asked(ledger: Ledger) -> list[Asked]:
    """Return the models that answered, by their names, once for each purpose."""
    query = "SELECT DISTINCT purpose, backend, model FROM calls ORDER BY model, purpose, backend"
    return [*map(Asked._make, ledger.reading.execute(query))]


def repairs_in(purposes: Iterable[str]) -> int:
    """Return how often a text was written anew, by what the calls of one row were for, in their order.

    A step writes a text once, and the sides of a talk take turns: who writes twice in a row has mended something.
    """
    return sum(before == after for before, after in pairwise(each for each in purposes if each != _GATE))


def mended_rows(ledger: Ledger) -> int:
    """Return how many accepted rows have a text that was written anew."""
    query = """
        SELECT row, purpose FROM row_calls JOIN calls ON calls.id = row_calls.call
        WHERE row IN (SELECT n FROM rows WHERE state = 'accepted') ORDER BY row, calls.id
    """
    rows = groupby(ledger.reading.execute(query), key=itemgetter(0))
    return sum(repairs_in(purpose for _, purpose in calls) > 0 for _, calls in rows)
