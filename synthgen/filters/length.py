"""Texts and conversations that are empty, too short or too long, in words or Chinese characters."""

from __future__ import annotations

import re
from typing import Annotated

from synthgen.errors import SpecError
from synthgen.filters.check import Check, drop
from synthgen.filters.options import Range
from synthgen.filters.turns import by_turn
from synthgen.records import Candidate, Drop
from synthgen.rules.parts import in_language
from synthgen.spec import Spec
from synthgen.text import count_units, unit_name

_UNBOUNDED = 1_000_000
# Anything but white space, controls, and the marks that join, part and turn others.
_VISIBLE = re.compile(
    r"[^\s\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)
_MORE_EN = {
    "query": "what happened, how it feels and what was tried",
    "reply": "concrete steps, reasons and examples that fit the message",
    "turn": "a thought or a moment that belongs to what was said last",
}
_MORE_ZH = {
    "query": "发生了什么、有什么感受、试过哪些办法",
    "reply": "贴合来信的具体步骤、理由和例子",
    "turn": "与刚才所说有关的一个想法或一个细节",
}
# Very small models answer in a word or two.
_PLAIN_LEAST = 2
_UNIT_ZH = {"characters": "字", "words": "词"}

Band = tuple[int, int]
Bound = Annotated[int, Range(0, _UNBOUNDED)]


def build(
    spec: Spec,
    plain: bool,
    *,
    joint_min: Bound = 0,
    joint_max: Bound = 0,
    user_min: Bound = 0,
    user_max: Bound = 0,
    assistant_min: Bound = 0,
    assistant_max: Bound = 0,
) -> Check:
    """Options, each 0 for no bound: `joint_*`, message and reply together, or a conversation as a whole;
    `user_*` and `assistant_*`, each turn of that side in a conversation, in place of what the spec says of
    conversations that are made. Raises SpecError for bounds that cross.
    """
    bands = {
        "query": spec.plain.query_words if plain else spec.query.words,
        "reply": spec.plain.reply_words if plain else spec.reply.words,
    }
    joint = _band("joint", joint_min, joint_max)
    sides = {
        "query": _band("user", user_min, user_max),
        "reply": _band("assistant", assistant_min, assistant_max),
    }

    spoken = {"query": spec.dialogue.user_words, "reply": spec.dialogue.assistant_words}

    def turn_fault(turn: Candidate) -> Drop | None:
        band = sides[turn.stage]
        if band is None and turn.band is not None:
            band = in_language(spoken[turn.stage], turn.language, None)
            band = (_PLAIN_LEAST, band[1]) if band and plain else band
        return _text_fault(turn, band)

    def text_fault(candidate: Candidate) -> Drop | None:
        return _text_fault(candidate, in_language(bands[candidate.stage], candidate.language, None))

    turns_fault = by_turn(turn_fault)

    def check(candidate: Candidate) -> Drop | None:
        if candidate.stage == "turn":
            return turns_fault(candidate)
        if candidate.stage == "conversation":
            count = sum(count_units(turn.content) for turn in candidate.turns)
            return turns_fault(candidate) or _joint_fault(candidate, joint, count)
        if (found := text_fault(candidate)) is not None or candidate.stage == "query" or joint is None:
            return found
        return _joint_fault(candidate, joint, count_units(candidate.query) + count_units(candidate.text))

    return check


def _band(name: str, low: int, high: int) -> Band | None:
    """Return the band of two options, None when neither bounds anything."""
    if high and low > high:
        raise SpecError(
            f"filters.length.{name}_max: must be at least {name}_min ({low}), got {high}.", hint="0 sets no bound."
        )
    return (low, high or _UNBOUNDED) if low or high else None


def _text_fault(candidate: Candidate, band: Band | None) -> Drop | None:
    if not _VISIBLE.search(candidate.text):
        return drop(candidate, "empty", en="It is empty. Write the whole text.", zh="内容为空。请写出完整的内容。")
    if band is None:
        return None
    low, high = band
    count, unit = count_units(candidate.text), unit_name(candidate.language)
    kind = candidate.stage if candidate.band is None else "turn"
    if low <= count <= high:
        return None
    if count < low:
        return drop(
            candidate,
            "too_short",
            en=f"It has {count} {unit}; at least {low} are wanted. Expand it with {_MORE_EN[kind]}.",
            zh=f"全文只有{count}{_UNIT_ZH[unit]}，至少需要{low}{_UNIT_ZH[unit]}。请扩写，补充{_MORE_ZH[kind]}。",
            evidence=f"{count} {unit}",
        )
    return drop(
        candidate,
        "too_long",
        en=f"It has {count} {unit}; at most {high} are wanted. Cut repetition and side remarks, keep it whole.",
        zh=f"全文有{count}{_UNIT_ZH[unit]}，最多{high}{_UNIT_ZH[unit]}。请删去重复和旁枝，保持内容完整。",
        evidence=f"{count} {unit}",
    )


def _joint_fault(candidate: Candidate, band: Band | None, count: int) -> Drop | None:
    """Judge what both sides have together; only what was written last can be mended."""
    if band is None or band[0] <= count <= band[1]:
        return None
    low, high = band
    unit = unit_name(candidate.language)
    both_en, both_zh = (
        ("The conversation has", "整段对话共")
        if candidate.turns
        else ("It and the message together have", "来信和回复共")
    )
    if count < low:
        return drop(
            candidate,
            "joint_too_short",
            en=f"{both_en} {count} {unit}; at least {low} are wanted. Write {low - count} more that add substance.",
            zh=f"{both_zh}{count}{_UNIT_ZH[unit]}，至少需要{low}{_UNIT_ZH[unit]}。"
            f"请再写{low - count}{_UNIT_ZH[unit]}有内容的话。",
            evidence=f"{count} {unit}",
        )
    return drop(
        candidate,
        "joint_too_long",
        en=f"{both_en} {count} {unit}; at most {high} are wanted. Leave out {count - high} and keep it whole.",
        zh=f"{both_zh}{count}{_UNIT_ZH[unit]}，最多{high}{_UNIT_ZH[unit]}。"
        f"请删去{count - high}{_UNIT_ZH[unit]}，保持内容完整。",
        evidence=f"{count} {unit}",
    )
