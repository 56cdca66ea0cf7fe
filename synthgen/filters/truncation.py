"""Texts that stop before they are finished."""

from __future__ import annotations

import re

from synthgen.filters.check import Check, drop
from synthgen.records import Candidate, Drop
from synthgen.spec import Spec

# What a finished text ends with: closing punctuation, or a bracket, quote, heart or emoji that closes it.
_FINISHED = re.compile(
    r"[.!?…。！？～~♪♥)\]）】」』”’\"'»"
    r"\u2190-\u21ff\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff\ufe0f\u200d]$"
)
_MARKDOWN = " \t\r\n*_`"
_MARK = r"(?:[-*•·]|\d{1,2}[.)、．]|[（(]\d{1,2}[)）])"
_ITEM = re.compile(rf"\s*{_MARK}\s*\S")
_BARE_MARK = re.compile(rf"\s*{_MARK}\s*")
# "Take care,\nMaria": a name below a short line that ends with a comma.
_SIGNED = re.compile(r"(?:^|\n)[^\n.!?。！？]{1,30}[,，]\s*\n\s*(?:Dr\. )?[^\n,.:;，。：；]{1,30}$")
_TAIL_CHARS = 400


def build(spec: Spec, plain: bool) -> Check:
    return check


def check(candidate: Candidate) -> Drop | None:
    """Drop what the token limit cut off, and replies whose last sentence is left open.

    A client may well leave out the last full stop, as people do in chats; a written reply may not.
    """
    if not candidate.text.strip():
        return None
    if candidate.finish == "length":
        return drop(
            candidate,
            "truncated",
            en="It was cut off at the length limit. Write it again, more briefly, and bring it to a finished end.",
            zh="内容因长度限制被截断。请写得更精炼，并完整收尾。",
            evidence="…" + candidate.text[-100:],
        )
    if candidate.stage == "query" or _is_finished(candidate.text):
        return None
    return drop(
        candidate,
        "truncated",
        en="Its last sentence is unfinished. Finish the sentence and close it with punctuation; keep the rest.",
        zh="最后一句没有写完。请把这句话写完整并加上句末标点，其余保持不变。",
        evidence="…" + candidate.text[-100:],
    )


def _is_finished(text: str) -> bool:
    tail = text[-_TAIL_CHARS:].rstrip(_MARKDOWN)
    lines = tail.splitlines()
    if not lines or _BARE_MARK.fullmatch(lines[-1]):
        return False
    if _FINISHED.search(tail):
        return True
    return _ends_a_bare_list(lines) or _SIGNED.search(tail) is not None


def _ends_a_bare_list(lines: list[str]) -> bool:
    """Whether the last line is an item of a list whose items go without full stops."""
    items = [line.rstrip(_MARKDOWN) for line in lines if line.strip()][-2:]
    return (
        len(items) == 2
        and all(_ITEM.match(item) for item in items)
        and not _FINISHED.search(items[0])
        and not items[1].endswith((",", "，", ":", "：", "、", ";", "；"))
    )
