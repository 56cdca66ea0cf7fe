"""Replies that open with a formula that the spec bans."""

from __future__ import annotations

import re
from collections.abc import Iterable

from synthgen.filters.check import Check, drop
from synthgen.records import Candidate, Drop
from synthgen.rules.parts import in_language
from synthgen.spec import Spec
from synthgen.text import CJK

# Quotes, markdown and white space that may stand before the first word.
_LEAD = r"[\s\"'“”‘’«»「」『』《》*_#>`~-]*"
# Openers are short; the rest of the text is not looked at.
_HEAD_CHARS = 300
_CJK_END = re.compile(f"[{CJK}]$")


def build(spec: Spec, plain: bool) -> Check:
    patterns = {language: _pattern(openers) for language, openers in spec.reply.banned_openers.items() if openers}

    def check(candidate: Candidate) -> Drop | None:
        if candidate.stage != "reply":
            return None
        pattern = in_language(patterns, candidate.language, None)
        found = pattern.match(_straight(candidate.text[:_HEAD_CHARS])) if pattern else None
        if found is None:
            return None
        openers = in_language(spec.reply.banned_openers, candidate.language, [])
        return drop(
            candidate,
            "banned_opener",
            en=f'It opens with "{found[1]}", which is banned. Begin with what is particular to this message, '
            f"and with none of: {', '.join(openers)}.",
            zh=f"开头用了被禁止的“{found[1]}”。请从这封来信的具体内容写起，不要用以下任何一种开头：{'、'.join(openers)}。",
            evidence=candidate.text,
        )

    return check


def _pattern(openers: Iterable[str]) -> re.Pattern[str]:
    # The longest first, so that the drop names "It sounds like" rather than "It".
    ordered = sorted(openers, key=len, reverse=True)
    return re.compile(f"{_LEAD}({'|'.join(map(_opener, ordered))})", re.IGNORECASE)


def _opener(opener: str) -> str:
    """Match an opener as whole words; a script without spaces has no word ends to wait for."""
    words = _straight(opener).split()
    spaced = words and words[-1][-1].isalnum() and not _CJK_END.search(words[-1])
    return r"\s+".join(map(re.escape, words)) + (r"(?!\w)" if spaced else "")


def _straight(text: str) -> str:
    return text.replace("’", "'").replace("‘", "'").replace("ʼ", "'").replace("＇", "'")
