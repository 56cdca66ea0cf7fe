"""ROUGE-1, -2 and -L by rouge-score (extra `references`)."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version

from rouge_score.rouge_scorer import RougeScorer
from rouge_score.tokenize import tokenize

from synthgen.references.compared import Compared
from synthgen.references.stems import Stems
from synthgen.references.words import Words, base


class _Stemmed:
    """The words of rouge-score itself: ASCII letters and digits, Porter stems of those over three characters."""

    unit = "ASCII words, Porter stems"

    def __init__(self) -> None:
        self._stems = Stems()

    def tokenize(self, text: str) -> list[str]:
        return list(tokenize(text, self._stems))


class _Parted:
    """Words of other languages: rouge-score's own drop every character that is not ASCII."""

    def __init__(self, words: Words) -> None:
        self.unit, self.tokenize = words.unit, words.part


class Rouge:
    """The mean F1 of pairs, 0 to 1; of several references the one that fits best, for each figure by itself."""

    names = ("rouge1", "rouge2", "rougeL")
    scale = 1

    def __init__(self, language: str, words: Words) -> None:
        tokenizer = _Stemmed() if base(language) == "en" else _Parted(words)
        self._scorer = RougeScorer(list(self.names), tokenizer=tokenizer)
        self.variant = f"rouge-score {version('rouge-score')}, F1, {tokenizer.unit}"

    def parts(self, pairs: Sequence[Compared]) -> list[list[float]]:
        return [self._scores(pair) for pair in pairs]

    def figures(self, sums: Sequence[float], count: int) -> list[float]:
        return [total / count for total in sums]

    def _scores(self, pair: Compared) -> list[float]:
        found = self._scorer.score_multi(pair.references, pair.answer)
        return [float(found[name].fmeasure) for name in self.names]
