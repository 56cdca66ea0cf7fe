"""The pieces of a text that near copies share: what the duplicate index looks for twins by.

Long texts are cut into pairs of words that carry meaning, each with the next four, so that a word put in or
left out breaks few of them. Words of five letters and more carry meaning, and so does every character of an
unspaced script save the commonest; what is left out is what unrelated texts share most. Short texts have too
few such words and are cut into all of their words, pairs of words and runs of four characters.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain
from operator import add

from synthgen.text import CJK, units

# A text with fewer words that carry meaning than this (about 30 English words, 20 Chinese characters) is short.
SHORT = 12
# Two texts of similarity 0.8 may differ in length by half, and one of them may count as short, the other not.
BORDER = range(SHORT * 2 // 3, SHORT * 3 // 2)

_REACH = 4
# The first finds in plain ASCII what the second finds, in less than half the time.
_ASCII_WORD = re.compile(r"[a-z0-9]{5,}")
# Of English most texts are plain ASCII without these. They part words, as white space does.
_TYPOGRAPHIC = "’‘“”—–"
_WORD = re.compile(f"[{CJK}]|[^\\W_{CJK}]{{5,}}")
_COMMON = frozenset(
    "的了我是不在有他她它这那你们吗呢吧啊和就也都说要会去来着过得地到把被让给对跟与上下里中为以可能想么什没还很个一之而且但因所些样"
    "這們嗎來說會過對與裡為沒還個樣麼"
)


@dataclass(frozen=True, slots=True)
class Form:
    """The shingles of a text, and the share of them (0 to 1) that twins at ratio 0.80 have in common at the least."""

    shingles: list[str]
    least: float


def forms(text: str) -> tuple[Form, ...]:
    """Return a normalized text cut up: first as it is held, then as near copies of it may be held.

    A second form is given only for texts about as long as the border between short and long ones.
    """
    text = text.encode("utf-8", "replace").decode("utf-8")  # rensa takes no lone surrogates
    words = _meaning(text)
    if len(words) not in BORDER:
        return (_short(text) if len(words) < SHORT else _long(words),)
    short, long = _short(text), _long(words)
    return (short, long) if len(words) < SHORT else (long, short)


def _meaning(text: str) -> list[str]:
    if not text.isascii():
        for mark in _TYPOGRAPHIC:
            text = text.replace(mark, " ")
    if text.isascii():
        return _ASCII_WORD.findall(text)
    return [word for word in _WORD.findall(text) if word not in _COMMON]


def _long(words: list[str]) -> Form:
    return Form(_pairs(words), least=0.1)


def _short(text: str) -> Form:
    words, padded = units(text), f" {text} "
    runs = [padded[at : at + 4] for at in range(max(1, len(padded) - 3))]
    return Form(words + _pairs(words) + runs, least=0.2)


def _pairs(words: list[str]) -> list[str]:
    return list(chain.from_iterable(map(add, words, words[reach:]) for reach in range(1, _REACH + 1)))
