"""Which of two texts a judge prefers: what is asked of a model for it, and what its answer says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from synthgen.parsing.cleaning import clean_message
from synthgen.parsing.loose import Pairs, loose_values
from synthgen.parsing.schema import object_schema
from synthgen.parsing.slots import MAX_CHARS
from synthgen.text import bare

Winner = Literal["first", "second", "tie"]
WINNERS: tuple[Winner, ...] = ("first", "second", "tie")

_WINNER_KEYS = {
    "winner",
    "better",
    "betteranswer",
    "preferred",
    "preference",
    "verdict",
    "choice",
    "胜者",
    "更好",
    "结果",
    "选择",
}
_REASON_KEYS = {"reason", "reasoning", "justification", "explanation", "rationale", "理由", "原因", "说明", "解释"}
_SAID: Mapping[Winner, str] = {
    "first": "first 1 a one 1st 第一 第一个 第一条 第一份 第一份回复 回复一 回复1 回答一 回答1 甲 一",
    "second": "second 2 b two 2nd 第二 第二个 第二条 第二份 第二份回复 回复二 回复2 回答二 回答2 乙 二",
    "tie": "tie tied draw equal both neither same none c 平 平局 打平 持平 相同 一样 不相上下 都一样",
}
_WINNER_OF = {word: winner for winner, words in _SAID.items() for word in words.split()}
# "Winner: the first answer." or "[[A]]", as some models end whatever form they are asked for.
_LINE = re.compile(
    r"(?:winner|better answer|verdict|preferred(?: answer)?|胜者|更好的(?:是|回答|回复)?|结果)"
    r"[*_\"'”]{0,3}\s{0,3}[:：]\s{0,3}(?P<said>[^\n.。;；,，(（]{1,40})|\[\[(?P<mark>[^\[\]\n]{1,20})\]\]",
    re.IGNORECASE,
)
_ANSWER = re.compile(r"\A(?:the)?(?:answer|response|reply)?|(?:answer|response|reply)\Z")
_MOST_REASON_CHARS = 2_000


@dataclass(frozen=True, slots=True)
class RawPreference:
    """The winner that an answer names, None where it names none or several, and its reason."""

    winner: Winner | None
    reason: str = ""


def preference_schema(*, most_chars: int = 0) -> dict[str, Any]:
    """Return the JSON schema of an answer: the reason, then the winner that follows from it.

    With `most_chars` the reason is bounded, for models that would not end.
    """
    reason: dict[str, Any] = {"type": "string", "maxLength": most_chars} if most_chars else {"type": "string"}
    return object_schema({"reason": reason, "winner": {"type": "string", "enum": list(WINNERS)}})


def parse_preference(text: str) -> RawPreference | None:
    """Return what an answer says, None where nothing in it is a preference. Never raises.

    Read is JSON, whole, cut off, fenced or amid prose, else a line such as "Winner: the first". What lies beyond
    `MAX_CHARS` characters is left.
    """
    text = text[:MAX_CHARS]
    fields = [pair for value in loose_values(text) for pair in _pairs(value)]
    said = [value for key, value in fields if key in _WINNER_KEYS]
    reasons = [value for key, value in fields if key in _REASON_KEYS and isinstance(value, str)]
    if not said:
        said = [found["said"] or found["mark"] for found in _LINE.finditer(text)]
    if not said:
        return None
    winners = {_winner(value) for value in said}
    reason = clean_message(reasons[0][:_MOST_REASON_CHARS], ()) if reasons else ""
    return RawPreference(winners.pop() if len(winners) == 1 else None, reason)


def _pairs(value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, list):
        for item in value:
            yield from _pairs(item)
    elif isinstance(value, Pairs):
        for key, each in value.pairs:
            yield bare(key), each
            yield from _pairs(each)


def _winner(value: Any) -> Winner | None:
    """Return the winner that a word stands for; a sentence that names both stands for none."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    return _WINNER_OF.get(_ANSWER.sub("", bare(str(value)[:80])))
