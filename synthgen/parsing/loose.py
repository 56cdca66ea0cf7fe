"""JSON as models write it: amid prose, fenced, cut off, with Python's words and quotes, bare keys, stray quotes.

A reader that goes through the text once and takes what it can: for sound JSON it says what `json.loads` says, else it
reads on where a strict one would stop. What the end of the text cuts in two is left out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from synthgen.parsing.mending import unescaped

# No answer that is wanted is as deep; deeper brackets are read over.
MAX_DEPTH = 12

_QUOTES = {'"': '"', "'": "'", "“": "”", "‘": "’", "「": "」"}
_CLOSING = {
    quote: re.compile(rf"\\.|[{close}\"]" if quote == "“" else rf"\\.|{close}", re.DOTALL)
    for quote, close in _QUOTES.items()
}
_S = r"\s{0,50}"
_KEY = rf"(?:[\"'“‘「][^\"'”’」\n]{{1,60}}[\"'”’」]|[^\W\d]\w{{0,40}}){_S}[:：]"
# What stands behind the end of a text; behind a stray quote within it stands something else.
_ENDED = re.compile(
    rf"{_S}(?:\Z|[}}\])]|[:：]|{_KEY}"
    rf"|[,，]{_S}(?:\Z|[\"'“‘「{{\[(}}\])]|{_KEY}|-?\d|(?:true|false|null|True|False|None)\b))"
)
_OPEN = re.compile(r"[{\[]")
_GAP = re.compile(r"[\s,，;]*")
_BARE_KEY = re.compile(r"[^,:：{}\[\]()\n\"“]*")
_BARE_VALUE = re.compile(r"[^,{}\[\]()\n]*")
_NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,20})?([eE][+-]?\d{1,2})?")
_WORDS = {"null": None, "none": None, "true": True, "false": False}


class _Cut:
    """Stands for what the end of the text cuts in two."""


_CUT: Final = _Cut()


@dataclass(frozen=True, slots=True)
class Pairs:
    """An object of JSON; its keys in order, and a key may stand twice."""

    pairs: tuple[tuple[str, Any], ...]


def loose_values(text: str) -> Iterator[Any]:
    """Yield each object (as `Pairs`) and each list that stands in a text, in one pass and without raising."""
    if (sound := _sound(text)) is not None:
        yield sound
        return
    reader = _Reader(text)
    while found := _OPEN.search(text, reader.at):
        reader.at = found.start()
        if (value := reader.value(0)) is not _CUT:
            yield value


def _sound(text: str) -> Any:
    """Return what a text says that is one object or list of sound JSON: what the reader below would, much sooner.

    None for any other, and for one that is deeper than is read.
    """
    try:
        value = _DECODER.decode(text)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, Pairs | list) and _is_shallow(value, MAX_DEPTH) else None


def _is_shallow(value: Any, levels: int) -> bool:
    items = [each for _, each in value.pairs] if isinstance(value, Pairs) else value
    return not isinstance(items, list) or (levels > 0 and all(_is_shallow(each, levels - 1) for each in items))


def _number(digits: str) -> Any:
    """Return the number that digits are, or the digits where they are too many for one that is meant."""
    found = _NUMBER.fullmatch(digits)
    if not found:
        return digits
    return float(digits) if found[1] or found[2] else int(digits)


_DECODER = json.JSONDecoder(
    object_pairs_hook=lambda pairs: Pairs(tuple(pairs)), parse_int=_number, parse_float=_number, parse_constant=str
)


class _Reader:
    """Reads on from `at`; every step moves it, so that the whole takes no longer than the text is."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def value(self, depth: int) -> Any:
        """Return the value that begins here, `_CUT` where the text ends before it does."""
        self._skip(_GAP)
        mark = self._mark()
        if mark in "{[(":
            self.at += 1
            if not mark:
                return _CUT
            if depth == MAX_DEPTH:
                return None
            return self._object(depth) if mark == "{" else self._list(depth)
        return self._string() if mark in _QUOTES else self._scalar()

    def _object(self, depth: int) -> Pairs:
        pairs: list[tuple[str, Any]] = []
        while True:
            self._skip(_GAP)
            mark = self._mark()
            if mark in "}]":  # a bracket of another kind belongs to what is around, and so does the end
                self.at += mark == "}"
                return Pairs(tuple(pairs))
            if mark in "{[":
                pairs.append(("", self.value(depth + 1)))
                continue
            key = self._string() if mark in _QUOTES else self._bare(_BARE_KEY)
            self._skip(_GAP)
            if self._mark() not in {":", "："}:
                continue
            self.at += 1
            value = self.value(depth + 1)
            if value is not _CUT and key is not _CUT:
                pairs.append((str(key), value))

    def _list(self, depth: int) -> list[Any] | _Cut:
        """Return a list; of one that is cut off its objects and lists alone, for of labels it would be a part."""
        items: list[Any] = []
        while True:
            self._skip(_GAP)
            mark = self._mark()
            if not mark:
                return [item for item in items if isinstance(item, Pairs | list)] or _CUT
            if mark in "])}":
                self.at += mark != "}"
                return items
            if (item := self.value(depth + 1)) is not _CUT:
                items.append(item)

    def _string(self) -> str | _Cut:
        start = self.at + 1
        for mark in _CLOSING[self.text[self.at]].finditer(self.text, start):
            if mark[0][0] != "\\" and _ENDED.match(self.text, mark.end()):
                self.at = mark.end()
                return unescaped(self.text[start : mark.start()])
        self.at = len(self.text)
        return _CUT

    def _scalar(self) -> Any:
        word = self._bare(_BARE_VALUE)
        if self.at >= len(self.text):
            return _CUT
        if word.casefold() in _WORDS:
            return _WORDS[word.casefold()]
        return _number(word)

    def _bare(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self.text, self.at)
        assert found is not None
        self.at = max(found.end(), self.at + 1)
        return found[0].strip()

    def _skip(self, pattern: re.Pattern[str]) -> None:
        found = pattern.match(self.text, self.at)
        assert found is not None
        self.at = found.end()

    def _mark(self) -> str:
        """Return the character here, "" at the end, which `in` takes for a member of every text."""
        return self.text[self.at : self.at + 1]
