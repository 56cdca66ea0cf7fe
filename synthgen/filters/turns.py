"""Checks of single texts, done to every turn of a conversation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from synthgen.filters.check import Check
from synthgen.records import Candidate, Drop


def by_turn(check: Check) -> Check:
    """Return a check that looks at each turn of a conversation, or its newest, as it looks at a query or a reply."""

    def checked(candidate: Candidate) -> Drop | None:
        if candidate.stage == "turn":
            *_, newest = turns_of(candidate)
            found = check(newest)
            return found and replace(found, stage="turn")
        if candidate.stage != "conversation":
            return check(candidate)
        for number, turn in enumerate(turns_of(candidate), 1):
            if (found := check(turn)) is not None:
                return replace(found, stage="conversation", detail=f"{_place(candidate, number)}{found.detail}")
        return None

    return checked


def turns_of(candidate: Candidate) -> Iterator[Candidate]:
    """Yield a conversation's turns: the user's as queries, the assistant's as replies to what the user said last."""
    said = ""
    for at, turn in enumerate(candidate.turns):
        if turn.role == "user":
            said = turn.content
        yield replace(
            candidate,
            stage="query" if turn.role == "user" else "reply",
            text=turn.content,
            query="" if turn.role == "user" else said,
            # Only the last turn is what a call that was cut off leaves unfinished.
            finish=candidate.finish if at == len(candidate.turns) - 1 else "stop",
            turns=(),
        )


def _place(candidate: Candidate, number: int) -> str:
    return f"第{number}轮：" if candidate.language.split("-")[0] == "zh" else f"Turn {number}: "
