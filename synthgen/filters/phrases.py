"""Many phrases looked for in one text, fast: a pattern is tried only near a literal that is in it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

# Characters to each side of an anchor that a pattern may reach. A hundred alternatives tried at every
# character of a message take milliseconds; tried near their anchors they take microseconds.
REACH = 70

Table = Mapping[str, Sequence[str]]

# Traditional characters of the phrases below, so that one list serves both ways of writing Chinese.
_SIMPLIFIED = str.maketrans(
    "殺輕結離開斷頭頸樓橋藥醫險報撥電話熱線緊馬請場聯繫幫嗎無為麼們說個爾傷殘體遺書給關別來見傳業語師諮詢誰還沒過間張臟壓鬱舊樣對應內約協",
    "杀轻结离开断头颈楼桥药医险报拨电话热线紧马请场联系帮吗无为么们说个尔伤残体遗书给关别来见传业语师咨询谁还没过间张脏压郁旧样对应内约协",
)


def fold(text: str) -> str:
    """Return a text as phrases are written: case folded, apostrophes straight, on one line, Chinese simplified."""
    folded = text.casefold().replace("\n", " ")
    if folded.isascii():
        return folded
    return folded.translate(_SIMPLIFIED).replace("’", "'").replace("‘", "'")


class Phrases:
    """Patterns by anchor: a literal that is part of all that its patterns match. They hold no groups of their own."""

    def __init__(self, *tables: Table, passed_over: Sequence[Table] = ()) -> None:
        """Look for the phrases of `tables`, save where one of `passed_over`, under the same anchor, starts first."""
        self._patterns = [
            (anchor, _compiled(patterns, [phrase for table in passed_over for phrase in table.get(anchor, ())]))
            for table in tables
            for anchor, patterns in table.items()
        ]

    def find(self, folded: str) -> str:
        """Return the first phrase found in a folded text, or ""."""
        for anchor, pattern in self._patterns:
            at = folded.find(anchor)
            while at >= 0:
                # One window serves all anchors up to REACH further on.
                for found in pattern.finditer(folded, max(0, at - REACH), at + 2 * REACH):
                    if found["passed"] is None:
                        return found[0]
                at = folded.find(anchor, at + REACH)
        return ""


def _compiled(patterns: Sequence[str], passed_over: Sequence[str]) -> re.Pattern[str]:
    # Without phrases to pass over, the group holds what can never match.
    return re.compile(f"(?P<passed>{'|'.join(passed_over) or '(?!)'})|{'|'.join(patterns)}")
