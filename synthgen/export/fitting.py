"""Dialogues made to fit a layout: sides that take turns, an end on the assistant's turn, so many tokens at most."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from synthgen.export.dialogues import apart
from synthgen.export.example import Example
from synthgen.export.tally import Tally
from synthgen.export.tokens import TokenCounter
from synthgen.records import Turn

# Why a row is left out.
NO_DIALOGUE = "no_dialogue"
NO_ROUND = "no_message_with_reply"
SYSTEM_WITHIN = "system_turn_within"
NO_PAIR = "more_than_a_pair"
TOO_LONG = "too_long"

# What is done to rows that are kept.
CUT = "cut"
JOINED = "joined"
TRIMMED = "trimmed"


@dataclass(frozen=True, slots=True)
class Need:
    """What a layout needs of a dialogue.

    With `rounds` the two sides take turns, the user first and the assistant last; a `pair` is one such round.
    """

    rounds: bool = False
    pair: bool = False


class Fitting:
    """Makes examples fit. It remembers how long each was left, so that tokens are counted once however often
    the rows are gone through; they have to come in the same order each time.
    """

    def __init__(self, need: Need, tokens: TokenCounter | None = None, most: int | None = None) -> None:
        self._need = need
        self._tokens = tokens
        self._most = most
        self._lengths = array("i")

    def fitted(self, examples: Iterable[Example], tally: Tally) -> Iterator[Example]:
        """Yield what fits, and count the rest in the tally."""
        counted = 0
        for example in examples:
            turns: Sequence[Turn] = example.turns
            if self._need.rounds:
                turns, reason = self._in_rounds(turns, tally)
                if reason:
                    tally.leave_out(example.id, reason)
                    continue
            if self._tokens is not None and self._most is not None:
                length = self._length(counted, turns)
                counted += 1
                if not length:
                    tally.leave_out(example.id, TOO_LONG)
                    continue
                tally.changed[CUT] += length < len(turns)
                turns = turns[:length]
            yield example if len(turns) == len(example.turns) else replace(example, turns=tuple(turns))

    def _in_rounds(self, turns: Sequence[Turn], tally: Tally) -> tuple[Sequence[Turn], str]:
        """Return the turns as rounds of the user and the assistant, or why there are none."""
        if not _alternate(turns):
            system, said = apart(turns)
            if any(turn.role == "system" for turn in said):
                return (), SYSTEM_WITHIN
            rounds, was_joined = _rounds(said)
            if not rounds:
                return (), NO_ROUND
            tally.changed[JOINED] += was_joined
            tally.changed[TRIMMED] += len(said) > len(rounds) and not was_joined
            turns = (*([Turn("system", system)] if system.strip() else ()), *rounds)
        if self._need.pair and sum(turn.role != "system" for turn in turns) > 2:
            return (), NO_PAIR
        return turns, ""

    def _length(self, place: int, turns: Sequence[Turn]) -> int:
        if place < len(self._lengths):
            return self._lengths[place]
        assert self._tokens is not None
        assert self._most is not None
        length = whole_turns(turns, self._tokens.counts(turns), self._most)
        self._lengths.append(length)
        return length


def whole_turns(turns: Sequence[Turn], counts: Sequence[int], most: int) -> int:
    """Return how many turns from the beginning on have so many tokens at most and end on the assistant's, or 0."""
    kept = total = 0
    for place, (turn, count) in enumerate(zip(turns, counts, strict=True), 1):
        total += count
        if total > most:
            break
        if turn.role == "assistant":
            kept = place
    return kept


def _alternate(turns: Sequence[Turn]) -> bool:
    """Whether nothing has to be done: most rows are so."""
    first = bool(turns) and turns[0].role == "system"
    said = len(turns) - first
    if said < 2 or said % 2 or (first and not turns[0].content.strip()):
        return False
    wanted = "user"
    for turn in turns[first:]:
        if turn.role != wanted or not turn.content or turn.content.isspace():
            return False
        wanted = "assistant" if wanted == "user" else "user"
    return True


def _rounds(turns: Sequence[Turn]) -> tuple[list[Turn], bool]:
    """Return turns without blank ones, those of one side in a row joined, from the user's first to the assistant's
    last; and whether any were joined.
    """
    rounds: list[Turn] = []
    was_joined = False
    for turn in turns:
        if not turn.content.strip() or (not rounds and turn.role != "user"):
            continue
        if rounds and rounds[-1].role == turn.role:
            rounds[-1] = Turn(turn.role, f"{rounds[-1].content}\n{turn.content}")
            was_joined = True
        else:
            rounds.append(turn)
    if rounds and rounds[-1].role == "user":
        rounds.pop()
    return rounds, was_joined
