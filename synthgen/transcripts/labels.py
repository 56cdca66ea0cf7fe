"""Who speaks in lines of text, by evidence over all of them: one line alone cannot tell a label from a sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from synthgen.transcripts.heads import FORMS, Head, heads
from synthgen.transcripts.names import is_name, is_possible, is_role

# A name that comes this often is a speaker; one written small is, when it comes even more often.
_OFTEN = 3
_VERY_OFTEN = 5
# A name that comes once or twice is a speaker where lines (or paragraphs) that begin otherwise are few.
_TIDY = 0.6
# A dash and a heading have many other uses.
_LOOSE = frozenset({"dash", "title"})


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels of a text: as keys by form, and how each key was first written."""

    keys: dict[str, frozenset[str]]
    spelled: dict[str, str]

    def head(self, line: str) -> Head | None:
        """Return who begins to speak in a line, or None when it goes on."""
        for head in heads(line):
            if head.key in self.keys.get(head.form, ()):
                return Head(head.form, self.spelled.get(head.key, head.label), head.text, head.timed)
        return None


@dataclass(slots=True)
class _Form:
    """What the lines hold of one form: how often each key comes, begins a paragraph, and how many lines it is for."""

    counts: Counter[str]
    openings: Counter[str]
    lines: Counter[str]
    timed: set[str]


def labels_of(lines: Iterable[str]) -> Labels:
    """Return the labels in lines of text, in which blank ones part paragraphs.

    The form in which most lines name a speaker is the file's own. Other forms count only for the speakers that it
    names, and for parts such as `Coach`: `[Sighs]` is no speaker among `Coach:` and `Client:`.
    """
    forms = {form: _Form(Counter(), Counter(), Counter(), set()) for form in FORMS}
    spelled: dict[str, str] = {}
    filled = paragraphs = 0
    after_blank = True
    for line in lines:
        if line.strip():
            filled += 1
            paragraphs += after_blank
            for head in heads(line):
                if is_possible(head.label):
                    _count(forms[head.form], head, after_blank)
                    spelled.setdefault(head.key, head.label)
        after_blank = not line.strip()
    found = {name: _speakers(form, name, spelled, filled, paragraphs) for name, form in forms.items()}
    sizes = {name: sum(forms[name].counts[key] for key in keys) for name, keys in found.items()}
    own = max(sizes, key=lambda name: sizes[name])
    if not sizes[own]:
        return Labels({}, {})
    keys = {own: found[own]}
    for name in found.keys() - {own}:
        parts = frozenset() if name in _LOOSE else frozenset(key for key in forms[name].counts if is_role(spelled[key]))
        keys[name] = parts | (found[own] & forms[name].counts.keys())
    return Labels(keys, {key: spelled[key] for key in frozenset().union(*keys.values())})


def _count(form: _Form, head: Head, after_blank: bool) -> None:
    form.counts[head.key] += 1
    form.openings[head.key] += after_blank
    form.lines[head.key] += 1 if head.text else 2  # what is said stands in the next line
    if head.timed:
        form.timed.add(head.key)


def _speakers(form: _Form, name: str, spelled: dict[str, str], lines: int, paragraphs: int) -> frozenset[str]:
    """Return the keys that are speakers when the lines are read in this form."""
    named = {key for key in form.counts if is_name(spelled[key])}
    parts = {key for key in form.counts if is_role(spelled[key])}
    often = {key for key in named if form.counts[key] >= _OFTEN}
    often |= {key for key in form.counts if form.counts[key] >= _VERY_OFTEN and " " not in key}
    if name in _LOOSE:
        loose = often | parts
        total = sum(form.counts[key] for key in loose)
        is_tidy = name == "title" or total >= _TIDY * paragraphs
        return frozenset(loose if len(loose) > 1 and total >= _OFTEN and is_tidy else ())
    sure = parts | often | (named & form.timed)
    likely = sure | named
    total = sum(form.counts[key] for key in likely)
    opening = sum(form.openings[key] for key in likely)
    if total > 1 and (
        sum(form.lines[key] for key in likely) >= _TIDY * lines or opening >= _TIDY * max(paragraphs, total)
    ):
        return frozenset(likely)
    return frozenset(sure if sum(form.counts[key] for key in sure) > 1 else ())
