"""English names and places by lists and by what people say before them, for texts with capitals and without."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from synthgen.deidentify.words.english import COMMON_NAMES, ORDINARY, STRONG_TITLES
from synthgen.deidentify.words.places import LONGER, ONE_WORD
from synthgen.deidentify.writing import Word, given_names, is_given
from synthgen.personal.rule import Span

# In a text without capitals only these tell of a name.
_TOLD = re.compile(
    r"\b(?:(?:my|his|her|their|our|your) (?:full |first |last |real |maiden )?name(?: is|'s|’s| was)?|name's"
    r"|named|i am called"
    r"|call(?:s|ed)? (?:me|him|her)|go(?:es)? by|speaking (?:with|to)|is this"
    r"|(?:my|his|her|our|their|your) (?:husband|wife|son|daughter|brother|sister|friend|boyfriend|girlfriend"
    r"|partner|boss|manager"
    r"|roommate|neighbor|neighbour|cousin|nephew|niece|uncle|aunt|therapist|ex|fiance|fiancee|coworker|colleague"
    r"|dog|cat)"
    r"(?: is|'s name is|,)?"
    r"|\b(?:mr|mrs|ms|mx|dr|doctor|pastor|professor|officer|nurse|uncle|aunt|auntie)\.?)\s+"
    r"(?P<piece>[a-z][a-z'-]{2,20}(?: [a-z][a-z'-]{2,20})?)",
    re.IGNORECASE,
)
_PLACED = re.compile(
    r"\b(?:liv(?:e|es|ed|ing) in|from|moved to|move to|born in|grew up in|back to|flew to|drive to|over in|down"
    r" in|up in)"
    r"\s+(?P<piece>[a-z]{3,20}(?: [a-z]{3,20})?)",
    re.IGNORECASE,
)
_LONGER = re.compile(rf"\b(?:{'|'.join(LONGER)})\b", re.IGNORECASE)


# Given names that are words in a text without capitals.
_DOUBTFUL = frozenset(
    "alma ana jordan sally peggy timothy jerry harry kelly patty jenny molly polly rex tom dirk".split()
)


def listed(words: list[Word]) -> Iterator[Span]:
    """Yield what is a name or a place in any writing."""
    for word in words:
        if word.plain in given_names() and (word.text[0].isupper() or word.plain not in _DOUBTFUL):
            yield Span("name", word.start, word.end - (2 if word.text.endswith(("'s", "’s")) else 0))
        elif word.plain in ONE_WORD:
            yield Span("place", word.start, word.end - (2 if word.text.endswith(("'s", "’s")) else 0))


def find_told_names(text: str) -> Iterator[Span]:
    """Yield places of several words, and what is said to be a name or a place, whatever its letters."""
    yield from (Span("place", *found.span()) for found in _LONGER.finditer(text))
    for kind, rule, known in (("name", _TOLD, given_names() | COMMON_NAMES), ("place", _PLACED, ONE_WORD)):
        for found in rule.finditer(text):
            first, _, second = found["piece"].casefold().partition(" ")
            titled = kind == "name" and found[0].split()[0].casefold().rstrip(".") in STRONG_TITLES
            if first in ORDINARY and not (titled and first in COMMON_NAMES):
                continue
            if not titled and first not in known:
                continue
            start = found.start("piece")
            more = second and second in given_names() and second not in ORDINARY
            yield Span(kind, start, found.end("piece") if more else start + len(first))


def beside_names(text: str, words: list[Word]) -> Iterator[Span]:
    """Yield a word that is also a name where a name follows it, as in "dale whitfield"."""
    for before, word in pairwise(words):
        if text[before.end : word.start] != " ":
            continue
        if (before.plain in COMMON_NAMES and before.plain not in ORDINARY and is_given(word)) or (
            is_given(before) and word.plain in COMMON_NAMES and word.plain not in ORDINARY
        ):
            yield Span("name", before.start, word.end)
