"""Sentence patterns over word tables, compiled so that a text of any length is one join of looked-up words."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from string import Formatter

from synthgen.sections import listed, read_sections
from synthgen.text import count_units

_PHRASES = Path(__file__).parent / "phrases"

# A table has an entry for every byte, so that a random byte is a word without arithmetic.
_BYTES = 256

Table = Sequence[str]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A compiled pattern: one table a word, and its length in words (or characters), the same whatever is picked."""

    tables: tuple[Table, ...]
    units: int


@dataclass(frozen=True, slots=True)
class Voice:
    """What one side says: sentences from the shortest to the longest, and those that may end a text."""

    body: tuple[Sentence, ...]
    ends: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Grammar:
    query: Voice
    reply: Voice
    crisis: tuple[str, ...]
    faulty_openers: tuple[str, ...]
    farewells: Mapping[str, tuple[str, ...]]
    space: str


def write(voice: Voice, low: int, high: int, key: bytes) -> str:
    """Return a text of `low` to `high` words (or characters), the same for the same key.

    A band too low or too narrow for whole sentences is overshot by as little as one sentence takes.
    """
    picks = hashlib.shake_128(key).digest(2 * high + 64)
    end = _pick(voice.ends, high, picks[0])
    wanted = low + (high - low) * picks[1] // _BYTES - end.units
    room = high - end.units
    shortest = voice.body[0].units
    tables: list[Table] = []
    at, units = 2, 0
    while units < wanted and units + shortest <= room:
        sentence = _pick(voice.body, room - units, picks[at])
        at += 1
        units += sentence.units
        tables += sentence.tables
    tables += end.tables
    return "".join([table[pick] for table, pick in zip(tables, picks[at:], strict=False)]).strip()


def _pick(sentences: tuple[Sentence, ...], room: int, pick: int) -> Sentence:
    """Return one of the sentences that fit, else the shortest. They stand from the shortest to the longest."""
    if sentences[-1].units > room:
        sentences = tuple(sentence for sentence in sentences if sentence.units <= room) or sentences[:1]
    return sentences[pick % len(sentences)]


@lru_cache(maxsize=2)
def grammar(language: str) -> Grammar:
    """Return the compiled grammar of a language, "en" or "zh"."""
    sections = read_phrases(language)
    space = "" if language == "zh" else " "

    def sentences(patterns: Iterable[str]) -> tuple[Sentence, ...]:
        compiled = [_compile(pattern, sections, space) for pattern in patterns]
        return tuple(sorted(compiled, key=lambda sentence: sentence.units))

    return Grammar(
        query=Voice(sentences(sections["QUERY"]), sentences(sections["QUERY_END"])),
        reply=Voice(sentences(sections["REPLY"]), sentences(sections["REPLY_END"])),
        crisis=tuple(sections["CRISIS"]),
        faulty_openers=tuple(sections["FAULTY_OPENERS"]),
        farewells={side: tuple(sections[f"{side.upper()}_FAREWELL"]) for side in ("user", "assistant")},
        space=space,
    )


def read_phrases(language: str) -> dict[str, list[str]]:
    """Return the sections of a language's phrase file: entries of the small-lettered, lines of the capital ones."""
    sections = read_sections(_PHRASES / f"{language}.txt")
    return {name: lines if name.isupper() else listed(lines) for name, lines in sections.items()}


def _compile(pattern: str, words: Mapping[str, Table], space: str) -> Sentence:
    """Melt what stands between the words into the tables: "{days}, I {went}." has two tables."""
    pieces = list(Formatter().parse(pattern))
    ending = ""
    if pieces[-1][1] is None:
        ending = pieces.pop()[0]
    tables: list[Table] = []
    for at, (before, name, _, _) in enumerate(pieces):
        prefix = space + before if at == 0 else before
        suffix = ending if at == len(pieces) - 1 else ""
        assert name is not None
        opens = at == 0 and not before
        entries = [prefix + (word[0].upper() + word[1:] if opens else word) + suffix for word in words[name]]
        tables.append([entries[pick % len(entries)] for pick in range(_BYTES)])
    return Sentence(tuple(tables), count_units("".join([table[0] for table in tables])))
