"""Many phrases looked for in one text, fast: a pattern is tried only near a literal that the text holds."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

import ahocorasick

Table = Mapping[str, Sequence[str]]

# Characters to each side of an anchor that a pattern may reach. Hundreds of alternatives tried at every
# character of a message take milliseconds; one pass for all anchors and a try near each takes microseconds.
REACH = 64

_TYPOGRAPHIC = {"’": "'", "‘": "'", "“": '"', "”": '"', "—": " — ", "–": "-", "…": "...", "\xa0": " ", "\n": " "}
# Traditional characters that the phrases need, so that one list serves both ways of writing Chinese.
_TRADITIONAL = (
    "殺輕結離開斷頭頸樓橋藥醫險報撥電話熱線緊馬請場聯繫幫嗎無為麼們說個傷殘體遺書給關別來見傳語師諮詢誰"
    "還沒過間張臟壓鬱樣對應內約協係專趕親會連絡淚後戀懸難盡繩擊從頂軌燒農絕鎖強姦褻進脅針紮護車診訴聽讓爛這輩裡謝著腳腦歲陽臺媽"
    "興慮懼煩憤願獨當經歷處尋單動實確種憂氣"
)
_SIMPLIFIED = (
    "杀轻结离开断头颈楼桥药医险报拨电话热线紧马请场联系帮吗无为么们说个伤残体遗书给关别来见传语师咨询谁"
    "还没过间张脏压郁样对应内约协系专赶亲会连络泪后恋悬难尽绳击从顶轨烧农绝锁强奸亵进胁针扎护车诊诉听让烂这辈里谢着脚脑岁阳台妈"
    "兴虑惧烦愤愿独当经历处寻单动实确种忧气"
)
_ANY_TRADITIONAL = re.compile(f"[{_TRADITIONAL}]")
_TO_SIMPLIFIED = str.maketrans(_TRADITIONAL, _SIMPLIFIED)


def flatten(text: str) -> str:
    """Return a text in lower case, with straight quotes, on one line, its Chinese simplified."""
    flat = text.casefold()
    if flat.isascii():
        return flat.replace("\n", " ")
    for mark, plain in _TYPOGRAPHIC.items():
        flat = flat.replace(mark, plain)
    if _is_latin(flat) or not _ANY_TRADITIONAL.search(flat):
        return flat
    return flat.translate(_TO_SIMPLIFIED)


@lru_cache(maxsize=4)
def fold(text: str) -> str:
    """Flatten a text. Kept for the next filter that asks about the same text."""
    return flatten(text)


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
        joined = {
            anchor: _joined(patterns, [phrase for table in passed_over for phrase in table.get(anchor, ())])
            for anchor, patterns in phrases.items()
        }
        self._anchors = _automaton(joined)
        # The letters that an automaton knows are looked through one by one, and Chinese anchors begin with hundreds.
        self._latin_anchors = _automaton({anchor: joined[anchor] for anchor in joined if _is_latin(anchor)})

    def find(self, folded: str) -> str:
        """Return the first phrase found in a folded text that is not one to pass over, or ""."""
        anchors = self._latin_anchors if _is_latin(folded) else self._anchors
        for last, (length, pattern) in anchors.iter(folded) if anchors else ():
            start = last + 1 - length
            if _is_within_a_word(folded, start):
                continue
            for found in _compiled(pattern).finditer(folded, max(0, start - REACH), last + 1 + REACH):
                if found["passed"] is None:
                    return str(found[0])
        return ""


def _is_latin(flat: str) -> bool:
    """Return whether a text is plain ASCII save for its dashes, as English is once its quotes are straight."""
    return flat.replace("—", "").isascii()


def _automaton(patterns: Mapping[str, str]) -> ahocorasick.Automaton:
    """Return what finds anchors, each with its length and its pattern."""
    automaton = ahocorasick.Automaton()
    for anchor, pattern in patterns.items():
        automaton.add_word(anchor, (len(anchor), pattern))
    automaton.make_automaton()
    return automaton


def _is_within_a_word(text: str, at: int) -> bool:
    return at > 0 and text[at].isascii() and text[at].isalnum() and text[at - 1].isascii() and text[at - 1].isalnum()


def _joined(patterns: Sequence[str], passed_over: Sequence[str]) -> str:
    # Without phrases to pass over, the group holds what can never match.
    return f"(?P<passed>{'|'.join(passed_over) or '(?!)'})|{'|'.join(patterns)}"


# Thousands of patterns would take half a second to compile; a run meets some of them.
_compiled = cache(re.compile)
