"""A set of labels in one language, and which of them a model's words stand for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from synthgen.rules.annotation import Label
from synthgen.rules.parts import in_language
from synthgen.text import bare

# A label's name may itself hold a mark that parts labels, so up to so many parts are tried as one.
_MOST_JOINED = 5
_MOST_PARTS = 50
_BETWEEN = re.compile(r"[,;/|\n，、；。]|\band\b|&|和|及")


class ShownLabel(NamedTuple):
    """A label as a prompt shows it: its name in the prompt's language, its meaning, texts that bear it."""

    name: str
    about: str
    examples: tuple[str, ...]


class LabelSet:
    """Labels by the words that stand for them: names in any language and synonyms.

    Case, white space, punctuation and the width of letters do not count. Nothing else is let pass: a word that is no
    name and no synonym stands for no label.
    """

    def __init__(self, labels: Iterable[Label], language: str) -> None:
        self.shown: Mapping[str, ShownLabel] = {}
        self._exact: dict[str, str] = {}
        self._folded: dict[str, str | None] = {}
        shown = {}
        for label in labels:
            shown[label.name] = ShownLabel(
                label.names.get(language, label.name),
                in_language(label.about, language, ""),
                tuple(in_language(label.examples, language, [])),
            )
            for word in (label.name, *label.names.values(), *label.synonyms):
                self._exact[word.casefold()] = label.name
                # A folded word that two labels share ("C", "C++") stands for neither.
                folded = _bare_name(word)
                if self._folded.setdefault(folded, label.name) != label.name:
                    self._folded[folded] = None
        self.shown = shown

    @property
    def words(self) -> list[str]:
        """What the labels are called in the prompt's language, in the spec's order."""
        return [label.name for label in self.shown.values()]

    def canonical(self, word: str) -> str | None:
        """Return the name of the label that a word stands for, None for any other word."""
        exact = self._exact.get(word.strip().casefold())
        return exact or self._folded.get(bare(word) or "\0")

    def found(self, written: Sequence[str]) -> tuple[list[str], list[str]]:
        """Return the labels that stand in some texts, each once, and the words that stand for none.

        A text may hold several ("Anxiety, Sadness", "焦虑、悲伤"): it is parted unless it is a label as a whole.
        """
        known: dict[str, None] = {}
        unknown: list[str] = []
        for text in written:
            for word, label in self._in_text(text):
                if label:
                    known[label] = None
                elif any(map(str.isalnum, word)):
                    unknown.append(word)
        return list(known), unknown

    def _in_text(self, text: str) -> Iterator[tuple[str, str | None]]:
        if label := self.canonical(text):
            yield text, label
            return
        ends = [mark.span() for mark in _BETWEEN.finditer(text)][:_MOST_PARTS]
        starts = [0, *(end for _, end in ends)]
        stops = [*(start for start, _ in ends), len(text)]
        at = 0
        while at < len(starts):
            last = min(at + _MOST_JOINED, len(starts)) - 1
            for to in range(last, at - 1, -1):
                word = text[starts[at] : stops[to]].strip()
                if to == at or self.canonical(word):
                    break
            yield word, self.canonical(word)
            at = to + 1


# A set is made for every call, and its words are always the same few hundred.
_bare_name = lru_cache(maxsize=10_000)(bare)
