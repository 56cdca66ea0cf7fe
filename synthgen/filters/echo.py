"""Replies that say the message back word for word."""

from __future__ import annotations

import re
from collections.abc import Iterator
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


def build(
    spec: Spec,
    plain: bool,
    *,
    run: Annotated[int, Range(_GRAM, 200)] = 12,
    share: Annotated[float, Range(0.05, 1)] = 0.5,
) -> Check:
    """Options: `run`, the words in a row that may not be shared; `share`, the part of a reply that may be."""

    def check(candidate: Candidate) -> Drop | None:
        if candidate.stage != "reply" or not candidate.query:
            return None
        in_characters = unit_name(candidate.language) == "characters"
        longest = round(run * _CHARACTERS_PER_WORD) if in_characters else run
        reply = _units(_QUOTED.sub(_BREAK, candidate.text), in_characters)
        query = _units(candidate.query, in_characters)
        if not _may_echo(reply, set(query), longest, share):
            return None
        grams = set(_grams(query))
        shared = [*map(grams.__contains__, _grams(reply))]
        mostly = sum(shared) > share * len(shared)
        if not mostly and sum(shared) <= longest - _GRAM:
            return None
        start, length = _longest(shared)
        copied = ("" if in_characters else " ").join(reply[start : start + length])
        if length >= longest:
            return drop(
                candidate,
                "echo",
                en=f'It repeats the message word for word: "{copied}". Say it in other words or leave it out.',
                zh=f"逐字重复了来信：“{copied}”。请换一种说法，或者删去。",
                evidence=copied,
            )
        if mostly:
            return drop(
                candidate,
                "echo",
                en="Most of it only repeats the message. Answer the message: add insight and steps of your own.",
                zh="大部分内容只是在重复来信。请真正回应来信，写出自己的理解和建议。",
                evidence=copied,
            )
        return None

    return check


def _units(text: str, in_characters: bool) -> list[str]:
    """Return what is compared: words bare of punctuation, or characters."""
    flat = flatten(text)
    if in_characters:
        return [char for char in flat if char.isalnum() or char == "\0"]
    return flat.translate(_WORDS_ALONE).split()


def _may_echo(reply: list[str], known: set[str], longest: int, share: float) -> bool:
    """Whether enough units in a row are known from the query at all: a quick look that lets most replies go."""
    row = bytes(map(known.__contains__, reply))
    grams = sum(max(0, len(stretch) - _GRAM + 1) for stretch in row.split(b"\0"))
    return b"\1" * longest in row or grams > share * (len(reply) - _GRAM + 1)


def _grams(units: list[str]) -> Iterator[tuple[str, ...]]:
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
