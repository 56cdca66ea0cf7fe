"""Replies that open with a formula of acknowledgement, in whatever words: "I can understand", "It's great that"."""

from __future__ import annotations

import re
from typing import Annotated

from synthgen.filters.check import Check, drop
from synthgen.filters.options import SWITCH
from synthgen.filters.phrases import flatten
from synthgen.filters.words import formulas_en, formulas_zh
from synthgen.records import Candidate, Drop
from synthgen.rules.parts import in_language
from synthgen.spec import Spec

# A formula stands in the first sentence; the rest of the text is not looked at.
_HEAD_CHARS = 240
_MARKS = r"[\s\"'“”‘’«»「」『』《》*_#>`~-]*"
_EN = re.compile(rf"{_MARKS}({formulas_en.LEAD}(?:{'|'.join(formulas_en.FORMULAS)}))")
_ZH = re.compile(rf"{_MARKS}({formulas_zh.LEAD}(?:{'|'.join(formulas_zh.FORMULAS)}))")


def build(spec: Spec, plain: bool, *, everywhere: Annotated[bool, SWITCH] = False) -> Check:
    """Option: `everywhere`, also for languages in which the spec bans no openers."""

    def check(candidate: Candidate) -> Drop | None:
        if candidate.stage != "reply":
            return None
        if not everywhere and not in_language(spec.reply.banned_openers, candidate.language, []):
            return None
        found = formula_in(candidate.text, candidate.language)
        if not found:
            return None
        return drop(
            candidate,
            "acknowledgement_opener",
            en=f'It opens with a formula that would fit any message: "{found}". Begin with what is particular to this '
            "message, and let understanding show in what is said about it.",
            zh=f"开头“{found}”是放在哪封来信里都合适的套话。请从这封来信独有的细节写起，让理解体现在具体的话里。",
            evidence=candidate.text,
        )

    return check


def formula_in(text: str, language: str) -> str:
    """Return the formula of acknowledgement that a text opens with, in lower case, or "".

    Known in English and Chinese; other languages are looked at for English ones.
    """
    head = flatten(text[:_HEAD_CHARS])
    found = _ZH.match(head) if language.split("-")[0] == "zh" else _EN.match(head)
    return found[1].strip() if found else ""
