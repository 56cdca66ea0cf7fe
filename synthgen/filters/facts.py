"""Conversations in which the user's side contradicts its profile or itself, or is called by a wrong name.

Only what can be told surely is looked at: the own age and name, how many children or siblings there are, the years
together, and the name by which the other side calls. Numbers of all else may change within a true story.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from synthgen.filters.check import Check, drop, snippet
from synthgen.filters.copying import without_quotes
from synthgen.filters.numerals import number_told
from synthgen.filters.phrases import flatten
from synthgen.filters.turns import TURN_CHARS, place, spoken
from synthgen.filters.words import own_facts as words
from synthgen.records import Candidate, Drop
from synthgen.rules.parts import in_language
from synthgen.spec import Spec

Patterns = list[re.Pattern[str]]


def _compiled(*patterns: str) -> Patterns:
    return [re.compile(pattern) for pattern in patterns]


_AGES = {"en": _compiled(*words.AGES_EN), "zh": _compiled(*words.AGES_ZH)}
_SOON = {"en": _compiled(*words.SOON_EN), "zh": _compiled(*words.SOON_ZH)}
_KIN = {"en": _compiled(*words.KIN_EN), "zh": _compiled(*words.KIN_ZH)}
_YEARS = {"en": _compiled(*words.YEARS_EN), "zh": _compiled(*words.YEARS_ZH)}
_NAMES = {"en": _compiled(*words.NAMES_EN), "zh": _compiled(*words.NAMES_ZH)}
_NUMBER = {"en": re.compile(rf"\b{words.NUMBER_EN}\b"), "zh": re.compile(words.NUMBER_ZH)}
_INTRODUCED = re.compile(f"{words.INTRODUCED_EN}|{words.INTRODUCED_ZH}")
_ASIDE = re.compile(words.AGE_ASIDE_ZH)
# A child may tell its age too, but "I'm nine" is mostly something else.
_YOUNGEST = 10
# The characters before a fact that may tell of another time, or introduce a name.
_BEFORE = 12


class Fact(NamedTuple):
    """Something that a turn says of its speaker: of which kind, the values that it may mean, and the words."""

    kind: str
    values: tuple[int, ...]
    words: str


@dataclass(slots=True)
class _Told:
    """What is known of the user's side as a talk goes on."""

    name: str
    facts: dict[str, Fact]
    heard: list[str] = field(default_factory=list)


def build(spec: Spec, plain: bool) -> Check:
    """Return a check of what the user tells of itself against its profile and its earlier turns."""
    names = {language: {name for name in listed if name} for language, listed in spec.dialogue.names.items()}
    calls = {language: _calls(listed, language) for language, listed in names.items() if listed}

    def check(candidate: Candidate) -> Drop | None:
        if candidate.stage not in ("turn", "conversation"):
            return None
        known: set[str] = in_language(names, candidate.language, set())
        call = in_language(calls, candidate.language, None)
        told = _Told(candidate.facts.get("name", ""), dict(_profile(candidate.facts)))
        turns = spoken(candidate)
        for number, turn in enumerate(turns, 1):
            text = without_quotes(turn.content[:TURN_CHARS])
            if turn.role == "user":
                found = _contradiction(candidate, text, told) or _name_fault(candidate, text, told, known)
                told.heard.append(text)
            else:
                found = _call_fault(candidate, text, told, call) if call else None
            if found and candidate.stage == "conversation":
                return replace(found, detail=f"{place(candidate, number)}{found.detail}")
            if found and number == len(turns):
                return found
        return None

    return check


def facts_in(text: str, language: str) -> Iterator[Fact]:
    """Yield what a text without its quotations says of its speaker's age, family and years together."""
    flat, side = flatten(text), _side(language)
    # Most turns tell no number.
    if not _NUMBER[side].search(flat):
        return
    for patterns, less in ((_AGES[side], 0), (_SOON[side], 1)):
        for found in _all(patterns, flat):
            age = number_told(found[1])
            if (
                age is not None
                and age >= _YOUNGEST
                and not _ASIDE.search(flat, max(0, found.start() - _BEFORE), found.end())
            ):
                yield Fact("age", tuple(range(age - less, age + 1)), found[0])
    for found in _all(_KIN[side], flat):
        if count := number_told(found[1]):
            yield Fact(words.SAME.get(found[2], found[2]), (count,), found[0])
    for found in _all(_YEARS[side], flat):
        if count := number_told(found[2]):
            # Years are told roughly, so that neighbors agree.
            yield Fact(found[1], (count, count + 1), found[0])


def _profile(facts: Mapping[str, str]) -> Iterator[tuple[str, Fact]]:
    age = facts.get("age", "")
    if age.isdecimal():
        yield "age", Fact("age", (int(age[:3]),), age)


def _contradiction(candidate: Candidate, text: str, told: _Told) -> Drop | None:
    for fact in facts_in(text, candidate.language):
        before = told.facts.setdefault(fact.kind, fact)
        if set(before.values).isdisjoint(fact.values):
            return _contradicts(candidate, before.words, fact.words)
    return None


def _name_fault(candidate: Candidate, text: str, told: _Told, known: Iterable[str]) -> Drop | None:
    for found in _all(_NAMES[_side(candidate.language)], text):
        name = found[1]
        is_introduced = _INTRODUCED.search(text[max(0, found.start(1) - 2 * _BEFORE) : found.start(1)])
        if not is_introduced and name not in known:
            continue
        if told.name and not _is_same(name, told.name):
            return _contradicts(candidate, told.name, name)
        told.name = told.name or name
    return None


def _call_fault(candidate: Candidate, text: str, told: _Told, call: re.Pattern[str]) -> Drop | None:
    if not told.name:
        return None
    for found in call.finditer(text):
        name = next(filter(None, found.groups()))
        # Others are spoken to as well, where a scene is played; then the user has named them.
        if not _is_same(name, told.name) and not any(name in said for said in told.heard):
            return drop(
                candidate,
                "wrong_name",
                en=f'It calls the other side "{name}", whose name is {told.name}. Use that name, or none.',
                zh=f"这里把对方叫作“{name}”，而对方名叫{told.name}。请改用这个名字，或者不称呼名字。",
                evidence=found[0],
            )
    return None


def _is_same(name: str, other: str) -> bool:
    """Whether two names may be one person's: a short form begins alike, a Chinese pet name shares a character."""
    if name.isascii():
        return name[:2].casefold() == other[:2].casefold()
    return not set(name).isdisjoint(other)


def _contradicts(candidate: Candidate, before: str, now: str) -> Drop:
    before, now = (snippet(said.strip(" .,!?;，。！？；、")) for said in (before, now))
    return drop(
        candidate,
        "contradicts_facts",
        en=f'It says "{now}", but what is true of this side is "{before}". Keep to that, or leave it out.',
        zh=f"这里说“{now}”，而这一方的情况是“{before}”。请与之保持一致，或者删去。",
        evidence=now,
    )


def _calls(names: Iterable[str], language: str) -> re.Pattern[str]:
    listed = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    return re.compile(words.called(listed, chinese=_side(language) == "zh"))


def _all(patterns: Patterns, text: str) -> Iterator[re.Match[str]]:
    for pattern in patterns:
        yield from pattern.finditer(text)


def _side(language: str) -> str:
    return "zh" if language.split("-")[0] == "zh" else "en"
