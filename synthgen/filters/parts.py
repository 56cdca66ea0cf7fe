"""Turns in which a side takes the other's part: a user who counsels, an assistant in need, one who plays both."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Annotated

from synthgen.filters.check import Check, drop, snippet
from synthgen.filters.copying import without_quotes
from synthgen.filters.lexicon import lexicon_phrases
from synthgen.filters.options import SWITCH
from synthgen.filters.phrases import REACH, flatten
from synthgen.filters.turns import TURN_CHARS, among_turns
from synthgen.filters.words import reported as words
from synthgen.records import Candidate, Drop, Turn
from synthgen.spec import Spec

_COUNSELS = lexicon_phrases("counsels")
_NEEDS = lexicon_phrases("needs")
_REPORTED = re.compile(words.REPORTED)
_REPORTED_AFTER = re.compile(words.REPORTED_AFTER)
_SENTENCE_END = re.compile(r"[.!?。！？\0]")
# Signs that may be excused by what stands around them before the next one is believed.
_EXCUSED = 8
# "(sighs)", "*nods*", "（沉默）": a few words that nobody says.
_DIRECTION = re.compile(
    r"\*[^*\n]{2,60}\*(?!\*)|[(（\[【](?:(?:long |short |softly |slowly )?(?:sigh|nod|paus|smil|laugh|cr(?:y"
    r"|ies)|sob|silen|chuckl"
    r"|whisper|shrug|look|lean|tear|breath|take)\w*\b[^)）\]】\n]{0,60}|[^)）\]】\n]{0,12}(?:叹气|叹了|点头|沉默"
    r"|停顿|微笑|笑了|哽咽"
    r"|流泪|哭|低头|抬头|摇头|苦笑)[^)）\]】\n]{0,12})[)）\]】]",
    re.IGNORECASE,
)


def build(
    spec: Spec, plain: bool, *, directions: Annotated[bool, SWITCH] = True, needs: Annotated[bool, SWITCH] = False
) -> Check:
    """Options: `directions`, whether a turn may hold stage directions such as "(sighs)"; `needs`, whether the assistant
    may tell troubles of its own.
    """
    names = {"user": _names(spec, spec.roles.user), "assistant": _names(spec, spec.roles.assistant)}
    as_other = {
        "user": re.compile(rf"as your (?:{_any(names['assistant'])})\b|作为你的(?:{_any(names['assistant'])})"),
        "assistant": re.compile(rf"as (?:a|your) (?:{_any(names['user'])}), i\b|作为(?:{_any(names['user'])})，?我"),
    }
    both = [*names["user"], *names["assistant"]]
    narrated = re.compile(
        rf"(?:^|[.!?] )the (?:{_any(both)}) (?:{words.NARRATED_EN})|(?:^|[。！？])"
        rf"(?:{_any(both)})(?:{words.NARRATED_ZH})"
    )

    def fault(candidate: Candidate, turns: Sequence[Turn], at: int) -> Drop | None:
        text, role = turns[at].content[:TURN_CHARS], turns[at].role
        if label := _labelled(text, both, candidate.facts.get("name", "")):
            return _both_parts(candidate, label)
        flat = flatten(without_quotes(text)).replace("您", "你")
        if found := narrated.search(flat):
            return _both_parts(candidate, found[0])
        sign = as_other[role].search(flat)
        if evidence := sign[0] if sign else "" if needs and role == "assistant" else foreign_sign(flat, role):
            return _other_part(candidate, spec, role, evidence)
        if not directions and (found := _DIRECTION.search(text)):
            return _stage_direction(candidate, found[0])
        return None

    return among_turns(fault)


def foreign_sign(flat: str, role: str) -> str:
    """Return the words of a flattened turn, without its quotations, that the other side would say, or "".

    What is told of others, asked or imagined is passed over.
    """
    signs = _COUNSELS if role == "user" else _NEEDS
    for _ in range(_EXCUSED):
        if not (sign := signs.find(flat)):
            return ""
        start = flat.index(sign)
        end = start + len(sign)
        if not _is_reported(flat[max(0, start - REACH) : start], flat[end : end + REACH], sign):
            return sign
        flat = flat[end:]
    return ""


def _is_reported(before: str, after: str, sign: str) -> bool:
    # A sign may begin with the end of the sentence before it.
    sentence = "" if _SENTENCE_END.match(sign) else _SENTENCE_END.split(before)[-1]
    return _REPORTED.search(sentence) is not None or _REPORTED_AFTER.match(after) is not None


def _names(spec: Spec, role: str) -> list[str]:
    """Return what a role is called in all languages, in lower case."""
    called = [role, *(names[role] for names in spec.translations.values() if role in names)]
    return [name.casefold() for name in dict.fromkeys(called)]


def _any(names: Iterable[str]) -> str:
    return "|".join(map(re.escape, names))


def _labelled(text: str, names: Iterable[str], own: str) -> str:
    """Return the first label of a speaker at the start of a line, or ""."""
    if ":" not in text and "：" not in text:
        return ""
    known = {*names, own.casefold()} - {""}
    for line in text.splitlines():
        head, colon, _ = line[:80].replace("：", ":").partition(":")
        if colon and head.strip(' \t*_>#-"“[]').casefold() in known:
            return head + colon
    return ""


def _other_part(candidate: Candidate, spec: Spec, role: str, evidence: str) -> Drop:
    said = snippet(evidence.strip(" .,!?，。！？；"))
    user, assistant = spec.roles.user, spec.roles.assistant
    user_zh, assistant_zh = (spec.translated(name, candidate.language) for name in (user, assistant))
    if role == "user":
        return drop(
            candidate,
            "user_counsels",
            en=f'It is the {user}\'s turn, but it speaks as the {assistant} would: "{said}". Speak from the '
            f"{user}'s own "
            f"life: tell, answer or ask, and give the {assistant} no advice and no comfort.",
            zh=f"这一轮是{user_zh}说话，却用了{assistant_zh}的口吻：“{said}”。"
            f"请从{user_zh}自己的处境出发来说、来答、来问，"
            "不要给对方建议，也不要安慰对方。",
            evidence=said,
        )
    return drop(
        candidate,
        "assistant_in_need",
        en=f'It is the {assistant}\'s turn, but it speaks as the {user} would: "{said}". Respond to what the {user} '
        "said, and tell no trouble of your own.",
        zh=f"这一轮是{assistant_zh}说话，却像{user_zh}在诉说：“{said}”。请回应{user_zh}刚才的话，不要讲自己的难处。",
        evidence=said,
    )


def _both_parts(candidate: Candidate, found: str) -> Drop:
    said = snippet(found.strip(" .!?。！？"))
    return drop(
        candidate,
        "both_parts",
        en=f'It tells the talk from outside or speaks for both sides: "{said}". Write only what this one side says '
        "aloud, without names of speakers.",
        zh=f"这一轮像旁白，或者替双方都说了话：“{said}”。请只写这一方说出口的话，不要写说话人的名称。",
        evidence=said,
    )


def _stage_direction(candidate: Candidate, found: str) -> Drop:
    return drop(
        candidate,
        "stage_direction",
        en=f'It holds a stage direction: "{snippet(found)}". Write only what is said aloud.',
        zh=f"文中有动作或神态说明：“{snippet(found)}”。请只写说出口的话。",
        evidence=found,
    )
