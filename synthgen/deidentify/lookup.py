"""Many words and phrases looked up in a text at once, in time that grows with the text alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from synthgen.text import CJK

# A word with its apostrophes; a point, a hyphen or a space parts words.
_WORD = re.compile(rf"[^\W_{CJK}]+(?:['’][^\W_{CJK}]+)*")
_CJK = re.compile(f"[{CJK}]")
_POSSESSIVE = ("'s", "’s", "s'", "s’")
# Words of one phrase stand no farther apart than a line's fold.
_GAP = re.compile(r"[\s.,&+@'’/-]{1,4}")


def plain_word(word: str) -> str:
    """Return a word as it is compared: case folded, without its possessive."""
    folded = word.replace("’", "'").casefold()
    return folded[:-2] if folded.endswith("'s") else folded.rstrip("'")


def words_of(text: str) -> list[str]:
    """Return the words of a phrase as they are compared."""
    return [plain_word(word) for word in _WORD.findall(text)]


class Lookup:
    """Finds phrases: whole words of spaced scripts in any case and with possessives, Chinese as it stands."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._spaced: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        chinese: dict[str, None] = {}
        for phrase in dict.fromkeys(phrases):
            if _CJK.search(phrase):
                chinese[phrase] = None
            elif words := tuple(words_of(phrase)):
                self._spaced.setdefault(words[0], []).append((words, phrase))
        for known in self._spaced.values():
            known.sort(key=lambda pair: -len(pair[0]))
        self._chinese = sorted(chinese, key=len, reverse=True)

    def find(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Yield start, end and phrase, the longest of those that begin together; a possessive stays outside."""
        if self._spaced:
            yield from self._find_spaced(text)
        for phrase in self._chinese:
            at = text.find(phrase)
            while at >= 0:
                yield at, at + len(phrase), phrase
                at = text.find(phrase, at + len(phrase))

    def _find_spaced(self, text: str) -> Iterator[tuple[int, int, str]]:
        found = [(match.start(), match.end(), plain_word(match[0])) for match in _WORD.finditer(text)]
        for at, (start, _, word) in enumerate(found):
            for words, phrase in self._spaced.get(word, ()):
                last = at + len(words) - 1
                if last < len(found) and self._stands(text, found[at : last + 1], words):
                    finish = found[last][1]
                    yield start, finish - (2 if text[start:finish].endswith(_POSSESSIVE[:2]) else 0), phrase
                    break

    @staticmethod
    def _stands(text: str, found: list[tuple[int, int, str]], words: tuple[str, ...]) -> bool:
        if any(word != wanted for (_, _, word), wanted in zip(found, words, strict=True)):
            return False
        return all(_GAP.fullmatch(text, before[1], after[0]) is not None for before, after in pairwise(found))
