"""Words of a text by its language: Chinese has no spaces, and is segmented by jieba where that is asked for."""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Callable
from dataclasses import dataclass

from synthgen.extras import late
from synthgen.text import unit_name, units

# A thousand Chinese characters in a row without a mark: no prose. What the dictionary of jieba does not know of them
# takes it the square of their number: minutes for a model that got stuck.
_ENDLESS = re.compile(r"[\u4e00-\u9fd5]{1000}")


@dataclass(frozen=True, slots=True)
class Words:
    """What parts a text into its words in lower case, without punctuation; `unit` says what a word is."""

    unit: str
    part: Callable[[str], list[str]]


def base(language: str) -> str:
    """Return the language of a code, without country or script: "zh" of "zh-TW"."""
    return language.lower().split("-")[0]


def plain_words(language: str) -> Words:
    """Return words where they are spaced and characters where they are not: of Chinese each character."""
    return Words(unit_name(base(language)), lambda text: units(text.lower()))


def segmented_words(language: str, wanted_by: str) -> Words:
    """Return the same with Chinese in words. Raises MissingExtraError."""
    if base(language) != "zh":
        return plain_words(language)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it asks for its dictionary in a way that setuptools frowns upon
        jieba = late("jieba", "jieba", "references", wanted_by)
    jieba.setLogLevel(logging.WARNING)
    cut: Callable[[str], list[str]] = jieba.lcut

    def part(text: str) -> list[str]:
        return [word for word in cut(_ENDLESS.sub(r"\g<0>\n", text.lower())) if any(map(str.isalnum, word))]

    return Words(f"words by jieba {jieba.__version__}", part)
