"""Runs of words that two texts share: how texts of an evaluation set are found inside longer ones."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from synthgen.text import CJK, normalize, units

# A text of fewer words than a run is looked for as a whole; one of fewer than this says too little to be recognised.
SHORTEST = 8
# Thirteen words are the usual measure; of an unspaced script they are about twenty characters.
_WORD, _CHARACTER = 20, 13
# What so many rows of a file have in common, and no fewer than a tenth of them, is how its questions are put.
_PHRASE, _PHRASE_SHARE = 10, 0.1
_CJK = re.compile(f"[{CJK}]")

Ngram = tuple[str, ...]


def words_in(text: str) -> int:
    """Return how many words long a text is, a character of an unspaced script counting 13/20 of one."""
    return sum(_CHARACTER if _CJK.match(unit) else _WORD for unit in units(text)) // _WORD


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


class Runs:
    """The runs of texts by number, as 64-bit hashes: about 100 bytes each.

    The hashes are Python's own, which are quick; with 10 million of them, a false hit is expected once in 10^12 runs.
    """

    def __init__(self, words: int) -> None:
        self._words = words
        self._least = min(words, SHORTEST)
        self._texts: dict[int, dict[int, int]] = {}  # by length of the run, by its hash: the first text that has it
        self._again: Counter[tuple[int, int]] = Counter()

    def add(self, number: int, text: str) -> None:
        """Take the runs of a text; one that is shorter than they are is a run by itself, if it is long enough."""
        words = min(self._words, words_in(text))
        if words < self._least:
            return
        texts = self._texts.setdefault(words, {})
        for mark in set(map(hash, ngrams(text, words))):
            if texts.setdefault(mark, number) != number:
                self._again[words, mark] += 1

    def leave_phrases(self, rows: int) -> int:
        """Forget what a tenth of a file's rows have in common, and return how many runs that were."""
        most = max(_PHRASE, rows * _PHRASE_SHARE)
        phrases = [place for place, again in self._again.items() if again + 1 >= most]
        for words, mark in phrases:
            del self._texts[words][mark]
        self._again.clear()
        return len(phrases)

    def find(self, text: str) -> tuple[int, Ngram] | None:
        """Return a text that has a run in common with this one, and that run; None where there is none."""
        for words, texts in self._texts.items():
            # Nearly all texts have none, and are through without a step of Python.
            if any(map(texts.__contains__, map(hash, ngrams(text, words)))):
                shared = next(run for run in ngrams(text, words) if hash(run) in texts)
                return texts[hash(shared)], shared
        return None


def as_text(run: Ngram) -> str:
    """Return a run as it is read."""
    return ("" if _CJK.match(run[0]) else " ").join(run)


def share_of(text: str, other: str, words: int) -> float:
    """Return the share of a text's runs, 0 to 1, that another one has too."""
    words = min(words, words_in(text))
    runs, held = list(ngrams(text, words)), set(ngrams(other, words))
    return sum(run in held for run in runs) / len(runs)
