"""Which rows are dropped, and for which others."""

from __future__ import annotations

from functools import partial
from typing import Protocol

from synthgen.dedup.exhaustive import MOST_TEXTS, ExhaustiveIndex
from synthgen.dedup.index import DuplicateIndex, Twin
from synthgen.dedup.ngrams import NgramIndex
from synthgen.dedup.pool import Pool
from synthgen.dedup.rules import Match, Reason, Rules
from synthgen.errors import UsageError


class Index(Protocol):
    """Texts that hold a place by their row's number, and the search for twins among them."""

    def claim(self, key: int, text: str) -> Twin | None: ...
    def find(self, text: str) -> Twin | None: ...
    def hold(self, key: int, text: str) -> None: ...
    def release(self, key: int) -> None: ...


def match_rows(pool: Pool, evaluation: Pool, rules: Rules) -> dict[int, Match]:
    """Return why each dropped row is dropped, by its number; an empty `evaluation` stops nothing.

    Rows like the evaluation set go first; of the others each in its turn is kept unless it is like one that is.
    Raises UsageError when there are too many rows to compare all pairs.
    """
    indexes = _indexes(pool, rules)
    judge = Evaluation(evaluation, rules) if len(evaluation) else None
    matches = {}
    for number in pool.in_order():
        texts = list(pool.texts(number))
        match = (judge and judge.match(texts)) or _claim(indexes, pool.parts, number, texts)
        if match:
            matches[number] = match
    return matches


class Evaluation:
    """The rows of evaluation sets, and what is like them."""

    def __init__(self, pool: Pool, rules: Rules) -> None:
        self._parts = pool.parts
        self._indexes = _indexes(pool, rules)
        self._ngrams = NgramIndex(rules.ngram) if rules.ngram else None
        for number in range(len(pool)):
            for part, text in pool.texts(number):
                self._indexes[part].hold(number, text)
                if self._ngrams:
                    self._ngrams.add(number, text)

    def match(self, texts: list[tuple[int, str]]) -> Match | None:
        """Return how a row's texts are like those of the evaluation sets: as wholes, or by a run of words."""
        for part, text in texts:
            if twin := self._indexes[part].find(text):
                return Match("near_evaluation", self._parts[part], twin.key, twin.similarity)
        for part, text in texts:
            if self._ngrams and (shared := self._ngrams.find(text)):
                return Match("shared_ngram", self._parts[part], shared[0], evidence=shared[1])
        return None


def _claim(indexes: list[Index], parts: tuple[str, ...], number: int, texts: list[tuple[int, str]]) -> Match | None:
    """Give a row its place in the index of each part, or in none, when one of its texts is like a kept one."""
    for claimed, (part, text) in enumerate(texts):
        if twin := indexes[part].claim(number, text):
            for before, _ in texts[:claimed]:
                indexes[before].release(number)
            reason: Reason = "exact_duplicate" if twin.similarity == 1 else "near_duplicate"
            return Match(reason, parts[part], twin.key, twin.similarity)
    return None


def _indexes(pool: Pool, rules: Rules) -> list[Index]:
    if not rules.exhaustive:
        return [DuplicateIndex(rules.similarity, partial(pool.text, part)) for part in range(len(pool.parts))]
    if len(pool) > MOST_TEXTS:
        raise UsageError(
            f"--exhaustive: {len(pool):,} rows are too many to compare all pairs; {MOST_TEXTS:,} are the most.",
            hint="leave it out: the index finds more than 99 % of what it would.",
        )
    return [ExhaustiveIndex(rules.similarity) for _ in pool.parts]
