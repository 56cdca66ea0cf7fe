"""Dates finer than a year, written and spoken, in English and Chinese. A year with four signs stays in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from synthgen.personal.rule import Rule, Span, never

MONTHS = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6,
    "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
_LONG = "January February March April May June July August September October November December".split()
MONTH = r"(?:" + "|".join(f"{name[:3]}(?:{name[3:]})?" if name != "May" else name for name in _LONG) + r"|Sept)\b\.?"
ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth"
    " sixteenth seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third twenty-fourth"
    " twenty-fifth twenty-sixth twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first"
).split()
_WORDS = "|".join(sorted((word.replace("-", "[ -]") for word in ORDINALS), key=len, reverse=True))
_DAY = rf"(?:(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?|(?:{_WORDS}))\b"
_WEEKDAY = r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\b\.?,? (?:the )?)?"
_YEAR = r"(?:19|20)\d\d"
_SHORT_YEAR = r"(?:,? ?['’]\d\d\b)?"
# Months that are other words too are months only after these, with a capital.
_WHEN = (
    r"\b(?:in|since|until|till|by|last|next|this|early|late|mid|end of|beginning of|start of|before|after|every|of|from"
    r"|through|around|during|to|and|between|for|back in|or)[ -]$"
)
_ON = (
    r"\b(?:on|since|until|till|by|before|after|from|to|dated?|due|dob|d\.o\.b\.?|born|birthday|birthdate|birth|between"
    r"|and|starting|ending|effective|through|for|is|was|of)(?: is| was|:|,|\s)*(?:the )?$"
)


def _is_day(piece: str) -> bool:
    """Whether two numbers can be a month and a day, either first."""
    first, second = (int(number) for number in re.findall(r"\d+", piece)[:2])
    return 1 <= min(first, second) <= 12 and 1 <= max(first, second) <= 31


ENGLISH = (
    Rule("date", re.compile(rf"{_WEEKDAY}\b(?:the )?{MONTH} (?:the )?{_DAY}(?!:\d){_SHORT_YEAR}", re.IGNORECASE)),
    Rule("date", re.compile(rf"{_WEEKDAY}\b{_DAY}(?: day)?(?: of)? {MONTH}{_SHORT_YEAR}", re.IGNORECASE)),
    Rule("date", re.compile(rf"\b(?P<piece>{MONTH})(?:,? (?:of )?(?={_YEAR}\b)| ?['’]\d\d\b)", re.IGNORECASE)),
    Rule("date", re.compile(r"\b(?:January|February|April|June|July|September|October|November|December)\b(?!['’]s)")),
    Rule("date", re.compile(r"\b(?:March|May|August|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b"), never,
         re.compile(_WHEN, re.IGNORECASE)),
    Rule("date", re.compile(r"\b(?:january|february|april|june|july|september|october|november|december|august)\b"),
         never, re.compile(_WHEN, re.IGNORECASE)),
    Rule(
        "date",
        re.compile(
            r"(?:\bthe )?\b(?:3[01]|[12]?\d)(?:st|nd|rd|th)\b(?= of (?:this|last|next|the|that|each|every) "
            r"|\s?[.,;:!?)—]"
            r"|$| (?:at|and|to|or|if|when|so|because|but|is|was|for|that|then|i|we|he|she|they|right|okay)\b)",
            re.IGNORECASE | re.MULTILINE,
        ),
        never,
        re.compile(r"\b(?:on|by|until|till|since|before|after|from|to|is|was|around|for|and|between)(?: the)? $",
                   re.IGNORECASE),
    ),
)  # fmt: skip
_EDGE = r"(?<![\d/.$£€-])"
NUMERIC = (
    Rule("date", re.compile(rf"{_EDGE}(?P<piece>\d{{1,2}}([/.-])\d{{1,2}})\2{_YEAR}(?![\d/-])"), _is_day),
    Rule("date", re.compile(rf"{_EDGE}(?P<piece>\d{{1,2}}([/.-])\d{{1,2}}\2\d\d)(?![\d/]|[.-]\d)"), _is_day),
    Rule("date", re.compile(rf"(?<![\d/.-]){_YEAR}([/.-])(?P<piece>\d{{1,2}}\1\d{{1,2}})(?![\d/]|[.-]\d)"), _is_day),
    Rule("date", re.compile(rf"{_EDGE}(?P<piece>\d{{1,2}})/(?={_YEAR}(?![\d/]))")),
    Rule(
        "date",
        re.compile(rf"{_EDGE}\d{{1,2}}/\d{{1,2}}(?![\d/%]|[.]\d)"),
        never,
        re.compile(_ON, re.IGNORECASE),
        lambda piece: not _is_day(piece) or piece in {"24/7", "50/50", "1/2", "1/3", "1/4", "2/3", "3/4"},
    ),
)  # fmt: skip

_TENS = "一二三四五六七八九十廿卅两兩"
_MONTH_ZH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_DAY_ZH = (
    r"(?:3[01]|[12]\d|0?[1-9]|(?:二十|三十|[廿卅])[一二三四五六七八九]?|十[一二三四五六七八九]?|[一二三四五六七八九])"
)
_LUNAR = (
    r"(?:半|初[一二三四五六七八九十]|廿[一二三四五六七八九]?|十[一二三四五六七八九]?|二十[一二三四五六七八九]?|三十)"
)
_RELATIVE = (
    r"(?:去年|前年|今年|明年|大前年|当年|當年|次年|上个月|这个月|下个月|上月|下月|本月|上個月|這個月|下個月|农历"
    r"|農曆|阴历|陰曆|旧历)?(?:的)?"
)
_NO_DAY = "楼樓线線院店机機床房门門桌教室球人车車台站口馆館厅廳选選码碼公仓倉栋棟座单單字文片井柱铺鋪病区區员員种種"
CHINESE = (
    # With its day, by the sun or by the moon.
    Rule("date", re.compile(
        rf"{_RELATIVE}(?<![0-9０-９]){_MONTH_ZH} ?月(?:份)?(?:的)? ?{_DAY_ZH} ?[日号號]",
    )),
    Rule("date", re.compile(rf"{_RELATIVE}(?:{_MONTH_ZH}|正|腊|臘|冬|[闰閏][二三四五六七八九十])月{_LUNAR}")),
    Rule("date", re.compile(rf"{_RELATIVE}(?<![0-9]){_MONTH_ZH} ?月(?:份|底|初|中旬|上旬|下旬)?(?![之来來餅饼])")),
    Rule("date", re.compile(rf"{_RELATIVE}(?:正月|腊月|臘月|冬月)(?:里|裡|底|初)?")),
    Rule("date", re.compile(r"(?:大年|年)(?:初[一二三四五六七八九十]|三十)|廿[一二三四五六七八九](?!岁)")),
    Rule("date", re.compile(r"(?<![高年])初[四五六七八九十](?![级級中])")),
    Rule("date", re.compile(r"(?<!高)初[一二三](?=[那早晚号號当當要去回]|$|[，。、；])", re.MULTILINE)),
    # A day alone.
    Rule("date", re.compile(
        rf"{_RELATIVE}(?<![0-9A-Za-z{_TENS}零〇百第路街道巷弄段村院楼樓栋棟座号號幢区区编編线線-]){_DAY_ZH}[号號](?![{_NO_DAY}])"
    )),
)  # fmt: skip
_HINT = re.compile(r"[月号號]|初[一二三四五六七八九十]|大年|年三十")
_DIGIT = re.compile(r"[0-9]")


def find_dates(text: str) -> Iterator[Span]:
    """Yield dates; what is found leaves a year of four digits (or signs, or 民国 with its number) outside."""
    for rule in ENGLISH:
        yield from rule.find(text)
    if _DIGIT.search(text):
        for rule in NUMERIC:
            yield from rule.find(text)
    if _HINT.search(text):
        for rule in CHINESE:
            yield from rule.find(text)
