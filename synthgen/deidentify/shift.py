"""Dates moved by a constant number of days, in the form that they were written in."""

from __future__ import annotations

import re
from datetime import date, timedelta

from synthgen.personal.dates import MONTHS, ORDINALS

_LONG = "January February March April May June July August September October November December".split()
_MONTH = re.compile(r"\b(?:" + "|".join(name[:3] for name in _LONG) + r")[a-z]*", re.IGNORECASE)
_ORDINAL = re.compile(
    r"\b(?:" + "|".join(sorted(ORDINALS, key=len, reverse=True)).replace("-", "[ -]") + r")\b", re.IGNORECASE
)
_DAY = re.compile(r"\b(\d{1,2})(st|nd|rd|th)?\b")
_PAIR = re.compile(r"(\d{1,2})([/.-])(\d{1,2})")
_SIGNS = "一二三四五六七八九"
_CHINESE = re.compile(r"([0-9]{1,2}|[一二三四五六七八九十廿]{1,3})(?=\s?([月日号號]))")
# Of a year that has every day; which one does not show.
_YEAR = 2000


def moved(piece: str, days: int) -> str:
    """Return a date without its year moved by `days`, 31 to 59; "" where its form is not understood."""
    if pair := _PAIR.match(piece):
        first, second = int(pair[1]), int(pair[3])
        month, day = (first, second) if first <= 12 else (second, first)
        when = _when(month, day, days)
        if when is None:
            return ""
        new = (when.month, when.day) if first <= 12 else (when.day, when.month)
        return f"{new[0]:0{len(pair[1])}d}{pair[2]}{new[1]:0{len(pair[3])}d}{piece[pair.end() :]}"
    if named := _MONTH.search(piece):
        return _moved_english(piece, named, days)
    if _CHINESE.search(piece):
        return _moved_chinese(piece, days)
    day_alone = _DAY.search(piece)
    return _put(piece, day_alone, _ordinal((int(day_alone[1]) + days) % 28 + 1)) if day_alone and day_alone[2] else ""


def _moved_english(piece: str, named: re.Match[str], days: int) -> str:
    month = MONTHS[named[0][:3].casefold()]
    day, word = _DAY.search(piece), _ORDINAL.search(piece)
    number = int(day[1]) if day else ORDINALS.index(word[0].casefold().replace(" ", "-")) + 1 if word else 15
    when = _when(month, number, days)
    if when is None:
        return ""
    name = _LONG[when.month - 1] if len(named[0]) > 4 else _LONG[when.month - 1][:3]
    name = name.upper() if named[0].isupper() else name.lower() if named[0].islower() else name
    if day:
        new_day = _ordinal(when.day) if day[2] else str(when.day)
        first, second = sorted([(named.span(), name), (day.span(), new_day)])
    elif word:
        first, second = sorted([(named.span(), name), (word.span(), ORDINALS[when.day - 1])])
    else:
        return _put(piece, named, name)
    return piece[: first[0][0]] + first[1] + piece[first[0][1] : second[0][0]] + second[1] + piece[second[0][1] :]


def _moved_chinese(piece: str, days: int) -> str:
    found = {match[2].replace("號", "号").replace("号", "日"): _number(match[1]) for match in _CHINESE.finditer(piece)}
    when = _when(found.get("月", 1), found.get("日", 15), days)
    if when is None:
        return ""
    new = {"月": when.month, "日": when.day}
    return _CHINESE.sub(lambda match: _signs(new["月" if match[2] == "月" else "日"], match[1].isascii()), piece)


def _when(month: int, day: int, days: int) -> date | None:
    try:
        return date(_YEAR, month, day) + timedelta(days)
    except ValueError:
        return None


def _put(piece: str, found: re.Match[str], new: str) -> str:
    return piece[: found.start()] + new + piece[found.end() :]


def _ordinal(day: int) -> str:
    return f"{day}{'th' if 10 < day < 14 else {1: 'st', 2: 'nd', 3: 'rd'}.get(day % 10, 'th')}"


def _number(signs: str) -> int:
    if signs.isascii():
        return int(signs)
    signs = signs.replace("廿", "二十")
    tens, _, ones = signs.rpartition("十")
    if "十" not in signs:
        return _SIGNS.find(signs[0]) + 1
    return (_SIGNS.find(tens) + 1 if tens else 1) * 10 + (_SIGNS.find(ones) + 1 if ones else 0)


def _signs(number: int, ascii_digits: bool) -> str:
    if ascii_digits:
        return str(number)
    tens, ones = divmod(number, 10)
    return ("" if not tens else "十" if tens == 1 else _SIGNS[tens - 1] + "十") + (_SIGNS[ones - 1] if ones else "")
