"""Chinese names of people, places and organisations by the words that jieba parts a text into (extra `ner`)."""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Callable, Iterator
from typing import NamedTuple

from synthgen.deidentify.words.chinese import (
    COMPOUND,
    EVERYDAY,
    FUNCTION,
    GIVEN,
    HARD,
    MEDICINES,
    ORGANISATION_ENDS,
    PARTS_OF_LIFE,
    PLAIN,
    SURNAMES,
    TITLES,
    USUAL,
    WORDY,
)
from synthgen.extras import late
from synthgen.personal.rule import Span

_HAN = re.compile(r"[\u4e00-\u9fff]+")
# A form of address that is a word by itself.
_FORM = re.compile(rf"(?=..)(?:{TITLES}|.{{1,4}}[员师长官士任监授警嫂婆])")
_TITLE = re.compile(rf"(?:{TITLES})$")
_PLAIN = re.compile(rf"(?:{PLAIN}|{ORGANISATION_ENDS})+")
_ORGANISATION = re.compile(rf"(?:{ORGANISATION_ENDS})$")
# A name in the dictionary that is written oftener than this is a common word too.
_COMMON, _RARE = 3000, 60
_STAYED = frozenset("在 到 去 回 住 从 来自 位于 老家 嫁到 搬到 搬去 回到 住在 调到 跑到 来到 娘家 户口".split())
_NOUNS = frozenset({"n", "nz", "nr", "nrt", "a", "ng", "z"})
_CALLED = re.compile(
    r"(?:^叫|小名|名叫|闺女|儿子|女儿|宝宝|弟弟|妹妹|表[哥姐弟妹]|堂[哥姐弟妹]|老公|老婆|男友|女友|男朋友|女朋友"
    r"|室友|舍友|闺蜜|孙子|孙女|外甥女?|侄子|侄女|嫂子|外孙女?|老大|老二|狗)$"
)
_OUTSIDE = frozenset("n nr nrt nrfg ns nz nt a ng j x vn zg an b s i l".split())


class Word(NamedTuple):
    """A word of a text, its part of speech, and how often the dictionary has seen it, 0 for words it has not."""

    start: int
    end: int
    text: str
    tag: str
    seen: int


class Tagger:
    """jieba with its parts of speech. Raises MissingExtraError."""

    def __init__(self, where: str) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it asks for its dictionary in a way that setuptools frowns upon
            jieba, self._tagger = late("jieba", "jieba", "ner", where), late("jieba.posseg", "jieba", "ner", where)
        jieba.setLogLevel(logging.WARNING)
        jieba.initialize()
        self._seen: dict[str, int] = jieba.dt.FREQ

    def __call__(self, text: str) -> Iterator[Span]:
        """Yield names, places and organisations of a text in simplified characters."""
        for line in re.finditer(r"[^\n]+", text):
            words = list(self._words(line[0], line.start()))
            for at, word in enumerate(words):
                if _HAN.fullmatch(word.text):
                    yield from _single(words, at)
                    yield from _pair(words, at, self._seen)
                    yield from _organisation(words, at)

    def _words(self, line: str, start: int) -> Iterator[Word]:
        for text, tag in self._tagger.cut(line):
            yield Word(start, start + len(text), text, tag, self._seen.get(text, 0))
            start += len(text)


def _single(words: list[Word], at: int) -> Iterator[Span]:
    """Yield a word that is a name by itself, with the surname before it."""
    word = words[at]
    title = _TITLE.search(word.text) if word.tag == "nr" else None
    if title and title.start() and word.text[0] in SURNAMES and word.text not in EVERYDAY:
        yield Span("name", word.start, word.start + title.start())
        return
    kind = _kind(words, at)
    if (
        kind is None
        and word.seen == 0
        and len(word.text) == 2
        and at
        and words[at - 1].text in USUAL
        and word.text not in EVERYDAY
    ):
        kind = "name"
    if kind is None:
        return
    start = word.start
    if kind == "name" and at and len(word.text) == 2 and _ends_in_surname(words[at - 1]):
        start -= 1
    yield Span(kind, start, word.end)


def _ends_in_surname(word: Word) -> bool:
    return word.text[-1] in SURNAMES and (len(word.text) == 1 or word.seen == 0) and word.text[-1] not in FUNCTION


def _kind(words: list[Word], at: int) -> str | None:
    word = words[at]
    text = word.text
    if (
        len(text) < 2
        or text in EVERYDAY
        or MEDICINES.search(text)
        or not (HARD if word.tag == "nr" else FUNCTION).isdisjoint(text)
    ):
        return None
    surname = text[0] in SURNAMES or text.startswith(COMPOUND)
    if word.seen == 0:
        return _kind_unseen(word, surname, words[at - 1].text if at else "")
    if word.tag in {"nr", "nrt", "nrfg"} and len(text) <= 4 and word.seen < _COMMON:
        return "name" if surname or set(text) <= GIVEN or word.tag != "nr" else None
    if word.tag == "ns":
        return "place"
    if word.tag == "nt":
        return None if _PLAIN.fullmatch(text) else "org"
    if set(text) <= GIVEN and word.seen < _RARE and len(text) == 2:
        return "name"
    if text[0] == text[-1] and len(text) == 2 and word.seen < _RARE and text[0] in GIVEN:
        return "name"
    if at and word.seen < 3000 and len(text) <= 3 and word.tag in _NOUNS and _CALLED.search(words[at - 1].text):
        return "name" if _is_end(words, at + 1) and text not in PARTS_OF_LIFE else None
    if at and words[at - 1].text in _STAYED and word.tag in _NOUNS and word.seen < (30 if word.tag == "n" else 500):
        return "place"
    return None


def _kind_unseen(word: Word, surname: bool, before: str) -> str | None:
    """Return what a word that the dictionary has not is, mostly a name, since everyday words are all there."""
    signs, text = set(word.text), word.text
    if len(text) > 4:
        return None
    if word.tag == "ns" or (word.tag == "nz" and len(text) > 2):
        return "place"
    if (surname and len(text) <= 3) or word.tag in {"nr", "nrt", "nrfg"}:
        return "name"
    if signs <= GIVEN and word.tag in _OUTSIDE:
        return "name"
    return "place" if before in _STAYED and word.tag in {"n", "nz"} else None


def _is_end(words: list[Word], at: int) -> bool:
    return at >= len(words) or not _HAN.fullmatch(words[at].text) or not FUNCTION.isdisjoint(words[at].text)


def _pair(words: list[Word], at: int, seen: dict[str, int]) -> Iterator[Span]:
    """Yield names that were parted: a surname and what follows, a familiar name, a doubled sign."""
    if at + 1 >= len(words) or len(words[at].text) > 1:
        return
    first, second = words[at], words[at + 1]
    if first.text in SURNAMES | WORDY and _FORM.fullmatch(second.text) and first.text + second.text not in EVERYDAY:
        yield Span("name", first.start, first.end)
        return
    both = first.text + second.text
    if (
        not _HAN.fullmatch(second.text)
        or not FUNCTION.isdisjoint(both)
        or seen.get(both, 0) > _RARE
        or both in EVERYDAY
    ):
        return
    if (
        first.text in SURNAMES
        and (first.tag == "nr" or _is_apart(words, at))
        and (set(second.text) <= GIVEN or second.tag in {"x", "g"})
        and len(second.text) <= 2
    ):
        end = second.end
        if len(second.text) == 1 and at + 2 < len(words) and words[at + 2].text in GIVEN:
            end = words[at + 2].end
        yield Span("name", first.start, end)
    elif (first.text in "小阿" and second.text in GIVEN | SURNAMES and len(second.text) == 1) or (
        first.text == second.text and (second.text in GIVEN or second.tag in {"x", "g"})
    ):
        yield Span("name", first.start, second.end)


def _is_apart(words: list[Word], at: int) -> bool:
    """Whether a word and the next stand between words of grammar or signs."""
    before = at == 0 or not _HAN.fullmatch(words[at - 1].text) or words[at - 1].text in FUNCTION
    return before and _is_end(words, at + 2)


def _organisation(words: list[Word], at: int) -> Iterator[Span]:
    """Yield an organisation: a word that ends as one, with the nouns before it."""
    end = _ORGANISATION.search(words[at].text)
    if end is None and not (words[at].text == "院" and at and words[at - 1].seen):
        return
    first = at
    while first and at - first < 5 and _HAN.fullmatch(words[first - 1].text) and _is_noun(words[first - 1]):
        first -= 1
    text = "".join(word.text for word in words[first : at + 1])
    if len(text) > 3 and not _PLAIN.fullmatch(text):
        yield Span("org", words[first].start, words[at].end)


def _is_noun(word: Word) -> bool:
    if word.seen > 20_000 or word.text in EVERYDAY:
        return False
    return (
        word.tag in _OUTSIDE
        or (word.seen == 0 and FUNCTION.isdisjoint(word.text))
        or (word.tag in {"nrt", "m", "v"} and len(word.text) > 1)
    )


def open_simplifier(where: str) -> Callable[[str], str]:
    """Return what turns traditional characters into simplified ones. Raises MissingExtraError."""
    convert: Callable[[str], str] = late("opencc", "opencc", "ner", where).OpenCC("t2s").convert
    return convert
