"""The ceilings of a run: replies and the turns of either side of conversations, each counted by themselves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated

from synthgen.filters.ceiling import Ceiling
from synthgen.filters.check import drop
from synthgen.filters.options import Range
from synthgen.filters.turns import place
from synthgen.records import Candidate, Cell, Drop, Role, Stage, Turn
from synthgen.spec import Spec

# Bits of a key that number a row's turns; no conversation is nearly that long.
_TURN_BITS = 20


class Ceilings:
    """Counts how the rows that hold a place open and close: pairs by their reply, conversations by every turn."""

    def __init__(self, replies: Ceiling, users: Ceiling, assistants: Ceiling) -> None:
        self._replies = replies
        self._turns: dict[Role, Ceiling] = {"user": users, "assistant": assistants}
        self._counted: dict[int, int] = {}  # by row that may still be released, the turns that are counted

    def over(self, number: int, messages: Sequence[Turn], cell: Cell, stage: Stage, risk: bool) -> Drop | None:
        """Return why one more row like this is too many, or None. Nothing is counted.

        Of a conversation the turns are looked at that are not counted yet, of a pair the reply. What they take the
        place of is counted no more.
        """
        for at, ceiling, turn in self._new(number, messages, cell, stage):
            candidate = Candidate(stage, turn.content, cell.language, risk=risk)
            if (found := ceiling.over(candidate)) is not None:
                return _of_a_turn(candidate, at, found.evidence) if cell.turns else found
        return None

    def claim(self, number: int, messages: Sequence[Turn], cell: Cell, stage: Stage) -> None:
        """Count what is new of a row."""
        for at, ceiling, turn in self._new(number, messages, cell, stage):
            ceiling.claim(number << _TURN_BITS | at, turn.content, cell.language)
            self._counted[number] = max(self._counted.get(number, 0), at + 1)

    def release(self, number: int) -> None:
        """Count a row no more; one that is not counted is fine."""
        self._give_back(number, range(self._counted.pop(number, 0)))

    def settle(self, number: int) -> None:
        """Count a row for good: it will not be released any more."""
        for at in range(self._counted.pop(number, 0)):
            for ceiling in (self._replies, *self._turns.values()):
                ceiling.settle(number << _TURN_BITS | at)

    def _new(self, number: int, messages: Sequence[Turn], cell: Cell, stage: Stage) -> list[tuple[int, Ceiling, Turn]]:
        """Return what is to be counted of a row, after what it takes the place of has been given back.

        Of a whole conversation these are the turns that are not counted as they are: all of one written anew.
        """
        if not cell.turns:
            new = [(1, self._replies, messages[1])] if stage == "reply" else []
        else:
            start = len(messages) - 1 if stage == "turn" else 0
            new = [
                (at, ceiling, turn)
                for at, turn in enumerate(messages[start:], start)
                if (ceiling := self._turns.get(turn.role))
                and (stage == "turn" or not ceiling.holds(number << _TURN_BITS | at, turn.content, cell.language))
            ]
        self._give_back(number, [at for at, *_ in new])
        self._give_back(number, range(len(messages), self._counted.get(number, 0)))
        return new

    def _give_back(self, number: int, places: Iterable[int]) -> None:
        for at in places:
            for ceiling in (self._replies, *self._turns.values()):
                ceiling.release(number << _TURN_BITS | at)


def _of_a_turn(candidate: Candidate, at: int, opening: str) -> Drop:
    """Return the drop of a conversation for the turn at an index; of a single turn it is told without its number."""
    turn = place(candidate, at + 1) if candidate.stage == "conversation" else ""
    return drop(
        candidate,
        "opening_ceiling",
        en=f'{turn}Too many turns of the set open with "{opening}". Begin it in another way, one that belongs to this '
        "talk alone, and keep the rest.",
        zh=f"{turn}这批对话里以“{opening}”开头的话已经太多。请换一个只属于这次谈话的开头，其余保持不变。",
        evidence=opening,
    )


def build(
    spec: Spec,
    plain: bool,
    *,
    share: Annotated[float, Range(0.001, 1)] = 0.02,
    after: Annotated[int, Range(1, 1_000_000)] = 200,
    turn_share: Annotated[float, Range(0.001, 1)] = 0.05,
) -> Ceilings:
    """Options: `share`, the part of the replies that may open or close alike; `turn_share`, the part of either side's
    turns of conversations that may open alike; `after`, from how many on.
    """
    return Ceilings(
        Ceiling(share, after, led_by_examples=plain),
        *(Ceiling(turn_share, after, led_by_examples=plain, counts_closings=False) for _ in range(2)),
    )
