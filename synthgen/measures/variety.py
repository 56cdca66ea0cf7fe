"""How varied and how alike the texts of each side are, in samples of one size so that sets can be compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from statistics import median
from typing import Any, NamedTuple

from synthgen.extras import late
from synthgen.measures.diversity import compression_ratio, self_bleu
from synthgen.measures.portrait import SIDES, Pairing, Portrait
from synthgen.references.distinct import distinct
from synthgen.references.words import base, plain_words
from synthgen.text import unit_name

# Texts that the figures of variety are taken of, and texts whose nearest neighbour is looked for among all sampled.
TEXTS = 300
ASKED = 500
# Fewer of one side and language tell nothing.
FEWEST = 10
_MOST_LANGUAGES = 3
_STEPS = 50
_MARKS = (0.5, 0.7, 0.8, 0.9)


class Group(NamedTuple):
    """Texts that are compared with one another."""

    side: str
    language: str


def variety(portraits: Sequence[Portrait]) -> list[dict[Group, dict[str, Any]]]:
    """Return the figures of each portrait by group. A group that several have is sampled in one size from all of them.

    Raises MissingExtraError.
    """
    texts = [_grouped(portrait) for portrait in portraits]
    found: list[dict[Group, dict[str, Any]]] = []
    for own in texts:
        found.append({})
        for group, mine in own.items():
            size = min(len(other[group]) for other in texts if group in other)
            found[-1][group] = _figures(group.language, mine[:size])
    return found


def _grouped(portrait: Portrait) -> dict[Group, list[str]]:
    """Return the sampled texts by side and language, in an order that tells nothing."""
    pairs: list[Pairing] = portrait.sample.draw(portrait.sample.seen)
    languages = [language for language, _ in Counter(pair.language for pair in pairs).most_common(_MOST_LANGUAGES)]
    groups = {
        Group(side, language): [
            text for pair in pairs if pair.language == language and (text := getattr(pair, side)).strip()
        ]
        for side in SIDES
        for language in languages
    }
    return {group: texts for group, texts in groups.items() if len(texts) >= FEWEST}


def _figures(language: str, texts: list[str]) -> dict[str, Any]:
    likeness = late("synthgen.measures.likeness", "numpy", "report", "report")
    few = texts[:TEXTS]
    spaced = unit_name(base(language)) == "words"
    words = plain_words(language)
    nearest = sorted(likeness.nearest(texts, ASKED, spaced=spaced))
    return {
        **distinct(few, words),
        "self_bleu": self_bleu([words.part(text) for text in few]),
        "compression_ratio": compression_ratio(few),
        "vendi": likeness.vendi_score(few, spaced=spaced),
        "nearest": {
            "texts": len(nearest),
            "among": len(texts),
            "median": median(nearest),
            "most": nearest[-1],
            "at_least": {str(mark): _share(nearest, mark) for mark in _MARKS},
            "curve": [(step / _STEPS, _share(nearest, step / _STEPS)) for step in range(_STEPS + 1)],
        },
    }


def _share(values: Sequence[float], least: float) -> float:
    return sum(value >= least for value in values) / len(values)
