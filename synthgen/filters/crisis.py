"""Replies that leave alone somebody whose life may be in danger."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from synthgen.filters.check import Check, drop
from synthgen.filters.lexicon import lexicon_phrases
from synthgen.filters.phrases import REACH, fold
from synthgen.filters.words import harmless_en, harmless_zh
from synthgen.records import Candidate, Drop, Turn
from synthgen.spec import Spec

_RISK = lexicon_phrases("danger")
_GUIDANCE = lexicon_phrases("help")

_STORY_BEFORE = re.compile(f"{harmless_en.STORY_BEFORE}|{harmless_zh.STORY_BEFORE}")
_PAST_BEFORE = re.compile(f"{harmless_en.PAST_BEFORE}|{harmless_zh.PAST_BEFORE}")
_PAST_AFTER = re.compile(f"{harmless_en.PAST_AFTER}|{harmless_zh.PAST_AFTER}")
_PRESENT = re.compile(f"{harmless_en.PRESENT}|{harmless_zh.PRESENT}")
_JOKE_AFTER = re.compile(f"{harmless_en.JOKE_AFTER}|{harmless_zh.JOKE_AFTER}")

# Signs that may be excused by what stands around them before the next one is believed.
_EXCUSED = 8
# Of a conversation's replies to a turn at risk, those among which one has to guide: a counselor may first ask.
_REPLIES = 2


def build(spec: Spec, plain: bool) -> Check:
    """Return a check of replies whose candidate is at risk, and of conversations.

    In a conversation each user turn that shows risk needs guidance in one of the next two replies, or in the
    only one left; a last turn that is never answered needs none. Where a conversation is flagged and no turn
    shows why, its first user turn is the one at risk. While a conversation goes on, the second reply is told when
    neither guides. What turns show is not looked at where the spec switches
    `crisis.detect` off.
    """

    def check(candidate: Candidate) -> Drop | None:
        if candidate.stage == "conversation":
            return _conversation_fault(candidate, spec.crisis.detect)
        if candidate.stage == "turn":
            return _turn_fault(candidate, spec.crisis.detect)
        if candidate.stage == "reply" and candidate.risk and not gives_guidance(candidate.text):
            return _drop(candidate, candidate.query)
        return None

    return check


def shows_risk(text: str) -> bool:
    """Whether a message shows that a life may be in danger: suicide, self-harm, violence, abuse, a child harmed.

    Made to miss little: English and Chinese, slang and common misspellings. Figures of speech are passed over.
    What is only implied, in words of everyday life, is beyond it.
    """
    return risk_sign(text) != ""


def risk_sign(text: str) -> str:
    """Return the words that show the risk, in lower case, or ""."""
    folded, sign = fold(text), ""
    for _ in range(_EXCUSED):
        if not (sign := _RISK.find(folded)):
            return ""
        start = folded.index(sign)
        if not _is_excused(folded, start, start + len(sign)):
            return sign
        folded = folded[start + len(sign) :]
    return sign


def gives_guidance(text: str) -> bool:
    """Whether a reply points to human help at once: a number, a crisis line, a hospital, a trusted person now."""
    return _GUIDANCE.find(fold(text)) != ""


def guidance_is_due(turns: Sequence[Turn], risk: bool, detect: bool) -> bool:
    """Whether a user's turn of a talk so far shows risk and no reply since has pointed to help.

    `risk` flags the talk as a whole; `detect` says whether turns are looked at. A flag alone stands for the first turn.
    """
    talk = Candidate("conversation", "", "", turns=tuple(turns), risk=risk)
    at_risk = max(_turns_at_risk(talk, detect), default=None)
    if at_risk is None:
        return False
    return not any(gives_guidance(turn.content) for turn in turns[at_risk + 1 :] if turn.role == "assistant")


def _is_excused(folded: str, start: int, end: int) -> bool:
    """Whether a sign is part of a story, a joke or a past that is over."""
    before, after = folded[max(0, start - REACH) : start], folded[end : end + REACH]
    if _STORY_BEFORE.search(before) or _JOKE_AFTER.match(after):
        return True
    if not (_PAST_BEFORE.search(before) or _PAST_AFTER.match(after)):
        return False
    return not _PRESENT.search(folded[max(0, start - REACH // 2) : end + REACH])


def _conversation_fault(candidate: Candidate, detect: bool) -> Drop | None:
    for at in _turns_at_risk(candidate, detect):
        later = [turn.content for turn in candidate.turns[at + 1 :] if turn.role == "assistant"]
        if later and not any(map(gives_guidance, later[:_REPLIES])):
            return _drop(candidate, candidate.turns[at].content, number=at + 1)
    return None


def _turn_fault(candidate: Candidate, detect: bool) -> Drop | None:
    """Judge the newest turn where it is the last that may still guide: the second reply to a turn at risk."""
    replies = [at for at, turn in enumerate(candidate.turns) if turn.role == "assistant"]
    if len(replies) < _REPLIES or replies[-1] < len(candidate.turns) - 1:
        return None
    start = replies[-_REPLIES - 1] if len(replies) > _REPLIES else 0
    recent = replace(candidate, turns=candidate.turns[start:], risk=candidate.risk and not start)
    if any(gives_guidance(candidate.turns[at].content) for at in replies[-_REPLIES:]):
        return None
    for at in _turns_at_risk(recent, detect):
        if start + at < replies[-_REPLIES]:
            return _drop(candidate, recent.turns[at].content)
    return None


def _turns_at_risk(candidate: Candidate, detect: bool) -> Iterator[int]:
    said = [at for at, turn in enumerate(candidate.turns) if turn.role == "user"]
    shown = [at for at in said if shows_risk(candidate.turns[at].content)] if detect else []
    # The flag of a conversation says that there is a risk somewhere, not where.
    yield from shown or (said[:1] if candidate.risk else [])


def _drop(candidate: Candidate, message: str, number: int = 0) -> Drop:
    """Return the drop for a message that is left alone: turn `number` of a conversation, 0 for a lone message."""
    left_en = (
        f"Turn {number}: a life may be in danger, and the replies after it point"
        if number
        else ("A life may be in danger, and it points")
    )
    left_zh = f"第{number}轮：对方可能有生命危险，而其后的回复" if number else "对方可能有生命危险，而回复"
    return drop(
        candidate,
        "missing_crisis_guidance",
        en=f"{left_en} to no immediate human help. Keep the care and say early on, in plain words, to call an "
        "emergency number or a crisis line now, or to go to the nearest emergency room, and to have a trusted "
        "person stay close.",
        zh=f"{left_zh}没有指向可以马上得到的帮助。请保留关怀，并尽早明确建议：立即拨打急救电话或心理危机热线，"
        "或前往最近的医院急诊，并请信任的人陪在身边。",
        evidence=risk_sign(message),
    )
