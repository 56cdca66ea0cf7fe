"""Conversations in which the user's side contradicts its profile or itself, or is called by a wrong name.

Only what can be told surely is looked at: the own age and name, how many children or siblings there are, the years
together, and the name by which the other side calls. Numbers of all else may change within a true story.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from synthgen.filters.check import Check, drop
from synthgen.filters.copying import BREAK, without_quotes
from synthgen.filters.numerals import number_told
from synthgen.filters.phrases import flatten
from synthgen.filters.turns import among_turns
from synthgen.filters.words import own_facts as words
from synthgen.records import Candidate, Drop, Turn
from synthgen.rules.parts import in_language
from synthgen.spec import Spec

_AGES = [re.compile(pattern) for pattern in (*words.AGES_EN, *words.AGES_ZH)]
_SOON = [re.compile(pattern) for pattern in (*words.SOON_EN, *words.SOON_ZH)]
_ASIDE = re.compile(words.AGE_ASIDE_ZH)
_KIN = [re.compile(pattern) for pattern in (*words.KIN_EN, *words.KIN_ZH)]
_YEARS = [re.compile(pattern) for pattern in (*words.YEARS_EN, *words.YEARS_ZH)]
_NAMES = [re.compile(pattern) for pattern in (*words.NAMES_EN, *words.NAMES_ZH)]
_INTRODUCED = re.compile(f"{words.INTRODUCED_EN}|{words.INTRODUCED_ZH}")
# A child may tell its age too, but "I'm ten" is mostly something else.
_YOUNGEST = 10
# Before a number, within its clause, these many characters tell of another time.
_BEFORE = 12
# Turns of conversations that are looked at anew when the next one is spoken.
_KEPT = 256


class Fact(NamedTuple):
    """Something that a turn says of its speaker: of which kind, the values that it can mean, and the words."""

    kind: str
    values: tuple[int, ...]
    words: str


def build(spec: Spec, plain: bool) -> Check:
    """Return a check of the user's facts, those of the candidate and those that its turns tell."""

    def fault(candidate: Candidate, turns: Sequence[Turn], at: int) -> Drop | None:
        known = {name for name in in_language(spec.dialogue.names, candidate.language, []) if name}
        if turns[at].role == "user":
            return _contradiction(candidate, turns, at) or _own_name_fault(candidate, turns[at].content, known)
        return _called_fault(candidate, turns, at, known)

    return among_turns(fault)


@lru_cache(maxsize=_KEPT)
def facts_in(text: str) -> tuple[Fact, ...]:
    """Return what a user's turn says of its speaker's age, children, siblings and years together."""
    flat = flatten(without_quotes(text)).replace(",", ", ").replace("  ", " ")
    return (*_ages(flat), *_counts(flat))


def _ages(flat: str) -> Iterator[Fact]:
    for patterns, less in ((_AGES, 0), (_SOON, 1)):
        for pattern in patterns:
            for found in pattern.finditer(flat):
                age = number_told(found[1])
                around = flat[max(0, found.start() - _BEFORE) : found.end()]
                if age is not None and age >= _YOUNGEST and not _ASIDE.search(around):
                    yield Fact("age", (age - less, age) if less else (age,), found[0])


def _counts(flat: str) -> Iterator[Fact]:
    for pattern in _KIN:
        for found in pattern.finditer(flat):
            if (count := number_told(found[1])) is not None:
                yield Fact(words.SAME.get(found[2], found[2]), (count,), found[0])
    for pattern in _YEARS:
        for found in pattern.finditer(flat):
            if (count := number_told(found[2])) is not None:
                # Years are told roughly.
                yield Fact(found[1], (count - 1, count, count + 1), found[0])


def _contradiction(candidate: Candidate, turns: Sequence[Turn], at: int) -> Drop | None:
    told = candidate.facts.get("age", "")
    held = {"age": Fact("age", (int(told[:3]),), told)} if told.isdecimal() else {}
    for turn in turns[:at]:
        if turn.role == "user":
            for fact in facts_in(turn.content):
                held.setdefault(fact.kind, fact)
    for fact in facts_in(turns[at].content):
        before = held.setdefault(fact.kind, fact)
        if set(before.values).isdisjoint(fact.values):
            return _contradicts(candidate, fact, before)
    return None
