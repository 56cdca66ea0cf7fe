"""BLEU and chrF by sacrebleu (extra `references`), with its signatures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF

from synthgen.references.compared import Compared
from synthgen.references.words import base
from synthgen.text import unit_name


class Overlap:
    """A metric of sacrebleu over a corpus, 0 to 100.

    Read from it are the counts of each pair and the score of their sums: the two halves of its `corpus_score`, by which
    its own significance tests resample too. They are named as its own affair, so the extra stays below version 3.
    """

    scale = 100

    def __init__(self, name: str, metric: Any) -> None:
        self.names = (name,)
        self._metric = metric

    @property
    def variant(self) -> str:
        return str(self._metric.get_signature())

    def parts(self, pairs: Sequence[Compared]) -> list[list[float]]:
        # Pair by pair, for it keeps the n-grams of all references that it is given; the number of them is then told.
        counts = [self._counts(pair) for pair in pairs]
        numbers = {len(pair.references) for pair in pairs}
        self._metric.num_refs = numbers.pop() if len(numbers) == 1 else -1
        return counts

    def _counts(self, pair: Compared) -> list[float]:
        found: list[list[float]] = self._metric._extract_corpus_statistics(
            [pair.answer], [[text] for text in pair.references]
        )
        return found[0]

    def figures(self, sums: Sequence[float], count: int) -> list[float]:
        return [min(100.0, self._metric._compute_score_from_stats(list(sums)).score)]


def bleu(language: str) -> Overlap:
    """Return corpus BLEU: mteval's tokens (13a), or characters where words are not spaced, for Chinese by sacrebleu's
    own rule (zh). A corpus in which no four words in a row are shared is smoothed (exp); one without texts of four
    words has 0, as sacrebleu has it.
    """
    by_character = "char" if unit_name(base(language)) == "characters" else "13a"
    tokens = "zh" if base(language) == "zh" else by_character
    return Overlap("bleu", BLEU(tokenize=tokens, force=True))


def chrf() -> Overlap:
    """Return chrF2: character n-grams to the sixth, without spaces, recall counted twice (beta 2)."""
    return Overlap("chrf", CHRF())
