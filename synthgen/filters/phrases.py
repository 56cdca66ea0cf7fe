"""Many phrases looked for in one text, fast: a pattern is tried only near a literal that the text holds."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter

Table = Mapping[str, Sequence[str]]

# Characters to each side of an anchor that a pattern may reach. Hundreds of alternatives tried at every
# character of a message take milliseconds; tried near their anchors they take microseconds.
REACH = 64

_TYPOGRAPHIC = {"’": "'", "‘": "'", "“": '"', "”": '"', "—": " — ", "–": "-", "…": "...", "\xa0": " ", "\n": " "}
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

_WORD = re.compile(r"[a-z0-9]+")
# Words of ASCII texts are split at all that is neither letter nor digit; translate and split do it fastest.
_GAPS = "".join(char if char.isalnum() else " " for char in map(chr, range(128)))
# Words are known by their first three and first four characters; stems among the anchors are no shorter than three.
_HEAD, _LONG_HEAD = itemgetter(slice(3)), itemgetter(slice(4))


@dataclass(frozen=True, slots=True)
class Folded:
    """A text as phrases are written, with what its words begin with, by which most anchors are ruled out."""

    text: str
    heads: frozenset[str]


def flatten(text: str) -> str:
    """Return a text in lower case, with straight quotes, on one line, its Chinese simplified."""
    flat = text.casefold()
    if flat.isascii():
        return flat.replace("\n", " ")
    for mark, plain in _TYPOGRAPHIC.items():
        flat = flat.replace(mark, plain)
    if not _ANY_TRADITIONAL.search(flat):
        return flat
    return flat.translate(_TO_SIMPLIFIED)


@lru_cache(maxsize=4)
def fold(text: str) -> Folded:
    """Flatten a text and note what its words begin with. Kept for the next filter that asks about the same text."""
    flat = flatten(text)
    if flat.isascii():
        return Folded(flat, _heads(flat.translate(_GAPS).split()))
    # Without spaces between words any character may begin one.
    return Folded(flat, _heads(_WORD.findall(flat)).union(flat))


def _heads(words: list[str]) -> frozenset[str]:
    different = set(words)
    return frozenset(map(_HEAD, different)).union(map(_LONG_HEAD, different))


class Phrases:
    """Patterns by anchor: a literal, at the start of a word, that is part of all that its patterns match.

    Patterns hold no groups of their own, and reach no further than REACH to each side of the anchor.
    """

    def __init__(self, *tables: Table, passed_over: Sequence[Table] = ()) -> None:
        """Look for the phrases of `tables`, save where one of `passed_over`, under the same anchor, starts first."""
        phrases: dict[str, list[str]] = {}
        for table in tables:
            for anchor, patterns in table.items():
                phrases.setdefault(anchor, []).extend(patterns)
        self._by_head: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
        for anchor, patterns in phrases.items():
            looks_alike = [phrase for table in passed_over for phrase in table.get(anchor, ())]
            self._by_head.setdefault(_head(anchor), []).append((anchor, _compiled(patterns, looks_alike)))

    def find(self, folded: Folded) -> str:
        """Return the first phrase found in a folded text, or ""."""
        for head, entries in self._by_head.items():
            if head in folded.heads:
                for anchor, pattern in entries:
                    if found := _near(anchor, pattern, folded.text):
                        return found
        return ""


def _near(anchor: str, pattern: re.Pattern[str], text: str) -> str:
    """Return the first match of a pattern near an anchor that is not one to pass over, or ""."""
    at = text.find(anchor)
    while at >= 0:
        for found in pattern.finditer(text, max(0, at - REACH), at + len(anchor) + REACH):
            if found["passed"] is None:
                return found[0]
        at = text.find(anchor, at + 1)
    return ""


def _head(anchor: str) -> str:
    """Return what a text with this anchor has among its heads: the start of the anchor's longest word."""
    if not anchor.isascii():
        return anchor[0]
    first, *others = _WORD.findall(anchor)
    # A short last word may be the start of any other.
    longest = max([first, *(word for word in others if len(word) >= 3)], key=len)
    return str(_LONG_HEAD(longest))


def _compiled(patterns: Sequence[str], passed_over: Sequence[str]) -> re.Pattern[str]:
    # Without phrases to pass over, the group holds what can never match.
    return re.compile(f"(?P<passed>{'|'.join(passed_over) or '(?!)'})|{'|'.join(patterns)}")
