"""Many phrases looked for in one text, fast: a pattern is tried only near a literal that the text holds."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Table = Mapping[str, Sequence[str]]

# Characters to each side of an anchor that a pattern may reach. Hundreds of alternatives tried at every
# character of a message take milliseconds; tried near their anchors they take microseconds.
REACH = 64

_TYPOGRAPHIC = {"’": "'", "‘": "'", "“": '"', "”": '"', "—": " — ", "\n": " "}
# Traditional characters that the phrases need, so that one list serves both ways of writing Chinese.
_TRADITIONAL = (
    "殺輕結離開斷頭頸樓橋藥醫險報撥電話熱線緊馬請場聯繫幫嗎無為麼們說個傷殘體遺書給關別來見傳語師諮詢誰"
    "還沒過間張臟壓鬱樣對應內約協係專趕親會連絡淚後戀懸難盡繩擊從頂軌燒農絕鎖強姦褻進脅針紮護車診訴聽讓爛"
)
_SIMPLIFIED = (
    "杀轻结离开断头颈楼桥药医险报拨电话热线紧马请场联系帮吗无为么们说个伤残体遗书给关别来见传语师咨询谁"
    "还没过间张脏压郁样对应内约协系专赶亲会连络泪后恋悬难尽绳击从顶轨烧农绝锁强奸亵进胁针扎护车诊诉听让烂"
)
_ANY_TRADITIONAL = re.compile(f"[{_TRADITIONAL}]")
_TO_SIMPLIFIED = str.maketrans(_TRADITIONAL, _SIMPLIFIED)

_WORD = re.compile(r"[a-z0-9][a-z0-9'&]*")
# What may stand between words in ASCII becomes a space; apostrophes and hyphens belong to words.
_GAPS = "".join(char if char.isalnum() or char in "'&-" else " " for char in map(chr, range(128)))
_HEAD = 3


@dataclass(frozen=True, slots=True)
class Folded:
    """A text as phrases are written, with what its words begin with, by which most anchors are ruled out."""

    text: str
    heads: frozenset[str]


def fold(text: str) -> Folded:
    """Fold a text: lower case, straight quotes, one line, Chinese simplified."""
    folded = text.casefold()
    for mark, plain in _TYPOGRAPHIC.items():
        folded = folded.replace(mark, plain)
    if folded.isascii():
        return Folded(folded, frozenset([word[:_HEAD] for word in folded.translate(_GAPS).split()]))
    if _ANY_TRADITIONAL.search(folded):
        folded = folded.translate(_TO_SIMPLIFIED)
    # Without spaces between words any character may begin one.
    return Folded(folded, frozenset([word[:_HEAD] for word in _WORD.findall(folded)]).union(folded))


class Phrases:
    """Patterns by anchor: a literal, at the start of a word, that is part of all that its patterns match.

    Patterns hold no groups of their own, and reach no further than REACH to each side of the anchor.
    """

    def __init__(self, *tables: Table, passed_over: Sequence[Table] = ()) -> None:
        """Look for the phrases of `tables`, save where one of `passed_over`, under the same anchor, starts first."""
        self._patterns = [
            (_head(anchor), anchor, _compiled(patterns, [p for table in passed_over for p in table.get(anchor, ())]))
            for table in tables
            for anchor, patterns in table.items()
        ]

    def find(self, folded: Folded) -> str:
        """Return the first phrase found in a folded text, or ""."""
        text, heads = folded.text, folded.heads
        for head, anchor, pattern in self._patterns:
            if head not in heads:
                continue
            at = text.find(anchor)
            while at >= 0:
                for found in pattern.finditer(text, max(0, at - REACH), at + len(anchor) + REACH):
                    if found["passed"] is None:
                        return found[0]
                at = text.find(anchor, at + 1)
        return ""


def _head(anchor: str) -> str:
    return anchor.split()[0][:_HEAD] if anchor.isascii() else anchor[0]


def _compiled(patterns: Sequence[str], passed_over: Sequence[str]) -> re.Pattern[str]:
    # Without phrases to pass over, the group holds what can never match.
    return re.compile(f"(?P<passed>{'|'.join(passed_over) or '(?!)'})|{'|'.join(patterns)}")
