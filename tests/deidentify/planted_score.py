"""Transcripts with planted personal data, marked `[[kind|text]]`, and how well finders do on them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from synthgen.deidentify.finders import Finder
from synthgen.deidentify.marks import find_marks, lay_out
from synthgen.deidentify.words.english import TITLES
from synthgen.personal.rule import Span
from synthgen.text import count_units
from synthgen.transcripts.transcript import Transcript, Utterance

PLANTED = Path(__file__).resolve().parent / "planted"
STRUCTURED = ("phone", "email", "id", "record", "card", "date", "url")
_MARK = re.compile(r"\[\[(\w+)\|(.*?)\]\]")
# "Name (00:01): what was said", and the bare label and space of transcripts that write no colon.
_LABEL = re.compile(
    r"(?P<speaker>[^:：\n]{1,40}?(?:[(（][\d:]+[)）])?)\s?[:：]\s*|(?P<bare>来访者|咨询师|心理师|个案|諮商師|個案) "
)
# What identifies nobody: forms of address, articles, a year, words that point to a month from today.
_IDLE = re.compile(
    rf"\b(?:{'|'.join(sorted(TITLES))}|constable|hon|the|of|and|at|in|no|st|nd|rd|th|s)\b\.?|(?<!\d)(?:19"
    rf"|20)\d\d(?!\d)|[年月日号號]"
    r"|去年|今年|明年|前年|上个月|这个月|下个月|上月|下月|本月|上個月|這個月|下個月|农历|農曆"
    r"|民[国國][0-9一二三四五六七八九十百零〇]+年|[0-9]{2}年|[零〇一二三四五六七八九]{2}年"
    r"|[一二]九[零〇一二三四五六七八九]{2}|二[零〇][零〇一二三四五六七八九]{2}|的",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Planted:
    """A transcript and, by utterance and label in the order of its sheet, what is planted in it."""

    transcript: Transcript
    spans: tuple[Span, ...]


@dataclass(slots=True)
class Score:
    """Planted and found by kind, units (words or characters) in all and replaced without need."""

    planted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    units: int = 0
    false: int = 0
    missed: list[str] = field(default_factory=list)
    needless: list[str] = field(default_factory=list)

    def recall(self, kinds: Iterable[str]) -> float:
        chosen = list(kinds)
        return sum(self.found[kind] for kind in chosen) / max(1, sum(self.planted[kind] for kind in chosen))

    @property
    def false_share(self) -> float:
        return self.false / max(1, self.units)


def read_planted(path: Path) -> Planted:
    """Read a transcript with `[[kind|text]]` marks."""
    utterances: list[Utterance] = []
    marks: list[tuple[str, list[Span], list[Span]]] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        plain, spans = _unmarked(line)
        if not plain.strip():
            continue
        label = _LABEL.match(plain)
        speaker = (label["speaker"] or label["bare"]) if label else ""
        cut = label.end() if label else 0
        utterances.append(Utterance(speaker, plain[cut:]))
        in_label = [span for span in spans if span.end <= len(speaker)]
        in_text = [Span(span.kind, span.start - cut, span.end - cut) for span in spans if span.start >= cut]
        marks.append((speaker, in_label, in_text))
    transcript = Transcript(path.name, "text", tuple(utterances))
    sheet = lay_out(transcript)
    placed: dict[Span, None] = {}
    for (speaker, in_label, in_text), (start, _) in zip(marks, sheet.utterances, strict=True):
        begin = sheet.labels[speaker][0]
        placed |= dict.fromkeys(Span(span.kind, span.start + begin, span.end + begin) for span in in_label)
        placed |= dict.fromkeys(Span(span.kind, span.start + start, span.end + start) for span in in_text)
    return Planted(transcript, tuple(placed))


def _unmarked(line: str) -> tuple[str, list[Span]]:
    plain, spans, at = "", [], 0
    for mark in _MARK.finditer(line):
        plain += line[at : mark.start()]
        spans.append(Span(mark[1], len(plain), len(plain) + len(mark[2])))
        plain += mark[2]
        at = mark.end()
    return plain + line[at:], spans


def score(paths: Iterable[Path], finders: Sequence[Finder]) -> Score:
    """Return how well finders do on planted transcripts."""
    total = Score()
    for path in paths:
        planted = read_planted(path)
        sheet = lay_out(planted.transcript)
        marks = find_marks(sheet, finders, ())
        covered = bytearray(len(sheet.text))
        for mark in marks:
            covered[mark.start : mark.end] = b"\1" * (mark.end - mark.start)
        for span in planted.spans:
            total.planted[span.kind] += 1
            left = _left(sheet.text, span, covered)
            total.found[span.kind] += not left
            if left:
                total.missed.append(
                    f"{path.parent.name}/{path.name} {span.kind}: {sheet.text[span.start : span.end]} -> {left}"
                )
        total.units += count_units(sheet.text)
        true = bytearray(len(sheet.text))
        for span in planted.spans:
            true[span.start : span.end] = b"\1" * (span.end - span.start)
        total.false += sum(1 for _ in _needless(sheet.text, covered, true))
        total.needless += [
            f"{path.parent.name}/{path.name} {mark.kind}: {sheet.text[mark.start : mark.end]}"
            for mark in marks
            if not any(true[mark.start : mark.end])
        ]
    return total


def _left(text: str, span: Span, covered: bytearray) -> str:
    """Return the letters and digits of a planted piece that still stand, less those that tell nothing."""
    piece = text[span.start : span.end]
    idle = {at for found in _IDLE.finditer(piece) for at in range(*found.span())}
    if len(idle) == len(piece):
        idle = set()
    return "".join(
        sign for at, sign in enumerate(piece) if sign.isalnum() and at not in idle and not covered[span.start + at]
    )


def _needless(text: str, covered: bytearray, true: bytearray) -> Iterator[str]:
    """Yield the words (characters of Chinese) that were replaced and are no part of a planted piece."""
    for word in re.finditer(r"[\u3400-\u9fff]|[^\s\u3400-\u9fff]+", text):
        here = range(*word.span())
        if any(covered[at] for at in here) and not any(true[at] for at in here):
            yield word[0]


def halves(language: str) -> dict[str, list[Path]]:
    """Return the files to develop on (odd numbers) and those held out (even)."""
    paths = sorted((PLANTED / language).glob("*.txt"))
    return {
        "development": [path for path in paths if int(path.stem) % 2],
        "held out": [path for path in paths if not int(path.stem) % 2],
    }
