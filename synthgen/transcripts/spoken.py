"""Utterances as readers make them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from synthgen.text import CJK
from synthgen.transcripts.transcript import Utterance

# Controls, marks of byte order and halves of characters that JSON may hold: no file can be written with the last.
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f\u200b\u2060\ufeff]")
_HALF = re.compile("[\ud800-\udfff]")
_UNSPACED = re.compile(f"[{CJK}\u3000-\u303f\uff00-\uffef]")


def said(speaker: str, text: str, sheet: int = 1) -> Utterance:
    """Return an utterance, its texts clean of what is no character."""
    return Utterance(" ".join(_clean(speaker).split()), _clean(text).strip(), sheet)


def heard(utterances: Iterable[Utterance]) -> tuple[Utterance, ...]:
    """Return the utterances in which something is said."""
    return tuple(utterance for utterance in utterances if utterance.text)


def joined(utterances: Iterable[Utterance]) -> Iterator[Utterance]:
    """Yield utterances with those of one speaker in a row made one; those of nobody stay alone."""
    for speaker, group in groupby(utterances, lambda utterance: utterance.speaker):
        run = list(group)
        if speaker:
            yield Utterance(speaker, run_on(utterance.text for utterance in run), run[0].sheet)
        else:
            yield from run


def run_on(pieces: Iterable[str]) -> str:
    """Return pieces as one text, a space between them where words are spaced."""
    parts: list[str] = []
    for piece in filter(None, map(str.strip, pieces)):
        if parts and not (_UNSPACED.match(parts[-1][-1]) and _UNSPACED.match(piece)):
            parts.append(" ")
        parts.append(piece)
    return "".join(parts)


def _clean(text: str) -> str:
    return _HALF.sub("\ufffd", _UNFIT.sub("", text))
