"""Texts that go round in circles: loops, the same sentence again, endings that trail off into a phrase or into symbols.

Pieces of a text, a few words each and side by side, are looked for again further on. Most texts have none that comes
again and are done with here; what a piece that does belongs to is then looked at closely.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated

from synthgen.filters.check import Check, drop
from synthgen.filters.options import Range
from synthgen.records import Candidate, Drop
from synthgen.spec import Spec
from synthgen.text import cjk_share, sentences, spaced_words, unit_name

# Characters of a piece. On 228 ordinary texts no piece of this length came again; shorter ones did by chance.
_PIECE = {"words": 16, "characters": 6}
# Each piece is looked for in the whole text, so a very long text is looked at in fewer places, to take linear time.
_MOST_PIECES = 500
# Pieces that must come again before their share says anything: a refrain is a good part of a short text.
_FEWEST = 3

# A sentence of so many words holds a whole piece, wherever the pieces fall.
_SHORTEST_SENTENCE = 7

# Words in a row by which a text with loops, refrains or sentences that come twice is known. Longer words than these
# may hold a loop themselves.
_GRAM, _LONGEST_WORD = 4, 40

# All but letters.
_BARE = re.compile(r"[\W\d_]+")

# Characters to a word, where words are spaced (with the space) and where they are not.
_SPACED, _UNSPACED = 5.5, 1.6
# Twice is emphasis; a loop says it three times in a row. A longer period than this is made of whole sentences.
_TIMES, _LONGEST_PERIOD = 3, 250


def build(
    spec: Spec,
    plain: bool,
    *,
    run: Annotated[int, Range(5, 1_000)] = 15,
    share: Annotated[float, Range(0, 1)] = 0.15,
    sentence: Annotated[int, Range(_SHORTEST_SENTENCE, 1_000)] = 8,
    symbols: Annotated[int, Range(5, 1_000)] = 30,
) -> Check:
    """Options: `run`, the words from which a phrase over and over is a loop; `share`, the part of a text that may come
    again in it; `sentence`, the words from which a sentence may not come twice; `symbols`, how many characters that are
    no letters make an ending that trails off.
    """

    def check(candidate: Candidate) -> Drop | None:
        text = candidate.text
        tail = _symbols_at_end(text)
        if len(tail) >= symbols:
            return _degenerate_ending(candidate, tail)
        unit = unit_name(candidate.language)
        if unit == "words" and not _may_repeat(text):
            return None
        size = _PIECE[unit]
        step = max(size, len(text) // _MOST_PIECES)
        pieces = list(_pieces_again(text, size, step))
        if not pieces:
            return None
        for start, end in _loops(text, pieces, size):
            loop = text[start:end]
            if _count_words(loop) >= run:
                at_end = start > 0.5 * len(text) and not any(map(str.isalnum, text[end:]))
                return _degenerate_ending(candidate, loop) if at_end else _looping(candidate, loop)
        if (twice := _repeated_sentence(text, sentence)) is not None:
            return _said_twice(candidate, twice)
        if len(pieces) >= _FEWEST and len(pieces) * step > share * len(text):
            return _looping(candidate, " … ".join(text[at : at + size].strip() for at, _ in pieces[:6]))
        return None

    return check


def _symbols_at_end(text: str) -> str:
    """Return what follows the last letter or digit, without white space."""
    end = len(text)
    while end and not text[end - 1].isalnum():
        end -= 1
    return "".join(text[end:].split())


def _may_repeat(text: str) -> bool:
    """Return whether any few words in a row come again: a quick look that lets most texts go."""
    words = spaced_words(text)
    if max(map(len, words), default=0) > _LONGEST_WORD:
        return True
    grams = [*zip(*(words[at:] for at in range(_GRAM)), strict=False)]
    return len({*grams}) < len(grams)


def _pieces_again(text: str, size: int, step: int) -> Iterator[tuple[int, int]]:
    """Yield of each piece that comes again where it stands first and next."""
    for at in range(0, len(text) - size, step):
        if (again := text.find(text[at : at + size], at + 1)) > 0:
            yield at, again


def _loops(text: str, pieces: list[tuple[int, int]], size: int) -> Iterator[tuple[int, int]]:
    """Yield start and end of each stretch that says the same at least three times in a row."""
    done = 0
    for at, again in pieces:
        period = again - at
        if at < done or period > _LONGEST_PERIOD:
            continue
        start, end = at, again + size
        while start and text[start - 1] == text[start - 1 + period]:
            start -= 1
        while end < len(text) and text[end] == text[end - period]:
            end += 1
        if end - start >= _TIMES * period:
            done = end
            yield start, end


def _count_words(text: str) -> float:
    if text.isascii():
        return len(text) / _SPACED
    return len(text) / (_UNSPACED if cjk_share(text) > 0.5 else _SPACED)


def _repeated_sentence(text: str, words: int) -> str | None:
    """Return the first sentence of so many words that came before, whatever its number, punctuation and case."""
    seen: set[str] = set()
    for sentence in sentences(text):
        if _count_words(sentence) < words:
            continue
        said = _BARE.sub("", sentence.casefold())
        if said and said in seen:
            return sentence
        seen.add(said)
    return None


def _looping(candidate: Candidate, evidence: str) -> Drop:
    return drop(
        candidate,
        "looping",
        en="It says the same words over and over. Say each thing once and go on to something new.",
        zh="文中反复说着同样的话。每件事只说一次，然后写新的内容。",
        evidence=evidence,
    )


def _said_twice(candidate: Candidate, sentence: str) -> Drop:
    return drop(
        candidate,
        "repeated_sentence",
        en="A sentence comes twice. Leave it out the second time, or say something new there.",
        zh="有一句话出现了两次。请删去重复的一句，或者换成新的内容。",
        evidence=sentence,
    )


def _degenerate_ending(candidate: Candidate, ending: str) -> Drop:
    return drop(
        candidate,
        "degenerate_ending",
        en="It does not come to an end but trails off in repetition. Bring it to a proper last sentence.",
        zh="结尾没有收住，而是不断重复。请写出完整的最后一句。",
        evidence="…" + ending[-100:],
    )
