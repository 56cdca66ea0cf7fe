"""A transcript without its personal data, and what was put in place of what."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from synthgen.deidentify.finders import Finder
from synthgen.deidentify.marks import Sheet, find_marks, lay_out
from synthgen.deidentify.people import People
from synthgen.deidentify.surrogates import Names, Tags, roles_of
from synthgen.personal.rule import Span
from synthgen.records import Role
from synthgen.transcripts.transcript import Transcript, Utterance

# A speaker whose label tells no name may say it.
_PRESENTED = re.compile(
    r"(?:\bmy (?:full |first )?name(?: is|['’]s)|\bI am|\bI['’]m|\bthis is|\bcall me|我叫|我姓|我是|名字叫"
    r"|名字是|姓名是)"
    r"\s*(?:(?:Dr|Mr|Mrs|Ms|Mx|Prof)\.? )?$",
    re.IGNORECASE,
)
_PRESENTING = 40
_TITLED = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Doctor|Rev|Reverend|Officer|Judge)\.? $", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Replacement:
    """A piece of personal data as it stood, what it is ("name", "place", "phone" ...), and what stands there now."""

    kind: str
    original: str
    surrogate: str


@dataclass(frozen=True, slots=True)
class Deidentified:
    """A transcript with surrogates, and each replacement once, in the order of its first place."""

    transcript: Transcript
    replaced: tuple[Replacement, ...]


def deidentified(
    transcript: Transcript,
    *,
    finders: Sequence[Finder],
    terms: Sequence[str] = (),
    surrogates: Literal["tags", "names"] = "tags",
    roles: Mapping[str, Role],
    seed: int = 0,
) -> Deidentified:
    """Return a transcript with the personal data of its utterances and speaker labels replaced.

    `terms` are words of the user's own that are replaced wherever they stand, `roles` tells who speaks as "user" and
    "assistant" by label. The same transcript and seed give the same surrogates.
    """
    sheet = lay_out(transcript)
    marks = find_marks(sheet, finders, terms)
    pieces = [(mark.kind, sheet.text[mark.start : mark.end]) for mark in marks]
    names = list(dict.fromkeys(piece for kind, piece in pieces if kind == "name"))
    people = People(names)
    surrogate: Callable[[str, str], str]
    if surrogates == "names":
        titled = {
            sheet.text[mark.start : mark.end]
            for mark in marks
            if _TITLED.search(sheet.text[max(0, mark.start - 12) : mark.start])
        }
        surrogate = Names(people, sheet.text, names, titled, seed)
    else:
        surrogate = Tags(people, roles_of(people, list(_speakers(sheet, transcript, marks, roles))))
    replaced: dict[tuple[str, str], Replacement] = {}
    for kind, piece in pieces:
        replaced.setdefault((kind, piece), Replacement(kind, piece, surrogate(kind, piece)))
    said = {key: one.surrogate for key, one in replaced.items()}
    labels = {label: _written(sheet, span, marks, said) for label, span in sheet.labels.items()}
    utterances = tuple(
        Utterance(labels[one.speaker], _written(sheet, span, marks, said), one.sheet)
        for one, span in zip(transcript.utterances, sheet.utterances, strict=True)
    )
    return Deidentified(Transcript(transcript.name, transcript.kind, utterances), tuple(replaced.values()))


def _speakers(
    sheet: Sheet, transcript: Transcript, marks: Sequence[Span], roles: Mapping[str, Role]
) -> Iterator[tuple[str, Role]]:
    """Yield the names of who speaks in a role: from their labels, and else from how they present themselves."""
    named: set[str] = set()
    for label, span in sheet.labels.items():
        for mark in _inside(marks, span):
            if mark.kind == "name" and label in roles:
                named.add(label)
                yield sheet.text[mark.start : mark.end], roles[label]
    for one, span in zip(transcript.utterances, sheet.utterances, strict=True):
        if one.speaker not in roles or one.speaker in named:
            continue
        for mark in _inside(marks, span):
            before = sheet.text[max(span[0], mark.start - _PRESENTING) : mark.start]
            if mark.kind == "name" and _PRESENTED.search(before):
                named.add(one.speaker)
                yield sheet.text[mark.start : mark.end], roles[one.speaker]


def _written(sheet: Sheet, span: tuple[int, int], marks: Sequence[Span], said: Mapping[tuple[str, str], str]) -> str:
    """Return a piece of a sheet with surrogates in place of its marks."""
    written: list[str] = []
    at, end = span
    for mark in _inside(marks, span):
        written += [sheet.text[at : mark.start], said[mark.kind, sheet.text[mark.start : mark.end]]]
        at = mark.end
    return "".join([*written, sheet.text[at:end]])


def _inside(marks: Sequence[Span], span: tuple[int, int]) -> Sequence[Span]:
    start = bisect_left(marks, span[0], key=lambda mark: mark.start)
    return marks[start : bisect_left(marks, span[1], lo=start, key=lambda mark: mark.start)]
