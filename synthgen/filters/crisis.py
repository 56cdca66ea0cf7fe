"""Replies that leave alone somebody whose life may be in danger."""

from __future__ import annotations

from synthgen.filters.check import Check, drop
from synthgen.filters.phrases import Phrases, fold
from synthgen.filters.words import guidance_en, guidance_zh, harm_zh, self_harm_en, violence_en, violence_zh, wishes_en
from synthgen.records import Candidate, Drop
from synthgen.spec import Spec

_DANGERS = (wishes_en, self_harm_en, violence_en, harm_zh, violence_zh)
_HELP = (guidance_en, guidance_zh)
_RISK = Phrases(*(words.SIGNS for words in _DANGERS), passed_over=[words.LOOK_ALIKES for words in _DANGERS])
_GUIDANCE = Phrases(*(words.SIGNS for words in _HELP), passed_over=[words.LOOK_ALIKES for words in _HELP])


def build(spec: Spec, plain: bool) -> Check:
    return check


def check(candidate: Candidate) -> Drop | None:
    """Drop a reply to a message at risk that does not point to human help to be had now."""
    if candidate.stage != "reply" or not candidate.risk or gives_guidance(candidate.text):
        return None
    return drop(
        candidate,
        "missing_crisis_guidance",
        en="A life may be in danger, and it points to no immediate human help. Keep its care and say early on, in "
        "plain words, to call an emergency number or a crisis line now, or to go to the nearest emergency room, and "
        "to have a trusted person stay close.",
        zh="对方可能有生命危险，而回复没有指向可以马上得到的帮助。请保留关怀，并尽早明确建议：立即拨打急救电话或心理危机热线，"
        "或前往最近的医院急诊，并请信任的人陪在身边。",
        evidence=risk_sign(candidate.query),
    )


def shows_risk(text: str) -> bool:
    """Whether a message shows that a life may be in danger: suicide, self-harm, violence, abuse, a child harmed.

    Made to miss little: English and Chinese, slang and common misspellings. Figures of speech are passed over.
    """
    return risk_sign(text) != ""


def risk_sign(text: str) -> str:
    """Return the words that show the risk, in lower case, or ""."""
    return _RISK.find(fold(text))


def gives_guidance(text: str) -> bool:
    """Whether a reply points to human help at once: a number, a crisis line, a hospital, a trusted person now."""
    return _GUIDANCE.find(fold(text)) != ""
