"""Replies that say the message back word for word, and messages that copy an example they were written after."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, reduce
from operator import and_
from typing import Annotated

from synthgen.filters.check import Check, drop
from synthgen.filters.options import Range
from synthgen.filters.phrases import flatten
from synthgen.records import Candidate, Drop
from synthgen.spec import Spec
from synthgen.text import unit_name

_GRAM = 5
# A Chinese word is about 1.6 characters, so a run of characters has to be longer to say as much.
_CHARACTERS_PER_WORD = 1.6
# A short quotation is a fair way to come back to what was said; it leaves a break that no run crosses.
_QUOTED = re.compile(r'"[^"\n]{1,160}"|“[^”\n]{1,160}”|「[^」\n]{1,160}」|『[^』\n]{1,160}』|‘[^’\n]{1,160}’')
_BREAK = " \0 "
# Apostrophes go, so that "don't" is one word; other ASCII punctuation parts words.
_WORDS_ALONE = {ord("'"): None} | {at: " " for at in range(1, 128) if not chr(at).isalnum() and chr(at) != "'"}

Gram = tuple[str, ...]


@dataclass(frozen=True)
class _Source:
    """A text that may be copied from. What most texts never need is worked out when it is needed."""

    units: Sequence[str]

    @cached_property
    def known(self) -> frozenset[str]:
        return frozenset(self.units)

    @cached_property
    def grams(self) -> frozenset[Gram]:
        return frozenset(_grams(self.units))


@dataclass(frozen=True, slots=True)
class _Copy:
    """The longest run that was copied, and whether it is too long by itself."""

    text: str
    is_long: bool


def build(
    spec: Spec,
    plain: bool,
    *,
    run: Annotated[int, Range(_GRAM, 200)] = 12,
    share: Annotated[float, Range(0.05, 1)] = 0.5,
    example_run: Annotated[int, Range(_GRAM, 200)] = 12,
    example_share: Annotated[float, Range(0.05, 1)] = 0.5,
) -> Check:
    """Options: `run`, the words in a row that a reply may not share with its message; `share`, the part of a reply
    that may be shared; `example_run` and `example_share`, the same for a message and each example it was shown.
    """

    def check(candidate: Candidate) -> Drop | None:
        in_characters = unit_name(candidate.language) == "characters"
        if candidate.stage == "reply" and candidate.query:
            reply = _units(_QUOTED.sub(_BREAK, candidate.text), in_characters)
            copy = _copied(reply, _source(candidate.query, in_characters), run, share, in_characters)
            return _echo(candidate, copy) if copy else None
        if candidate.stage == "query" and candidate.shown:
            query = _units(candidate.text, in_characters)
            for example in candidate.shown:
                # One example serves many messages.
                source = _example(example, in_characters)
                if copy := _copied(query, source, example_run, example_share, in_characters):
                    return _copied_example(candidate, copy)
        return None

    return check


def _echo(candidate: Candidate, copy: _Copy) -> Drop:
    if copy.is_long:
        return drop(
            candidate,
            "echo",
            en=f'It repeats the message word for word: "{copy.text}". Say it in other words or leave it out.',
            zh=f"逐字重复了来信：“{copy.text}”。请换一种说法，或者删去。",
            evidence=copy.text,
        )
    return drop(
        candidate,
        "echo",
        en="Most of it only repeats the message. Answer the message: add insight and steps of your own.",
        zh="大部分内容只是在重复来信。请真正回应来信，写出自己的理解和建议。",
        evidence=copy.text,
    )


def _copied_example(candidate: Candidate, copy: _Copy) -> Drop:
    return drop(
        candidate,
        "copied_example",
        en=f'It copies an example: "{copy.text}". Tell another story, with people, events and words of its own.',
        zh=f"照抄了示例：“{copy.text}”。请另写一件事，人物、经过和措辞都要不同。",
        evidence=copy.text,
    )


def _copied(units: list[str], source: _Source, run: int, share: float, in_characters: bool) -> _Copy | None:
    """Return what units share with a source, when a run is too long or the whole share too large."""
    longest = round(run * _CHARACTERS_PER_WORD) if in_characters else run
    if not _may_copy(units, source.known, longest, share):
        return None
    shared = [*map(source.grams.__contains__, _grams(units))]
    mostly = sum(shared) > share * len(shared)
    if not mostly and sum(shared) <= longest - _GRAM:
        return None
    start, length = _longest(shared)
    if not mostly and length < longest:
        return None
    text = ("" if in_characters else " ").join(units[start : start + length])
    return _Copy(text, is_long=length >= longest)


def _source(text: str, in_characters: bool) -> _Source:
    return _Source(_units(text, in_characters))


_example = lru_cache(maxsize=64)(_source)


def _units(text: str, in_characters: bool) -> list[str]:
    """Return what is compared: words bare of punctuation, or characters."""
    flat = flatten(text)
    if in_characters:
        return [char for char in flat if char.isalnum() or char == "\0"]
    return flat.translate(_WORDS_ALONE).split()


def _may_copy(units: list[str], known: frozenset[str], longest: int, share: float) -> bool:
    """Whether enough units in a row are known from the source at all: a quick look that lets most texts go."""
    row = bytes(map(known.__contains__, units))
    # A byte for each unit, so that where all bytes of a gram are 1 is told of all units at once.
    each = int.from_bytes(row)
    grams = reduce(and_, (each >> 8 * at for at in range(_GRAM))).bit_count()
    return b"\1" * longest in row or grams > share * (len(units) - _GRAM + 1)


def _grams(units: Sequence[str]) -> Iterator[Gram]:
    return zip(*(units[at:] for at in range(_GRAM)), strict=False)


def _longest(shared: list[bool]) -> tuple[int, int]:
    """Return where the longest shared run starts and how many units it has; at least one gram is shared."""
    best_start = best = start = 0
    for at, hit in enumerate([*shared, False]):
        if hit:
            continue
        if at - start > best:
            best_start, best = start, at - start
        start = at + 1
    return best_start, best + _GRAM - 1
