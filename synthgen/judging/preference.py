"""Preferences: which of two answers a judge takes for the better one, and what both orders of showing them come to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from synthgen.judging.verdict import Failure, absence
from synthgen.parsing import RawPreference, Winner

Outcome = Literal["a", "b", "tie"]


@dataclass(frozen=True, slots=True)
class Preference:
    """What a judge says of two answers in the order in which they were shown; without a winner, why there is none."""

    winner: Winner | None
    reason: str = ""
    failure: Failure | None = None

    @property
    def is_whole(self) -> bool:
        return self.winner is not None


def preference_of(raw: RawPreference | None, *, answer: str, finish: str) -> Preference:
    """Return the preference that an answer makes; `finish` is the server's word for why it ended."""
    if raw is not None and raw.winner is not None:
        return Preference(raw.winner, raw.reason)
    return Preference(None, raw.reason if raw else "", absence(answer, finish, is_empty=raw is None))


def outcome_of(straight: Preference, turned: Preference) -> Outcome | None:
    """Return who wins by both orders: a, shown first `straight` and second `turned`, or b; a tie where they disagree.

    None where an order has no winner that could be read: half an answer would bring the bias back that two orders
    take out.
    """
    if straight.winner is None or turned.winner is None:
        return None
    if straight.winner == "first" and turned.winner == "second":
        return "a"
    if straight.winner == "second" and turned.winner == "first":
        return "b"
    return "tie"
