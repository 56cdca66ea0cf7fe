"""Names, places and organisations in English by capital letters, titles and what people say before a name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from synthgen.deidentify.flat import find_flat
from synthgen.deidentify.listed import beside_names, find_told_names, listed
from synthgen.deidentify.words.english import (
    AT_WORK,
    CAPITALS,
    COMMON_NAMES,
    DIRECTIONS,
    IN_PLACE,
    ORDINARY,
    ORGANISATIONS,
    PERSON_VERBS,
    PLACES,
    STREETS,
    TITLES,
    WORK,
)
from synthgen.deidentify.words.places import ONE_WORD
from synthgen.deidentify.writing import (
    Word,
    given_names,
    has_capitals,
    is_capital,
    is_given,
    is_shouted,
    is_shown,
    names_within,
    words_in,
)
from synthgen.personal.rule import Span

_WORK = re.compile(WORK, re.IGNORECASE)
_NO_ENDS = CAPITALS - DIRECTIONS
# No name has more words.
_MOST = 12


def find_english(text: str) -> Iterator[Span]:
    """Yield names, places and organisations; what is capitalised and none of them for sure is of kind "proper"."""
    seen = names_within(text)
    written = has_capitals(text)
    for line in re.finditer(r"[^\n]+", text):
        words = list(words_in(text, *line.span()))
        if is_shouted(words) or not written:
            yield from find_flat(text, *line.span())
            yield from beside_names(text, words)
        else:
            yield from _runs(text, words, seen)
        yield from listed(words)
    yield from find_told_names(text)


def _runs(text: str, words: list[Word], seen: frozenset[str]) -> Iterator[Span]:
    """Yield capitalised words that stand together, with what joins them, less what is none of a name."""
    at = 0
    while at < len(words):
        run = _run_from(text, words, at)
        at += max(1, len(run))
        if run:
            yield from _named(text, run, seen)


def _run_from(text: str, words: list[Word], at: int) -> list[Word]:
    run: list[Word] = []
    for word in words[at:]:
        if not is_capital(word) and not (
            run and re.fullmatch(r"of|and|for|the|de|la|del|da|van|von|bin|al|der|on|upon", word.text)
        ):
            break
        if len(run) == _MOST:
            break
        if run:
            gap = text[run[-1].end : word.start]
            if gap not in {" ", " & ", " + ", "-", ". "} or (gap == ". " and len(run[-1].text) > 3):
                break
            if run[-1].text.endswith(("'s", "’s")) and word.plain not in ORGANISATIONS:
                break
        run.append(word)
    while run and not is_capital(run[-1]):
        run.pop()
    return run


def _named(text: str, run: list[Word], seen: frozenset[str]) -> Iterator[Span]:
    """Yield what a run names."""
    joints = sum(not is_capital(word) for word in run)
    kind = _kind_by_words(run)
    if joints and kind != "org" and not (joints == 1 and kind == "place"):
        # Words like "and" only join the parts of an organisation's name.
        for part in _parts(run):
            yield from _named(text, part, seen)
        return
    run, titled = _trimmed(run, kind)
    if titled:
        kind = "name"
    elif len(run) == 1 and _stays(run[0], seen):
        kind = _kind_of_common(text, run[0])
        if kind is None:
            return
    elif kind is None:
        if run[0].plain not in DIRECTIONS and not any(is_shown(word) or is_given(word) for word in run):
            return
        kind = _kind_by_context(text, run)
    start, end = run[0].start, run[-1].end
    if text[start:end].endswith(("'s", "’s")) and kind != "org":
        end -= 2
    yield Span(kind, start, end)


def _trimmed(run: list[Word], kind: str | None) -> tuple[list[Word], bool]:
    """Return a run without what is none of the name at its ends, and whether a title stood before it."""
    first, titled = 0, False
    while first < len(run) - 1:
        head = run[first]
        if kind is None and head.plain.rstrip(".") in TITLES:
            titled = True
        elif titled or not _falls(head, kind):
            break
        first += 1
    last = len(run)
    while last - first > 1 and kind is None and not titled and run[last - 1].plain in _NO_ENDS:
        last -= 1
    return run[first:last], titled


def _parts(run: list[Word]) -> list[list[Word]]:
    parts: list[list[Word]] = [[]]
    for word in run:
        if is_capital(word):
            parts[-1].append(word)
        else:
            parts.append([])
    return [part for part in parts if part]


def _falls(head: Word, kind: str | None) -> bool:
    """Whether the first word of a run only begins a sentence, or is a capital of another sort."""
    if head.plain in DIRECTIONS and not head.first:
        return False
    if head.plain in CAPITALS:
        return kind is None or len(head.text) == 1
    return head.plain in ORDINARY and head.first


def _kind_of_common(text: str, word: Word) -> str | None:
    """Return what a word that is also no name names here: somebody who does something, or where somebody works."""
    if not word.first and word.plain in CAPITALS and len(word.text) > 3 and _is_work(text, word.start):
        return "org"
    doing = re.match(r"\s([a-z]+)", text[word.end : word.end + 16])
    does = word.first and word.plain in COMMON_NAMES and doing is not None and doing[1] in PERSON_VERBS
    return "name" if does else None


def _is_work(text: str, start: int) -> bool:
    return _WORK.search(text[max(0, start - 60) : start].rstrip(" ")) is not None


def _stays(word: Word, seen: frozenset[str]) -> bool:
    """Whether a single word is left in the text."""
    if word.plain in PLACES or word.plain in ORGANISATIONS:
        return True
    if not word.first:
        return not is_shown(word)
    if word.plain in COMMON_NAMES:
        return True
    return not (is_given(word) or word.plain in seen or word.plain in ONE_WORD)


def _kind_by_words(run: list[Word]) -> str | None:
    capitals = [word for word in run if is_capital(word)]
    if len(capitals) < 2:
        return None
    if any(word.plain in ORGANISATIONS for word in capitals):
        shown = [word for word in capitals if word.plain not in ORGANISATIONS and word.plain not in ORDINARY]
        return "org" if shown else None
    if capitals[-1].plain in STREETS and not capitals[0].first:
        return "place"
    if capitals[-1].plain in PLACES or capitals[0].plain in {"mount", "lake", "fort", "port", "point", "camp", "saint"}:
        return "place"
    return None


def _kind_by_context(text: str, run: list[Word]) -> str:
    if run[0].plain in ONE_WORD:
        return "place"
    if len(run) == 1 and run[0].text.isupper() and len(run[0].text) > 1:
        return "org"
    if run[0].plain in given_names():
        return "name"
    before = text[max(0, run[0].start - 60) : run[0].start].rstrip(" ")
    last = re.search(r"([A-Za-z]+)$", before)
    word = last[1].casefold() if last else ""
    if word in AT_WORK and _WORK.search(before):
        return "org"
    if word in IN_PLACE:
        return "place"
    return "org" if word == "at" else "proper"
