"""Where the personal data of a transcript stands, found, and looked up everywhere."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from synthgen.deidentify.finders import Finder
from synthgen.deidentify.labels import find_names
from synthgen.deidentify.lookup import Lookup, words_of
from synthgen.deidentify.words.chinese import COMPOUND, SURNAMES
from synthgen.deidentify.words.english import AFTER_WORDS, COMMON_NAMES, ORDINARY, TITLES
from synthgen.deidentify.words.places import ONE_WORD
from synthgen.deidentify.writing import given_names
from synthgen.personal.rule import Span
from synthgen.text import CJK
from synthgen.transcripts.transcript import Transcript

# Of spans that overlap the kind that stands first here names them all; every kind of number stands between.
_FIRST = ("term", "email", "url")
_LAST = ("record", "account", "id", "address", "date", "number", "org", "name", "place", "proper")
_CJK = re.compile(f"[{CJK}]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_CAPITAL = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A transcript as one text: its labels, a line each, then its utterances; and the spans of both in it."""

    text: str
    labels: dict[str, tuple[int, int]]
    utterances: tuple[tuple[int, int], ...]

    @property
    def body(self) -> int:
        """Return where the utterances begin."""
        return self.utterances[0][0] if self.utterances else len(self.text)


def lay_out(transcript: Transcript) -> Sheet:
    """Return a transcript as one text."""
    pieces: list[str] = []
    at = 0

    def put(piece: str) -> tuple[int, int]:
        nonlocal at
        pieces.append(piece)
        at += len(piece) + 1
        return at - 1 - len(piece), at - 1

    labels = {label: put(label) for label in dict.fromkeys(said.speaker for said in transcript.utterances)}
    utterances = tuple(put(said.text) for said in transcript.utterances)
    return Sheet("\n".join(pieces), labels, utterances)


def find_marks(sheet: Sheet, finders: Sequence[Finder], terms: Sequence[str]) -> list[Span]:
    """Return the personal data of a sheet in order, without overlaps. The user's `terms` are of kind "term"."""
    # Half a character is nothing that models can read.
    body = _SURROGATE.sub("?", sheet.text[sheet.body :])
    spans = [Span("term", start, end) for start, end, _ in Lookup(terms).find(sheet.text)]
    for label, (start, _) in sheet.labels.items():
        spans += [Span(name.kind, start + name.start, start + name.end) for name in find_names(label, body)]
    for finder in finders:
        spans += [Span(span.kind, sheet.body + span.start, sheet.body + span.end) for span in finder(body)]
    spans = _settled(sheet.text, united(sheet.text, spans))
    spans += _again(sheet.text, spans)
    return list(_within(united(sheet.text, spans), [*sheet.labels.values(), *sheet.utterances]))


def united(text: str, spans: Iterable[Span]) -> list[Span]:
    """Return spans in order, those that overlap put together under the kind that tells most."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if span.start >= span.end or not text[span.start : span.end].strip():
            continue
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
            continue
        other = kept[-1]
        kept[-1] = Span(min(other.kind, span.kind, key=_rank), other.start, max(other.end, span.end))
    return kept


def _rank(kind: str) -> int:
    if kind in _FIRST:
        return _FIRST.index(kind)
    return 20 + _LAST.index(kind) if kind in _LAST else 10


def _settled(text: str, spans: list[Span]) -> list[Span]:
    """Return spans with "proper" turned into what the same words are elsewhere, or into a name."""
    votes: dict[str, Counter[str]] = {}
    for span in spans:
        if span.kind in {"name", "place", "org"}:
            votes.setdefault(text[span.start : span.end].casefold(), Counter())[span.kind] += 1
    settled = []
    for span in spans:
        if span.kind in {"name", "place", "org", "proper"}:
            vote = votes.get(text[span.start : span.end].casefold())
            span = Span(vote.most_common(1)[0][0] if vote else "name", span.start, span.end)
        settled.append(span)
    return settled


def _again(text: str, spans: Sequence[Span]) -> Iterator[Span]:
    """Yield the other places where names, and their parts, stand."""
    kinds: dict[str, str] = {}
    for span in spans:
        piece = text[span.start : span.end]
        if span.kind == "name":
            for form in name_forms(piece):
                kinds.setdefault(form, "name")
        elif span.kind in {"place", "org"} and (len(piece) > 2 or _CJK.search(piece)) and len(piece) > 1:
            kinds.setdefault(piece, span.kind)
    for start, end, form in Lookup(kinds).find(text):
        if _CJK.search(form) or _is_meant(text, start, end, form):
            yield Span(kinds[form], start, end)


def name_forms(name: str) -> list[str]:
    """Return a full name with the parts of it that its bearer is called by."""
    if _CJK.search(name):
        return _chinese_forms(name)
    parts = [word for word in re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", name) if len(word) > 1]
    parts = [part for part in parts if words_of(part)[0] not in TITLES | ORDINARY or words_of(part)[0] in COMMON_NAMES]
    return [name, *parts] if len(words_of(name)) > 1 else parts


def _chinese_forms(name: str) -> list[str]:
    if len(name) < 2:
        return []
    forms = [name]
    surname = 2 if name.startswith(COMPOUND) else 1
    given = name[surname:] if name[0] in SURNAMES and 3 <= len(name) <= 4 else ""
    if len(given) == 2:
        forms.append(given)
    if given or (len(name) == 2 and name[0] in SURNAMES):
        last = name[-1]
        forms += [last + last, f"小{last}", f"阿{last}", f"{last}儿", f"{last}兒"]
        forms += [given[0] * 2] if given else []
    return forms


def _is_meant(text: str, start: int, end: int, form: str) -> bool:
    """Whether a form is written here as the name that it is elsewhere, and not as a common word."""
    piece, words = text[start:end], words_of(form)
    if len(words) > 1:
        return True
    first_letter = _CAPITAL.search(piece)
    capital = first_letter is not None and first_letter[0].isupper()
    if words[0] in COMMON_NAMES or words[0] in ORDINARY:
        return capital and form[0].isupper() and not (_begins(text, start) and _leads_on(text, end))
    return capital or words[0] in given_names() or words[0] in ONE_WORD or form.islower()


def _leads_on(text: str, end: int) -> bool:
    """Whether what follows a first word shows it to be a word, as in "Will you"."""
    after = re.match(r"\s?([^\W\d_]+)", text[end : end + 24])
    return after is not None and after[1].casefold() in AFTER_WORDS


def _begins(text: str, start: int) -> bool:
    before = text[max(0, start - 4) : start].rstrip(" \"'“‘(")
    return not before or before[-1] in ".?!…:\n*"


def _within(spans: Iterable[Span], pieces: Sequence[tuple[int, int]]) -> Iterator[Span]:
    """Yield spans cut where a label or an utterance ends."""
    at = 0
    for span in spans:
        while at < len(pieces) and pieces[at][1] <= span.start:
            at += 1
        here = at
        while here < len(pieces) and pieces[here][0] < span.end:
            start, end = max(span.start, pieces[here][0]), min(span.end, pieces[here][1])
            if start < end:
                yield Span(span.kind, start, end)
            here += 1
