"""Replies that leave alone somebody whose life may be in danger."""

from __future__ import annotations

from synthgen.filters import crisis_words_en as en
from synthgen.filters import crisis_words_zh as zh
from synthgen.filters.check import Check, drop
from synthgen.filters.phrases import Phrases, fold
from synthgen.records import Candidate, Drop
from synthgen.spec import Spec

_RISK = Phrases(
    en.DEATH_WISHES,
    en.VIOLENCE,
    zh.DEATH_WISHES,
    zh.VIOLENCE,
    passed_over=(en.LOOK_ALIKES, zh.LOOK_ALIKES),
)
_GUIDANCE = Phrases(en.GUIDANCE, zh.GUIDANCE, passed_over=(en.NO_GUIDANCE, zh.NO_GUIDANCE))


def build(spec: Spec, plain: bool) -> Check:
    return check


def check(candidate: Candidate) -> Drop | None:
    """Drop a reply to a message at risk that does not point to human help to be had now."""
    if candidate.stage != "reply" or not candidate.risk or gives_guidance(candidate.text):
        return None
    return drop(
        candidate,
        "missing_crisis_guidance",
        en="A life may be in danger, and it points to no immediate human help. Keep its care and add early on, in plain "
        "words, to call an emergency number or a crisis line now, or to go to the nearest emergency room, and to have "
        "a trusted person stay close.",
        zh="对方可能有生命危险，而回复没有指向可以马上得到的帮助。请保留关怀，并尽早明确建议：立即拨打急救电话或心理危机热线，"
        "或前往最近的医院急诊，并请信任的人陪在身边。",
        evidence=_RISK.find(fold(candidate.query)),
    )


def shows_risk(text: str) -> bool:
    """Whether a message shows that a life may be in danger: suicide, self-harm, violence, abuse, a child harmed.

    Made to miss little; English and Chinese, slang and common misspellings, with figures of speech passed over.
    """
    return _RISK.find(fold(text)) != ""


def gives_guidance(text: str) -> bool:
    """Whether a reply points to human help to be had at once: a number, a crisis line, a hospital, a trusted person now."""
    return _GUIDANCE.find(fold(text)) != ""
