"""The pieces of a text that near copies share: what the duplicate index looks for twins by.

Long texts are cut into pairs of words that carry meaning, each with the next four, so that a word put in or
left out breaks few of them. Words of five letters and more carry meaning, and so does every character of an
unspaced script save the commonest; what is left out is what unrelated texts share most. Short texts have too
few such words and are cut into all of their words, pairs of words and runs of four characters.
"""

from __future__ import annotations

from itertools import chain
from operator import add

from synthgen.text import units

# A text with fewer words that carry meaning than this (about 50 English words, 35 Chinese characters) is short.
SHORT = 20
# Two texts of similarity 0.8 may differ in length by half, and one of them may count as short, the other not.
BORDER = range(SHORT * 2 // 3, SHORT * 3 // 2)

_REACH = 4
_LONG_WORD = 5
# No word is this long: it is a sentence of a script that puts no spaces and that `units` does not cut.
_UNCUT = 24
_FIRST_UNSPACED = "\u3040"
_COMMON = frozenset(
    "的了我是不在有他她它这那你们吗呢吧啊和就也都说要会去来着过得地到把被让给对跟与上下里中为以可能想么什没还很个一之而且但因所些样"
    "這們嗎來說會過對與裡為沒還個樣麼"
)


def forms(text: str) -> tuple[list[str], ...]:
    """Return the shingles of a normalized text: first as it is held, then as near copies of it may be held.

    A second form is given only for texts about as long as the border between short and long ones.
    """
    text = text.encode("utf-8", "replace").decode("utf-8")  # rensa takes no lone surrogates
    words = _words(text)
    kept = [word for word in words if len(word) >= _LONG_WORD or (word >= _FIRST_UNSPACED and word not in _COMMON)]
    if len(kept) not in BORDER:
        return (_short(text, words) if len(kept) < SHORT else _pairs(kept),)
    short, long = _short(text, words), _pairs(kept)
    return (short, long) if len(kept) < SHORT else (long, short)


def _words(text: str) -> list[str]:
    words = units(text)
    if any(len(word) > _UNCUT for word in words):
        return list(chain.from_iterable(word if len(word) > _UNCUT else (word,) for word in words))
    return words


def _pairs(words: list[str]) -> list[str]:
    return list(chain.from_iterable(map(add, words, words[reach:]) for reach in range(1, _REACH + 1)))


def _short(text: str, words: list[str]) -> list[str]:
    padded = f" {text} "
    return words + _pairs(words) + [padded[at : at + 4] for at in range(max(1, len(padded) - 3))]
