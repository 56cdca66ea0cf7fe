"""Places and organisations in English without capitals, or in nothing but capitals: by the words that they end with."""

from __future__ import annotations

import re
from collections.abc import Iterator

from synthgen.deidentify.words.english import (
    CAPITALS,
    COMMON_NAMES,
    GENERIC,
    ORDINARY,
    ORGANISATIONS,
    TITLES,
)
from synthgen.personal.rule import Span

_WORD = re.compile(r"[A-Za-zÀ-ɏ]+(?:['’.-][A-Za-zÀ-ɏ]+)*")
_PLACES = frozenset(
    "street avenue road lane boulevard park river creek lake bay beach island mountain valley canyon county"
    " falls springs heights"
    " hall bridge airport harbor harbour square village township bluffs".split()
)
# None of these tells one from another.
_KNOWN = ORDINARY | CAPITALS | ORGANISATIONS | GENERIC | _PLACES
_JOINTS = frozenset({"of", "and"})
_MOST = 4


def find_flat(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield what a line names by its last words, as in "at riverbend community hospital"."""
    words = [
        (found.start(), found.end(), found[0].replace("’", "'").casefold())
        for found in _WORD.finditer(text, start, end)
    ]
    done = -1
    for at, (_, _, word) in enumerate(words):
        if at <= done or (word not in ORGANISATIONS and word not in _PLACES):
            continue
        last = at
        while last + 1 < len(words) and words[last + 1][2] in ORGANISATIONS and _adjoins(text, words, last):
            last += 1
        first = _first(text, words, at)
        inner = [name for _, _, name in words[first : last + 1]]
        if any(_names(name) for name in inner):
            done = last
            yield Span("org" if word in ORGANISATIONS else "place", words[first][0], words[last][1])


def _first(text: str, words: list[tuple[int, int, str]], at: int) -> int:
    first = at
    while first and at - first < _MOST and _adjoins(text, words, first - 1):
        word = words[first - 1][2]
        joint = word in _JOINTS and first > 1 and _names(words[first - 2][2]) and _adjoins(text, words, first - 2)
        if not joint and (word in TITLES or (word in ORDINARY and word not in GENERIC)):
            break
        first -= 1
    return first


def _adjoins(text: str, words: list[tuple[int, int, str]], at: int) -> bool:
    return text[words[at][1] : words[at + 1][0]] in {" ", " & ", "-"}


def _names(word: str) -> bool:
    """Whether a word can tell one hospital, school or park from another."""
    if word in COMMON_NAMES and word not in GENERIC:
        return True
    return len(word) > 2 and word not in _KNOWN and not word.endswith(("ing", "ly", "ed"))
