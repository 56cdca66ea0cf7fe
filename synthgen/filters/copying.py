"""Runs of words that one text has from another, found by runs of five and measured only where there are many."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, reduce
from operator import and_

from synthgen.filters.phrases import flatten

GRAM = 5
# A Chinese word is about 1.6 characters, so a run of characters has to be longer to say as much.
CHARACTERS_PER_WORD = 1.6
# What no run crosses.
BREAK = " \0 "
# A short quotation is a fair way to come back to what was said.
_QUOTED = re.compile(r'"[^"\n]{1,160}"|“[^”\n]{1,160}”|「[^」\n]{1,160}」|『[^』\n]{1,160}』|‘[^’\n]{1,160}’')
# Apostrophes go, so that "don't" is one word; other ASCII punctuation parts words.
_WORDS_ALONE = {ord("'"): None} | {at: " " for at in range(1, 128) if not chr(at).isalnum() and chr(at) != "'"}

Gram = tuple[str, ...]


@dataclass(frozen=True)
class Source:
    """A text that may be copied from. What most texts never need is worked out when it is needed."""

    units: Sequence[str]

    @cached_property
    def known(self) -> frozenset[str]:
        return frozenset(self.units)

    @cached_property
    def grams(self) -> frozenset[Gram]:
        return frozenset(_grams(self.units))


@dataclass(frozen=True, slots=True)
class Copy:
    """The longest run that was copied, and whether it is too long by itself."""

    text: str
    is_long: bool


def copied(units: list[str], source: Source, run: int, share: float, in_characters: bool) -> Copy | None:
    """Return what units share with a source when `run` words in a row are shared, or more than `share` of all."""
    longest = round(run * CHARACTERS_PER_WORD) if in_characters else run
    if not _may_copy(units, source.known, longest, share):
        return None
    shared = [*map(source.grams.__contains__, _grams(units))]
    mostly = sum(shared) > share * len(shared)
    if not mostly and sum(shared) <= longest - GRAM:
        return None
    start, length = _longest(shared)
    if not mostly and length < longest:
        return None
    text = ("" if in_characters else " ").join(units[start : start + length])
    return Copy(text, is_long=length >= longest)


def source_of(text: str, in_characters: bool) -> Source:
    """Return a text as one that may be copied from."""
    return Source(units_of(text, in_characters))


# For sources that many texts are compared with.
kept_source = lru_cache(maxsize=64)(source_of)


def without_quotes(text: str) -> str:
    """Return a text with a break in place of each short quotation."""
    return _QUOTED.sub(BREAK, text)


def units_of(text: str, in_characters: bool) -> list[str]:
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
    grams = reduce(and_, (each >> 8 * at for at in range(GRAM))).bit_count()
    return b"\1" * longest in row or grams > share * (len(units) - GRAM + 1)


def _grams(units: Sequence[str]) -> Iterator[Gram]:
    return zip(*(units[at:] for at in range(GRAM)), strict=False)


def _longest(shared: list[bool]) -> tuple[int, int]:
    """Return where the longest shared run starts and how many units it has; at least one gram is shared."""
    best_start = best = start = 0
    for at, hit in enumerate([*shared, False]):
        if hit:
            continue
        if at - start > best:
            best_start, best = start, at - start
        start = at + 1
    return best_start, best + GRAM - 1
