"""How varied texts are among themselves: Distinct-n, for which nothing need be installed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from synthgen.references.words import Words, plain_words, segmented_words

ORDERS = (1, 2, 3)


def distinct_figures(
    texts_by_language: Mapping[str, Iterable[str]], *, segmented: bool = False
) -> dict[str, dict[str, Any]]:
    """Return Distinct-1, -2 and -3 of the texts of each language, as `distinct` does.

    Chinese counts by characters, or with `segmented` by words, for which the extra `references` is needed; `unit` says
    which. Raises MissingExtraError.
    """
    return {
        language: distinct(texts, segmented_words(language, "Distinct-n") if segmented else plain_words(language))
        for language, texts in texts_by_language.items()
    }


def distinct(texts: Iterable[str], words: Words) -> dict[str, Any]:
    """Return the different n-grams of all texts as a share of all their n-grams, from above 0 to 1 (Li et al., 2016).

    N-grams end with their text. The more words, the lower the figure, as words come again: compare sets of about as
    many `words` only. It is None where there are no n-grams. No interval: a resample that draws a text twice has
    fewer different n-grams by the drawing alone.
    """
    kinds: dict[int, set[tuple[str, ...]]] = {order: set() for order in ORDERS}
    totals = dict.fromkeys(ORDERS, 0)
    count = 0
    known: dict[str, str] = {}
    for text in texts:
        count += 1
        # One string for all occurrences of a word: a tenth of the memory.
        parted = [known.setdefault(word, word) for word in words.part(text)]
        for order in ORDERS:
            grams = list(zip(*(parted[start:] for start in range(order)), strict=False))
            kinds[order].update(grams)
            totals[order] += len(grams)
    figures = {f"distinct{order}": len(kinds[order]) / totals[order] if totals[order] else None for order in ORDERS}
    return {"texts": count, "words": totals[1], "unit": words.unit} | figures
