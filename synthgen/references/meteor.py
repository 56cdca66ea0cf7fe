"""METEOR by NLTK (extra `references`), with synonyms where WordNet's data is installed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import nltk
from nltk.corpus import wordnet
from nltk.tokenize import NLTKWordTokenizer
from nltk.translate.meteor_score import meteor_score

from synthgen.references.compared import Compared
from synthgen.references.stems import NoStems, Stems
from synthgen.references.words import Words, base
from synthgen.text import sentences


class _NoSynonyms:
    """What NLTK takes for WordNet, empty."""

    def synsets(self, word: str) -> tuple[()]:
        return ()


class Meteor:
    """The mean of pairs, 0 to below 1; of several references the one that fits best.

    NLTK computes METEOR as of 2007 with alpha 0.9, beta 3 and gamma 0.5, not 1.5 with its tables of paraphrases.
    English words match as they are, then by their stems, then as synonyms of these; those of other languages only as
    they are. Identical texts of m words have 1 - 0.5 / m^3.
    """

    names = ("meteor",)
    scale = 1

    def __init__(self, language: str, words: Words) -> None:
        self._part = words.part
        self._stems: Stems | NoStems = NoStems()
        self._wordnet: Any = _NoSynonyms()
        matches, unit = "exact", words.unit
        if base(language) == "en":
            self._part, self._stems = _english_tokens, Stems()
            matches, unit = "exact + stem", "Treebank tokens"
            if release := _wordnet_release():
                self._wordnet = wordnet
                matches += f" + synonym (WordNet {release})"
        self.variant = f"NLTK {nltk.__version__}, {matches}, alpha 0.9, beta 3, gamma 0.5, {unit}"

    def parts(self, pairs: Sequence[Compared]) -> list[list[float]]:
        return [[self._score(pair)] for pair in pairs]

    def figures(self, sums: Sequence[float], count: int) -> list[float]:
        return [total / count for total in sums]

    def _score(self, pair: Compared) -> float:
        references = [self._part(reference) for reference in pair.references]
        return float(meteor_score(references, self._part(pair.answer), stemmer=self._stems, wordnet=self._wordnet))


def _english_tokens(text: str) -> list[str]:
    """Return tokens with punctuation, as NLTK's `word_tokenize` has them, whose sentences need data of their own."""
    tokenizer = NLTKWordTokenizer()
    return [token for sentence in sentences(text) for token in tokenizer.tokenize(sentence)]


def _wordnet_release() -> str | None:
    """Return the version of the WordNet that NLTK finds in its folders, None without one. Nothing is downloaded."""
    try:
        return str(wordnet.get_version() or "of no known version")
    except (LookupError, OSError):  # there is none, or a part of it is missing
        return None
