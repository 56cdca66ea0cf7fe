"""Utterances of subtitles, WebVTT and SubRip alike.

Read here and not by a library: `webvtt-py` gives what a cue's second voice says to its first, runs a damaged cue into
the one before it and refuses a file without its first line; `pysubs2` forgets the voices; `srt` stops at damage.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from synthgen.errors import FileError
from synthgen.transcripts.labels import Labels, labels_of
from synthgen.transcripts.plain import text_sheets
from synthgen.transcripts.spoken import heard, joined, run_on, said
from synthgen.transcripts.transcript import Utterance

_TIME = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,3}))?"
_TIMING = re.compile(rf"\s*{_TIME}\s*-{{1,2}}>\s*{_TIME}(?=\s|$)", re.ASCII)
_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?(?:\s([^<>]*))?>|</v>")
# `<c.red>`, `<00:06.500>`, `<font color=...>` and SubStation's `{\an8}`; what is left of `3 < 4` is text.
_TAG = re.compile(r"</?(?!v\b)[A-Za-z][^<>]{0,200}>|<[\d:.]{5,15}>|\{\\[^{}]{0,100}\}")
# Where a file is cut off, the number and the beginning of a time may be left of the next cue.
_CUT_OFF = re.compile(r"[\d:.,][\s\d:.,>-]*")
# The sign of captions for a change of speaker, who may be named behind it.
_CHANGE = re.compile(r"\s*>>+\s*")
# Captions that roll show a line again in the next cue, which begins when the first ends, in seconds.
_TOUCHING = 0.25
_UNKNOWN = float("nan")
# A caption that grows begins as the one before it. A word or two may well be said twice.
_GROWING = 8


@dataclass(frozen=True, slots=True)
class _Cue:
    begin: float
    end: float
    lines: tuple[str, ...]


def is_cues(text: str) -> bool:
    """Return whether a text is made of cues, whatever its file is called."""
    return text.startswith("WEBVTT") or any(map(_TIMING.match, text[:2_000].splitlines()[:8]))


def cue_utterances(text: str) -> tuple[Utterance, ...]:
    """Return what is said in a file of subtitles: the cues of one speaker in a row are one utterance.

    A cue of nobody in a file that names speakers by labels goes on from the one before it; in a file that names nobody
    each cue is an utterance. Raises FileError when there is no cue.
    """
    lines = [line for sheet in text_sheets(text) for line in sheet if isinstance(line, str)]
    cues = list(_cues(lines, strict=text.startswith("WEBVTT")))
    if not cues:
        raise FileError("no cue with its time", hint="check that it is WebVTT or SubRip, and whole.")
    captions = _unrolled(cues)
    if any(_VOICE.search(line) for caption in captions for line in caption):
        return tuple(joined(heard(_voices(captions))))
    captions = [[html.unescape(line) for line in caption] for caption in captions]
    labels = labels_of(_CHANGE.sub("", line, count=1) for caption in captions for line in caption)
    if labels.keys or any(_CHANGE.match(line) for caption in captions for line in caption):
        return tuple(joined(heard(_turns(captions, labels))))
    return heard(said("", run_on(caption)) for caption in captions)


def _cues(lines: Iterable[str], strict: bool) -> Iterator[_Cue]:
    """Yield cues. A blank line ends one of WebVTT, and what follows before the next time is a name or a comment.

    SubRip has no comments, and its writers do leave blank lines within what is said.
    """
    times, spoken, ended = (_UNKNOWN, _UNKNOWN), list[str](), True
    for line in lines:
        match = _TIMING.match(line)
        if match or "-->" in line:  # a time that cannot be read: its words are still words
            if spoken and spoken[-1].isdecimal() and not strict:
                spoken.pop()
            yield from _cue(times, spoken)
            parts = match.groups() if match else ()
            times, spoken, ended = (_seconds(parts[:4]), _seconds(parts[4:])), [], False
        elif not line.strip():
            ended = ended or strict
        elif not ended:
            spoken.append(_TAG.sub("", line).strip())
    while spoken and not strict and _CUT_OFF.fullmatch(spoken[-1]):
        spoken.pop()
    yield from _cue(times, spoken)


def _cue(times: tuple[float, float], lines: Sequence[str]) -> Iterator[_Cue]:
    if spoken := tuple(filter(None, lines)):
        yield _Cue(*times, spoken)


def _seconds(parts: Sequence[str | None]) -> float:
    if not parts:
        return _UNKNOWN
    hours, minutes, seconds, rest = (part or "0" for part in parts)
    return int(hours) * 3600 + int(minutes) * 60 + float(f"{seconds}.{rest}")


def _unrolled(cues: Iterable[_Cue]) -> list[list[str]]:
    """Return the lines of cues without those that the cue before has shown already."""
    captions: list[list[str]] = []
    before = _Cue(_UNKNOWN, _UNKNOWN, ())
    for cue in cues:
        fresh = list(cue.lines)
        if cue.begin - before.end < _TOUCHING:
            shown = range(min(len(fresh), len(before.lines)), 0, -1)
            fresh = fresh[next((n for n in shown if cue.lines[:n] == before.lines[-n:]), 0) :]
            last = before.lines[-1]
            if fresh and captions[-1] and len(last) >= _GROWING and fresh[0].startswith(last):
                captions[-1].pop()
        captions.append(fresh)
        before = cue
    return captions


def _voices(captions: Iterable[Sequence[str]]) -> Iterator[Utterance]:
    for caption in captions:
        # What stands before a voice, the voice, what it says, the next voice ...
        first, *rest = _VOICE.split("\n".join(caption))
        for voice, text in zip(["", *rest[::2]], [first, *rest[1::2]], strict=True):
            yield said(html.unescape(voice or ""), run_on(html.unescape(text).split("\n")))


def _turns(captions: Iterable[Sequence[str]], labels: Labels) -> Iterator[Utterance]:
    speaker, parts = "", list[str]()
    for line in (line for caption in captions for line in caption):
        text = _CHANGE.sub("", line, count=1)
        head = labels.head(text)
        if head or text != line.lstrip():
            yield said(speaker, run_on(parts))
            speaker, parts = (head.label, [head.text]) if head else ("", [text])
        else:
            parts.append(text)
    yield said(speaker, run_on(parts))
