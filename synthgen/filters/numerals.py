"""The numbers that a text tells, in digits or in words, as values that can be compared."""

from __future__ import annotations

import re
from collections.abc import Iterator

_DIGITS = re.compile(r"\d+(?:,\d{3})+|\d+")
_SMALL = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
        " seventeen eighteen nineteen".split()
    )
}
_TENS = {
    word: 10 * value for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
_WORD = re.compile(
    rf"\b(?:(?P<tens>{'|'.join(_TENS)})(?:[- ](?P<unit>{'|'.join([*_SMALL][1:10])}))?|(?P<small>{'|'.join(_SMALL)}))\b",
    re.IGNORECASE,
)
_HAN = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"两": 2, "兩": 2, "〇": 0}
_HAN_TENS = {"十": 10, "百": 100, "千": 1_000, "万": 10_000, "萬": 10_000}
# A numeral is a number where something is counted by it: in other places it is a part of a word (一起, 十分, 三心二意).
_COUNTED = re.compile(
    rf"([{''.join(_HAN)}{''.join(_HAN_TENS)}]+)(?=个|個|年|月|天|周|週|岁|歲|次|小时|小時|分钟|分鐘|点|點|块|塊|元|号|號|名|位|口|遍|斤|公斤|米)"
)


def numbers_in(text: str) -> Iterator[tuple[int, str]]:
    """Yield the whole numbers that a text tells, each with the words that tell it."""
    for found in _DIGITS.finditer(text):
        yield int(found[0].replace(",", "")[:30]), found[0]
    for found in _WORD.finditer(text):
        yield _word_value(found), found[0]
    for found in _COUNTED.finditer(text):
        yield _han_value(found[1][:12]), found[1]


def number_told(words: str) -> int | None:
    """Return the value of a numeral that stands alone: digits, English words up to 99 or Chinese signs; else None."""
    if words.isdecimal():
        return int(words[:30])
    if words and all(sign in _HAN or sign in _HAN_TENS for sign in words):
        return _han_value(words[:12])
    return _word_value(found) if (found := _WORD.fullmatch(words)) else None


def _word_value(found: re.Match[str]) -> int:
    return _TENS.get((found["tens"] or "").lower(), 0) + _SMALL.get((found["unit"] or found["small"] or "").lower(), 0)


def _han_value(numeral: str) -> int:
    """Return the value of a Chinese numeral such as 三百二十 or, read digit by digit, 二〇一九."""
    if not set(numeral) & set(_HAN_TENS):
        return int("".join(str(_HAN[sign]) for sign in numeral))
    total = part = 0
    for sign in numeral:
        if sign in _HAN:
            part = _HAN[sign]
        elif (ten := _HAN_TENS[sign]) == 10_000:
            total, part = (total + part or 1) * ten, 0
        else:
            total, part = total + (part or 1) * ten, 0
    return total + part
