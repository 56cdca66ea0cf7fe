"""Stems of English words by NLTK's Porter stemmer (extra `references`)."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from nltk.stem.porter import PorterStemmer


class Stems:
    """What rouge-score and NLTK take for a stemmer, with a memory: the same words come again and again."""

    def __init__(self) -> None:
        self.stem: Callable[[str], str] = lru_cache(maxsize=1 << 16)(PorterStemmer().stem)


class NoStems:
    """The same for languages that it knows nothing of: every word is its own stem."""

    def stem(self, word: str) -> str:
        return word
