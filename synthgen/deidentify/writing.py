"""How an English text is written: its words, where its sentences begin, and what its capitals tell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from synthgen.deidentify.words.english import CAPITALS, COMMON_NAMES, ORDINARY, ORGANISATIONS, PLACES
from synthgen.sections import read_lists

_LETTER = "A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ"
_CHINESE = re.compile("[\u4e00-\u9fff]")
_WORD = re.compile(rf"[{_LETTER}]+(?:['’.-][{_LETTER}]+)*")
# After these a capital letter says only that a sentence begins.
_START = re.compile(r"(?:^|[.?!…:;\"“”‘*\[\]()—–>]|--|- |(?<=\s)['’])\s*$")
_ABBREVIATED = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Prof|Rev|St|Sgt|Mx|Jr|Sr|[A-Z])\.\s*$")


@cache
def given_names() -> frozenset[str]:
    """Return given names in lower case, without those that are also words."""
    return frozenset(read_lists(Path(__file__).parent / "words" / "given_names.txt")["given names"])


class Word(NamedTuple):
    """A word of a text. `first` says that it begins a sentence, so that its capital letter says nothing."""

    start: int
    end: int
    text: str
    plain: str
    first: bool


def words_in(text: str, start: int, end: int) -> Iterator[Word]:
    previous, chinese = start, _CHINESE.search(text, start, end) is not None
    for found in _WORD.finditer(text, start, end):
        gap = text[max(start, found.start() - 6) : found.start()]
        # Within Chinese a capital letter never only begins a sentence.
        first = not chinese and (previous == start or (_START.search(gap) is not None and not _ABBREVIATED.search(gap)))
        plain = found[0].replace("’", "'").casefold()
        yield Word(*found.span(), found[0], plain[:-2] if plain.endswith("'s") else plain, first)
        previous = found.end()


def has_capitals(text: str) -> bool:
    """Whether a text has capitals at all, not counting "I"."""
    letters = sum(map(str.isalpha, text))
    return sum(map(str.isupper, text)) - len(re.findall(r"\bI\b", text)) > 0.006 * letters


def is_shouted(words: list[Word]) -> bool:
    """Whether a line is in capitals, or has A Capital For Each Word, so that they tell nothing."""
    long = [word.text for word in words if len(word.text) > 3]
    shouted = sum(word.isupper() for word in long)
    return (len(long) > 2 and shouted > 0.7 * len(long)) or (
        len(long) > 8 and sum(word[0].isupper() for word in long) > 0.85 * len(long)
    )


def is_capital(word: Word) -> bool:
    return word.text[0].isupper()


def is_shown(word: Word) -> bool:
    """Whether a capitalised word may name something by itself."""
    letters = word.text
    if word.plain in COMMON_NAMES and not word.first and word.plain not in CAPITALS and not letters.isupper():
        return True
    if word.plain in CAPITALS or word.plain in ORDINARY or (word.plain.split("'")[0] in ORDINARY and "'" in word.plain):
        return False
    return len(letters) > 1 and not (letters.isupper() and "." in letters)


def is_given(word: Word) -> bool:
    return word.plain in given_names()


def names_within(text: str) -> frozenset[str]:
    """Return the capitalised words that stand within sentences, and so are names at their beginnings too."""
    lower = set(re.findall(r"(?<![\w'’])[a-z]{2,}(?![\w])", text))
    found = set()
    for line in re.finditer(r"[^\n]+", text):
        words = list(words_in(text, *line.span()))
        if not is_shouted(words):
            found |= {
                word.plain for word in words if is_capital(word) and not word.first and is_shown(word)
            }  # fmt: skip
    return frozenset(found - lower - COMMON_NAMES - PLACES - ORGANISATIONS)
