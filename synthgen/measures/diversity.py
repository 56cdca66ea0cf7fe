"""How varied texts are among themselves, in figures that have a source. All of them depend on how many texts there are.

Sets are compared by samples of one size only, and best of texts of about one length.
"""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Sequence
from math import exp, log

ORDERS = (1, 2, 3, 4)
# What a share of n-grams counts as where none is shared (Chen & Cherry, 2014, method 1), as a number of n-grams.
_NEARLY_NONE = 0.1

Gram = tuple[str, ...]


def self_bleu(texts: Sequence[Sequence[str]]) -> float | None:
    """Return the mean BLEU-4 of each text against all others (Zhu et al., 2018): 0 to 1, the lower, the more varied.

    Texts are lists of words. N-grams are counted once, each with its highest count in a text and in another one,
    so that leaving out the text itself costs nothing. None for fewer than two texts.
    """
    texts = [words for words in texts if words]
    if len(texts) < 2:
        return None
    logs = [0.0] * len(texts)
    for order in ORDERS:
        counted = [Counter(_grams(words, order)) for words in texts]
        best = _two_highest(counted)
        for place, grams in enumerate(counted):
            shared = sum(min(count, _elsewhere(best[gram], place)) for gram, count in grams.items())
            logs[place] += log((shared or _NEARLY_NONE) / max(1, grams.total()))
    lengths = Counter(map(len, texts))
    return sum(
        exp(each / len(ORDERS)) * _brevity(len(words), lengths) for each, words in zip(logs, texts, strict=True)
    ) / len(texts)


def compression_ratio(texts: Sequence[str]) -> float | None:
    """Return how many times smaller gzip makes the texts (Shaib et al., 2024): the higher, the more is repeated."""
    whole = "\n".join(texts).encode("utf-8", "replace")
    return len(whole) / len(gzip.compress(whole, mtime=0)) if whole else None


def _grams(words: Sequence[str], order: int) -> list[Gram]:
    return list(zip(*(words[start:] for start in range(order)), strict=False))


def _two_highest(counted: Sequence[Counter[Gram]]) -> dict[Gram, tuple[int, int, int]]:
    """Return for each n-gram its highest count in one text, that text's place, and the highest count in any other."""
    best: dict[Gram, tuple[int, int, int]] = {}
    for place, grams in enumerate(counted):
        for gram, count in grams.items():
            highest, holder, second = best.get(gram, (0, -1, 0))
            best[gram] = (count, place, highest) if count > highest else (highest, holder, max(second, count))
    return best


def _elsewhere(found: tuple[int, int, int], place: int) -> int:
    highest, holder, second = found
    return second if holder == place else highest


def _brevity(length: int, lengths: Counter[int]) -> float:
    """Return BLEU's penalty for a text shorter than the other that is nearest in length, of two the shorter."""
    others = (other for other, count in lengths.items() if count > (other == length))
    nearest = min(others, key=lambda other: (abs(other - length), other))
    return 1.0 if length >= nearest else exp(1 - nearest / length)
