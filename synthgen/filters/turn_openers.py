"""Sides that open or close their turns alike, turn after turn, within one conversation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Annotated

from synthgen.filters.check import Check, drop
from synthgen.filters.formulas import formula_in
from synthgen.filters.options import Range
from synthgen.filters.phrases import flatten
from synthgen.filters.turns import among_turns
from synthgen.records import Candidate, Drop, Turn
from synthgen.spec import Spec
from synthgen.text import sentences, unit_name, units

# The words of an opening, and the Chinese characters: fewer than of a run's openings, as a talk is short.
_WORDS, _CHARACTERS = 3, 4
# Where openings and closings are looked for, and how many turns of a side are looked back at.
_HEAD_CHARS, _TAIL_CHARS, _REACH = 200, 400, 40
# What parts a clause from the next one.
_CLAUSE = re.compile(r"[\W_]*([^,，.。!！?？;；:：、…~～\n]+)(.?)", re.DOTALL)
# The last turns of a side, among which so many may not be alike.
_WINDOW = 4


def build(
    spec: Spec,
    plain: bool,
    *,
    share: Annotated[float, Range(0.05, 1)] = 0.34,
    times: Annotated[int, Range(1, 100)] = 2,
    row: Annotated[int, Range(2, _WINDOW + 1)] = 3,
) -> Check:
    """Options: `share`, the part of a side's turns that may open alike, though always so many `times`; `row`, how many
    of a side's last four turns may not open or close alike, five for no such bound.
    """

    def fault(candidate: Candidate, turns: Sequence[Turn], at: int) -> Drop | None:
        side = [turn.content for turn in turns[max(0, at - 2 * _REACH) : at + 1] if turn.role == turns[at].role]
        language = candidate.language
        openings = [_opening(said[:_HEAD_CHARS], language) for said in side]
        if alike := openings.count(openings[-1]) if openings[-1] else 0:
            # A talk that goes on is held to the share of the turns that it will have.
            expected = max(len(turns), candidate.band[0] if candidate.band else 0) // 2
            most = max(times, share * min(_REACH, expected))
            if alike > most or openings[-_WINDOW:].count(openings[-1]) >= row:
                return _opens_alike(candidate, openings[-1])
        closings = [_closing(said[-_TAIL_CHARS:], language) for said in side[-_WINDOW:]]
        if closings[-1] and closings.count(closings[-1]) >= row:
            return _closes_alike(candidate, closings[-1])
        return None

    return among_turns(fault)


# The turns of a conversation are looked at anew when the next one is spoken.
@lru_cache(maxsize=256)
def _opening(head: str, language: str) -> str:
    """Return the formula that a turn opens with, else its first words; "" for a turn that says no more than those."""
    if formula := formula_in(head, language):
        return formula
    return _first_words(flatten(head), language)


@lru_cache(maxsize=256)
def _closing(tail: str, language: str) -> str:
    """Return the first words of a turn's last sentence; "" where it is the only one."""
    said = sentences(tail)
    return _first_words(flatten(said[-1]), language) if len(said) > 1 else ""


def _first_words(flat: str, language: str) -> str:
    clause = _CLAUSE.match(flat)
    if clause is None:
        return ""
    said = units(clause[1])
    in_characters = unit_name(language) == "characters"
    most = _CHARACTERS if in_characters else _WORDS
    # A nod is no formula.
    if len(said) <= most and not any(map(str.isalnum, flat[clause.end() :])):
        return ""
    return ("" if in_characters else " ").join(said[:most])


def _opens_alike(candidate: Candidate, opening: str) -> Drop:
    return drop(
        candidate,
        "formulaic_opening",
        en=f'Too many turns of this side open with "{opening}". Begin this one in another way, with what is particular '
        "to it; keep the rest.",
        zh=f"同一方有太多轮以“{opening}”开头。请换一个开头，从这一轮独有的内容说起，其余保持不变。",
        evidence=opening,
    )


def _closes_alike(candidate: Candidate, closing: str) -> Drop:
    return drop(
        candidate,
        "formulaic_closing",
        en=f'Turn after turn of this side ends with a sentence that begins "{closing}". End this one in another way; '
        "keep the rest.",
        zh=f"同一方接连几轮的最后一句都以“{closing}”开头。请换一种方式结束这一轮，其余保持不变。",
        evidence=closing,
    )
