"""Texts in which the model refuses, or speaks of itself as a model."""

from __future__ import annotations

import re

from synthgen.filters.check import Check, drop
from synthgen.filters.phrases import Phrases, fold
from synthgen.filters.words import refusal as words
from synthgen.records import Candidate, Drop
from synthgen.spec import Spec

_OPENING = re.compile(rf"[\s\"'*_>#]*({words.OPENING_EN}|{words.OPENING_ZH})")
_OPENING_CHARS = 400
_REFUSAL = Phrases(words.REFUSAL_EN, words.REFUSAL_ZH)
_SELF = Phrases(words.SELF_EN, words.SELF_ZH)
_SELF_IN_REPLY = Phrases(words.SELF_IN_REPLY_EN, words.SELF_IN_REPLY_ZH)
# All of them in one pass, which lets most texts go.
_ANY = Phrases(
    *(words.REFUSAL_EN, words.REFUSAL_ZH, words.SELF_EN, words.SELF_ZH, words.SELF_IN_REPLY_EN, words.SELF_IN_REPLY_ZH)
)


def build(spec: Spec, plain: bool) -> Check:
    roles = {"query": spec.roles.user, "reply": spec.roles.assistant}

    def check(candidate: Candidate) -> Drop | None:
        folded = fold(candidate.text)
        if not (_ANY.find(folded) or _opening(folded)):
            return None
        speaker = roles[candidate.stage]
        if found := _self_reference(folded, candidate):
            return drop(
                candidate,
                "self_reference",
                en=f'It speaks as a model: "{found}". Write as the {speaker}, a person, and never mention being an AI.',
                zh=f"内容暴露了模型身份：“{found}”。请以{spec.translated(speaker, candidate.language)}本人的口吻来写，"
                "不要提到人工智能。",
                evidence=found,
            )
        if found := _opening(folded) or _REFUSAL.find(folded):
            return drop(
                candidate,
                "refusal",
                en=f'It refuses: "{found}". Write the {speaker}\'s text that was asked for, without an excuse.',
                zh=f"内容是拒绝回答：“{found}”。请直接写出所要求的内容，不要推辞。",
                evidence=found,
            )
        return None

    return check


def _self_reference(folded: str, candidate: Candidate) -> str:
    return _SELF.find(folded) or (_SELF_IN_REPLY.find(folded) if candidate.stage == "reply" else "")


def _opening(folded: str) -> str:
    opening = _OPENING.match(folded, 0, _OPENING_CHARS)
    return opening[1] if opening else ""
