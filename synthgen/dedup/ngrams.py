"""Runs of words that two texts share: how questions of an evaluation set are found inside longer texts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from synthgen.text import CJK, normalize, units

# Thirteen words are the usual measure; of an unspaced script they are about twenty characters.
_WORD, _CHARACTER = 20, 13
_CJK = re.compile(f"[{CJK}]")

Ngram = tuple[str, ...]


def ngrams(text: str, words: int) -> Iterable[Ngram]:
    """Return the runs of a text that are so many words long, a character of an unspaced script counting 13/20 of one.

    Case, punctuation and the kind of apostrophe do not matter. Where a run ends follows from where it begins, so
    a passage has the same runs in every text.
    """
    text = normalize(text).replace("\u2019", "'")
    found = units(text)
    if text.isascii() or not _CJK.search(text):
        return zip(*(found[start:] for start in range(words)), strict=False)
    return _mixed(found, words * _WORD)


def _mixed(found: Sequence[str], weight: int) -> Iterator[Ngram]:
    weights = [_CHARACTER if _CJK.match(unit) else _WORD for unit in found]
    end = held = 0
    for start in range(len(found)):
        while held < weight:
            if end == len(found):
                return
            held += weights[end]
            end += 1
        yield tuple(found[start:end])
        held -= weights[start]


class NgramIndex:
    """The runs of words of some texts, as 64-bit hashes: about 100 bytes each, 30 MB for 1,000 texts of 300 words.

    The hashes are Python's own, which are quick and differ from process to process; with 10 million of them, a
    false hit is expected once in 10^12 words looked at.
    """

    def __init__(self, words: int) -> None:
        self._words = words
        self._keys: dict[int, int] = {}  # by hash

    def add(self, key: int, text: str) -> None:
        for mark in map(hash, ngrams(text, self._words)):
            self._keys.setdefault(mark, key)

    def find(self, text: str) -> tuple[int, str] | None:
        """Return the key of a text that shares a run with this one, and the first such run; None if none does."""
        # Nearly all texts share none, and are through without a step of Python.
        if not any(map(self._keys.__contains__, map(hash, ngrams(text, self._words)))):
            return None
        shared = next(ngram for ngram in ngrams(text, self._words) if hash(ngram) in self._keys)
        return self._keys[hash(shared)], ("" if _CJK.match(shared[0]) else " ").join(shared)
