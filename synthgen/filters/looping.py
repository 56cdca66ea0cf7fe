"""Conversations that go round in circles: a turn said again, and a turn that only gives the other's words back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Annotated

from synthgen.filters.check import Check, drop, snippet
from synthgen.filters.copying import CHARACTERS_PER_WORD, Source, copied, units_of, without_quotes
from synthgen.filters.options import Range
from synthgen.filters.turns import among_turns
from synthgen.records import Candidate, Drop, Turn
from synthgen.spec import Spec
from synthgen.text import unit_name

# How many turns of a side are looked back at; more are in no conversation that is made here.
_REACH = 40
# A short turn may be said twice; a nod of fewer words than these, as often as one likes.
_NOD, _TIMES = 3, 3


def build(
    spec: Spec,
    plain: bool,
    *,
    share: Annotated[float, Range(0.2, 1)] = 0.5,
    run: Annotated[int, Range(5, 200)] = 16,
    least: Annotated[int, Range(5, 200)] = 8,
) -> Check:
    """Options: `share`, the part of a turn that may stand in an earlier turn of its side or in the turn it answers;
    `run`, the words in a row that may; `least`, the words from which a turn is held to that. Quotations are free.
    """

    def fault(candidate: Candidate, turns: Sequence[Turn], at: int) -> Drop | None:
        in_characters = unit_name(candidate.language) == "characters"
        scale = CHARACTERS_PER_WORD if in_characters else 1
        units = [*_units(turns[at].content, in_characters)]
        if len(units) < least * scale:
            return _said_too_often(candidate, turns, at) if len(units) >= _NOD * scale else None
        for earlier in _earlier(turns, at):
            if copy := copied(units, _source(earlier.content, in_characters), run, share, in_characters):
                return _again(candidate, copy.text)
        if at and (copy := copied(units, _source(turns[at - 1].content, in_characters), run, share, in_characters)):
            return _parroted(candidate, copy.text)
        return None

    return among_turns(fault)


def _earlier(turns: Sequence[Turn], at: int) -> Iterator[Turn]:
    return (turn for turn in turns[max(0, at - 2 * _REACH) : at] if turn.role == turns[at].role)


# A conversation's turns are compared with one another, and again when the next one is spoken.
@lru_cache(maxsize=128)
def _source(text: str, in_characters: bool) -> Source:
    return Source(_units(text, in_characters))


@lru_cache(maxsize=128)
def _units(text: str, in_characters: bool) -> tuple[str, ...]:
    return (*units_of(without_quotes(text), in_characters),)


def _said_too_often(candidate: Candidate, turns: Sequence[Turn], at: int) -> Drop | None:
    said = _bare(turns[at].content)
    times = 1 + sum(_bare(turn.content) == said for turn in _earlier(turns, at))
    return _again(candidate, turns[at].content) if times >= _TIMES else None


def _bare(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _again(candidate: Candidate, evidence: str) -> Drop:
    return drop(
        candidate,
        "repeated_turn",
        en=f'It says again what the same side said before: "{snippet(evidence)}". Take up what was said last and go '
        "one step further.",
        zh=f"这一轮重复了同一方前面说过的话：“{snippet(evidence)}”。请接着对方刚说的内容，往前推进一步。",
        evidence=evidence,
    )


def _parroted(candidate: Candidate, evidence: str) -> Drop:
    return drop(
        candidate,
        "parroted_turn",
        en=f'It only gives the other side\'s words back: "{snippet(evidence)}". Answer them in words of its own and '
        "add something new.",
        zh=f"这一轮只是照搬对方刚说的话：“{snippet(evidence)}”。请用自己的话回应，并带出新的内容。",
        evidence=evidence,
    )
