"""Texts that are empty, too short or too long."""

from __future__ import annotations

from synthgen.filters.check import Check, drop
from synthgen.records import Candidate, Drop
from synthgen.spec import Spec, in_language
from synthgen.text import count_units, unit_name

_MORE_EN = {
    "query": "what happened, how it feels and what was tried",
    "reply": "concrete steps, reasons and examples that fit the message",
}
_MORE_ZH = {"query": "发生了什么、有什么感受、试过哪些办法", "reply": "贴合来信的具体步骤、理由和例子"}
_UNIT_ZH = {"characters": "字", "words": "词"}


def build(spec: Spec, plain: bool) -> Check:
    bands = {
        "query": spec.plain.query_words if plain else spec.query.words,
        "reply": spec.plain.reply_words if plain else spec.reply.words,
    }

    def check(candidate: Candidate) -> Drop | None:
        if not candidate.text.strip():
            return drop(candidate, "empty", en="It is empty. Write the whole text.", zh="内容为空。请写出完整的内容。")
        band = in_language(bands[candidate.stage], candidate.language, None)
        if band is None:
            return None
        low, high = band
        count, unit = count_units(candidate.text), unit_name(candidate.language)
        if low <= count <= high:
            return None
        if count < low:
            return drop(
                candidate,
                "too_short",
                en=f"It has {count} {unit}; at least {low} are wanted. Expand it with {_MORE_EN[candidate.stage]}.",
                zh=f"全文只有{count}{_UNIT_ZH[unit]}，至少需要{low}{_UNIT_ZH[unit]}。"
                f"请扩写，补充{_MORE_ZH[candidate.stage]}。",
                evidence=f"{count} {unit}",
            )
        return drop(
            candidate,
            "too_long",
            en=f"It has {count} {unit}; at most {high} are wanted. Cut repetition and side remarks, keep it whole.",
            zh=f"全文有{count}{_UNIT_ZH[unit]}，最多{high}{_UNIT_ZH[unit]}。请删去重复和旁枝，保持内容完整。",
            evidence=f"{count} {unit}",
        )

    return check
