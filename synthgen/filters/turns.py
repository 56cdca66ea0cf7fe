"""Checks of single texts, done to every turn of a conversation."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from synthgen.filters.check import Check
from synthgen.records import Candidate, Drop, Turn

# Nobody says more in one turn; where many phrases are looked for, the rest of a longer one is not looked at.
TURN_CHARS = 20_000

# Says what is wrong with the turn at an index, seen among all that were spoken.
TurnFault = Callable[[Candidate, Sequence[Turn], int], Drop | None]


def by_turn(check: Check) -> Check:
    """Return a check that looks at each turn of a conversation, or its newest, as it looks at a query or a reply."""

    def checked(candidate: Candidate) -> Drop | None:
        if candidate.stage == "turn":
            *_, newest = (None, *turns_of(candidate))
            found = check(newest) if newest else None
            return found and replace(found, stage="turn")
        if candidate.stage != "conversation":
            return check(candidate)
        for number, turn in enumerate(turns_of(candidate), 1):
            if (found := check(turn)) is not None:
                return replace(found, stage="conversation", detail=f"{place(candidate, number)}{found.detail}")
        return None

    return checked


def among_turns(fault: TurnFault) -> Check:
    """Return a check that asks about the newest turn, or about each turn of a whole conversation in order.

    System turns are left out. Single messages and replies pass.
    """

    def checked(candidate: Candidate) -> Drop | None:
        if candidate.stage == "turn":
            said = spoken(candidate)
            return fault(candidate, said, len(said) - 1) if said else None
        if candidate.stage != "conversation":
            return None
        said = spoken(candidate)
        for at in range(len(said)):
            if (found := fault(candidate, said, at)) is not None:
                return replace(found, detail=f"{place(candidate, at + 1)}{found.detail}")
        return None

    return checked


def spoken(candidate: Candidate) -> list[Turn]:
    """Return what the two sides said, without system turns."""
    return [turn for turn in candidate.turns if turn.role != "system"]


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


def place(candidate: Candidate, number: int) -> str:
    """Return how a detail begins that is about one turn, counted from 1."""
    return f"第{number}轮：" if candidate.language.split("-")[0] == "zh" else f"Turn {number}: "
