"""The second pass: originals that occur in a text that was to have none of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from synthgen.deidentify.lookup import Lookup, words_of
from synthgen.deidentify.marks import name_forms
from synthgen.deidentify.transcript import Replacement
from synthgen.deidentify.words.english import CAPITALS, COMMON_NAMES, ORDINARY
from synthgen.text import CJK

_CJK = re.compile(f"[{CJK}]")
_NUMBER = re.compile(r"\d(?:[\s().,/·-]{0,3}\d)+")
_DIGITS = re.compile(r"\d|[一二三四五六七八九十]")
_NOT_DIGIT = re.compile(r"\D")
# Numbers with fewer digits, and Chinese with fewer signs, stand in any text.
_FEWEST_DIGITS, _FEWEST_SIGNS = 5, 2
_BEGINS = re.compile(r"(?:^|[.?!…:\n*])[\s\"'“‘(]*$")


class Slips:
    """Looks for originals: built once, then asked about many texts."""

    def __init__(self, originals: Iterable[str]) -> None:
        self._numbers: dict[str, str] = {}
        words: list[str] = []
        for original in dict.fromkeys(originals):
            digits = _NOT_DIGIT.sub("", original)
            letters = sum(map(str.isalpha, original))
            if len(digits) >= _FEWEST_DIGITS and len(digits) > letters:
                self._numbers.setdefault(digits, original)
            elif letters and (not _CJK.search(original) or len(original) >= _FEWEST_SIGNS):
                words.append(original)
        self._words = Lookup(words)

    @classmethod
    def of(cls, replaced: Sequence[Replacement]) -> Slips:
        """Return what looks for everything that was replaced, and for the parts of full names."""
        return cls(looked_for(replaced))

    def find(self, text: str) -> list[str]:
        """Return the originals that occur in a text, each once, in the order of their places."""
        places = [
            (start, phrase) for start, end, phrase in self._words.find(text) if _is_meant(text, start, end, phrase)
        ]
        if self._numbers:
            for match in _NUMBER.finditer(text):
                digits = _NOT_DIGIT.sub("", match[0])
                places += [(match.start(), one) for known, one in self._numbers.items() if known in digits]
        return list(dict.fromkeys(phrase for _, phrase in sorted(places, key=lambda place: place[0])))


def looked_for(replaced: Sequence[Replacement]) -> list[str]:
    """Return what may not come back of what was replaced: the originals, and the parts of full names."""
    originals: list[str] = []
    made = {one.surrogate.casefold() for one in replaced}
    for one in replaced:
        if one.original.casefold() in made or (one.kind == "date" and not _DIGITS.search(one.original)):
            continue  # a month alone, or a date that another was moved to
        forms = name_forms(one.original) if one.kind == "name" else []
        originals += [one.original, *(form for form in forms if form in one.original)]
    return originals


def slipped(text: str, originals: Iterable[str]) -> list[str]:
    """Return the originals that occur in a text; for many texts build `Slips` once."""
    return Slips(originals).find(text)


def _is_meant(text: str, start: int, end: int, phrase: str) -> bool:
    """Whether a single common word ("Will", "Rose") is written as a name, within a sentence and with its capital."""
    words = words_of(phrase)
    if _CJK.search(phrase) or len(words) > 1 or words[0] not in COMMON_NAMES | ORDINARY | CAPITALS:
        return True
    return (
        text[start].isupper() and not text[start:end].isupper() and not _BEGINS.search(text[max(0, start - 12) : start])
    )
