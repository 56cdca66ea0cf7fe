"""Conversations that break off, end on an open question, or part too early."""

from __future__ import annotations

import re
from collections.abc import Iterator

from synthgen.filters.check import Check, drop
from synthgen.filters.copying import without_quotes
from synthgen.filters.phrases import flatten
from synthgen.filters.turns import place, spoken
from synthgen.filters.words import partings
from synthgen.records import Candidate, Drop, Turn
from synthgen.spec import Spec
from synthgen.text import sentences

_FAREWELL = {"en": re.compile(partings.FAREWELL_EN), "zh": re.compile(partings.FAREWELL_ZH)}
_CLOSING = {"en": re.compile(partings.CLOSING_EN), "zh": re.compile(partings.CLOSING_ZH)}
# Where a turn parts: its last sentences, and no more characters than these.
_PARTING, _PARTING_CHARS = 3, 320
# Where a talk shows that it ends: its last turns, and of each the characters at the end.
_LAST, _LAST_CHARS = 2, 600
# Turns that may come after both sides have parted: a last word of each.
_AFTERWARDS = 2
_QUESTION = re.compile(r"[?？][\"'”’)）」』*_\s]*$")
# A next step may be put as a question.
_PROPOSAL = re.compile(
    r"\b(?:okay|ok|all right|alright|deal|shall we|next (?:time|week|session))\b|好吗|好不好|可以吗|行吗|下次|下周"
)
_OPEN_END = re.compile(r"[,，、:：;；—-][\"'”’\s]*$")


def build(spec: Spec, plain: bool) -> Check:
    """Return a check that a conversation with a band of turns comes to a close, and none parts before it is due."""

    def check(candidate: Candidate) -> Drop | None:
        if candidate.band is None or candidate.stage not in ("turn", "conversation"):
            return None
        turns = spoken(candidate)
        if not turns:
            return None
        if candidate.stage == "turn":
            early = len(turns) < candidate.band[0] and [*_both_part(turns[-2:], candidate.language)]
            return _closes_early(candidate, turns[-1].content) if early else None
        for at in _both_part(turns[: -1 - _AFTERWARDS], candidate.language):
            return _closes_early(candidate, turns[at].content, at + 1)
        return _end_fault(candidate, turns)

    return check


def says_farewell(text: str, language: str) -> bool:
    """Return whether somebody parts from the other at the end of a turn: a goodbye, a good wish, "see you Monday".

    Known in English and Chinese; other languages are looked at for English words.
    """
    return bool(_pattern(_FAREWELL, language).search(_parting(text)))


def shows_close(turns: list[Turn], language: str) -> bool:
    """Return whether the last turns show that a talk ends: a farewell, thanks, what is taken along or comes next."""
    if any(says_farewell(turn.content, language) for turn in turns[-_LAST:]):
        return True
    signs = _pattern(_CLOSING, language)
    return any(signs.search(flatten(turn.content[-_LAST_CHARS:])) for turn in turns[-_LAST:])


def _parting(text: str) -> str:
    ends = sentences(without_quotes(text[-_PARTING_CHARS:]))[-_PARTING:]
    return flatten(" ".join(ends))


def _both_part(turns: list[Turn], language: str) -> Iterator[int]:
    """Yield where a side parts from the other right after that has parted from it."""
    parted = False
    for at, turn in enumerate(turns):
        parts = says_farewell(turn.content, language)
        if parts and parted:
            yield at
        parted = parts


def _end_fault(candidate: Candidate, turns: list[Turn]) -> Drop | None:
    last = turns[-1].content
    ending = sentences(last[-_LAST_CHARS:])[-1:] or [""]
    language = candidate.language
    if _OPEN_END.search(last[-_LAST_CHARS:]):
        return _no_close(candidate, last)
    # "Same time next week?" parts by a question.
    said = flatten(ending[0])
    if _QUESTION.search(said) and not (_pattern(_FAREWELL, language).search(said) or _PROPOSAL.search(said)):
        return drop(
            candidate,
            "open_question",
            en="It ends with a question that nobody answers. Let the question be answered, and end with what is taken "
            "along, a next step or a farewell.",
            zh="结尾是一个没有人回答的问题。请让对方作答，再以收获、下一步或告别的话结束。",
            evidence=ending[0],
        )
    # How talks end in other languages cannot be judged here.
    is_known = language.split("-")[0] in _CLOSING
    return _no_close(candidate, last) if is_known and not shows_close(turns, language) else None


def _no_close(candidate: Candidate, last: str) -> Drop:
    return drop(
        candidate,
        "no_close",
        en="It breaks off in the middle. Let the last two turns bring the talk to a natural close: gather up what was "
        "found, name a next step, and part.",
        zh="对话在半途中断。请让最后两轮自然收尾：归拢谈到的内容，说出下一步，然后告别。",
        evidence="…" + last[-100:],
    )


def _closes_early(candidate: Candidate, text: str, number: int = 0) -> Drop:
    """Return the drop of a talk that parts too early; `number` is the turn's in a whole conversation, else 0."""
    if number:
        return drop(
            candidate,
            "closes_early",
            en=f"{place(candidate, number)}Both sides have parted here, but the talk goes on. Part at the very end "
            f"only.",
            zh=f"{place(candidate, number)}双方在这里已经告别，对话却还在继续。请只在最后告别。",
            evidence=text[-100:],
        )
    least = candidate.band[0] if candidate.band else 0
    return drop(
        candidate,
        "closes_early",
        en=f"It says farewell, but the talk is to have at least {least} turns. Do not part yet: take up something that "
        "is still open and go on with it.",
        zh=f"这一轮在告别，但对话至少要有{least}轮。先不要结束，请接着一个还没谈完的话题往下说。",
        evidence=text[-100:],
    )


def _pattern(patterns: dict[str, re.Pattern[str]], language: str) -> re.Pattern[str]:
    return patterns.get(language.split("-")[0], patterns["en"])
