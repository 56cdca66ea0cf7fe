"""Twins by comparing every text with every other: slow, and what the duplicate index is measured by."""

from __future__ import annotations

from rapidfuzz import fuzz, process

from synthgen.dedup.index import Twin
from synthgen.text import normalize

# Twenty thousand texts of 100 words take about ten minutes, twice as many four times as long.
MOST_TEXTS = 20_000


class ExhaustiveIndex:
    """The same as a `DuplicateIndex`, certain to find every twin; the texts are held in memory."""

    def __init__(self, similarity: float) -> None:
        self._cutoff = similarity * 100 - 1e-9
        self._texts: dict[int, str] = {}

    def claim(self, key: int, text: str) -> Twin | None:
        """Give the text a place and return None, or return its most similar twin and store nothing."""
        self.release(key)
        twin = self.find(text)
        if twin is None:
            self.hold(key, text)
        return twin

    def find(self, text: str) -> Twin | None:
        """Return the most similar twin of a text, and store nothing."""
        found = process.extractOne(normalize(text), self._texts, scorer=fuzz.ratio, score_cutoff=self._cutoff)
        return found and Twin(found[2], found[1] / 100)

    def hold(self, key: int, text: str) -> None:
        """Give the text a place, whatever it is like."""
        self._texts[key] = normalize(text)

    def release(self, key: int) -> None:
        """Give back the place of a key; a key that holds none is fine."""
        self._texts.pop(key, None)
