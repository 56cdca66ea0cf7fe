"""Postal addresses: a door in a street, with or without its town."""

from __future__ import annotations

import re
from collections.abc import Iterator

from synthgen.personal.rule import Rule, Span

STREET_KINDS = (
    r"Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Drive|Dr|Boulevard|Blvd|Court|Ct|Place|Pl|Terrace|Way|Close|Crescent"
    r"|Square|Sq|Highway|Hwy|Parkway|Pkwy|Circle|Cir|Trail|Mews|Gardens|Grove|Row"
)
STREET_WORDS = rf"(?:{STREET_KINDS})"
_STATE = (
    r"(?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]"
    r"|W[AIVY])"
)
_TOWN = r"[A-Z][A-Za-z'’.-]+(?: [A-Z][A-Za-z'’.-]+){0,2}"
_UNIT = r",? (?:(?:Apt|Apartment|Unit|Suite|Ste|Flat|Room|Rm)\.? ?|#)[A-Za-z]?-?\d{0,5}[A-Za-z]?\b"
_POSTCODE = r"[A-Z]{1,2}\d[A-Z\d]? \d[ABD-HJLNP-UW-Z]{2}\b"
_ZIP = rf"{_STATE},? \d{{5}}(?:-\d{{4}})?\b"
_NUMBER = r"(?<![\w$£€.,:/-])\d{1,5}[A-Za-z]?(?:-\d{1,4})?"
# Addresses that stand for offices and stories.
_KNOWN = re.compile(r"10 Downing Street|221B Baker Street|1600 Pennsylvania Ave(?:nue)?", re.IGNORECASE)
_NO_NAME = r"(?:from|of|off|down|up|to|on|in|the|a|an|my|his|her|our|their|and|or|different|other)\b"
_AFTER = (
    r"(?=\s*(?:[.,;:!?)\"’”\n]|$|(?:and|with|in|near|for|since|until|when|but|where|by|after|before|so|because|to|as|while"
    r"|is|was|has|then|if|or|on|from|that|which|again|every|now|today|tonight|tomorrow|alone)\b))"
)


def _is_known(piece: str) -> bool:
    return _KNOWN.match(piece) is not None


STREETS = (
    # A whole address: the unit, the town, the code or some of them follow the street.
    Rule(
        "address",
        re.compile(
            rf"{_NUMBER},? (?:[NSEW]\.? |North |South |East |West )?(?:(?:[A-Z][\w'’.-]*|\d+(?:st|nd|rd|th)) ){{1,3}}"
            rf"{STREET_WORDS}\b\.?(?:{_UNIT}|,? {_ZIP}|,? {_POSTCODE}|, {_TOWN}){{1,4}}",
            re.ASCII,
        ),
        spared=_is_known,
    ),
    # A house in a street, told as a place.
    Rule(
        "address",
        re.compile(
            r"(?:\b(?:at|by|to|on|in|from|near|is|outside|address|of)|[:：,，])\s?"
            rf"(?P<piece>{_NUMBER},? (?:[NSEW]\.? |North |South |East |West )?"
            rf"(?:(?:[A-Z][\w'’.-]*|\d+(?:st|nd|rd|th)) ){{1,3}}{STREET_WORDS}\b\.?){_AFTER}",
            re.ASCII,
        ),
        spared=_is_known,
    ),
    # The same by people who type no capitals.
    Rule(
        "address",
        re.compile(
            r"\b(?:live|lives|living|lived|stay|staying|address is|come|moved|moving|house is|home is|parked|drove"
            rf"|went)(?: (?:over |back |out )?(?:at|to|on|in))? "
            rf"(?P<piece>\d{{1,5}}[a-z]? (?:(?!{_NO_NAME})[a-z]+ ){{1,3}}{STREET_WORDS})\b{_AFTER}",
            re.IGNORECASE | re.ASCII,
        ),
        spared=_is_known,
    ),
)
# What stands for a whole address.
CODES = (
    Rule("address", re.compile(r"\bP\.? ?O\.? ?Box \d{1,6}\b", re.IGNORECASE)),
    Rule("address", re.compile(rf"\b{_TOWN}, {_ZIP}", re.ASCII)),
    Rule("address", re.compile(rf"(?<![\w-]){_POSTCODE}", re.ASCII)),
)

_HAN = "\u4e00-\u9fff"
_DIGITS = "0-9一二三四五六七八九十百零〇"
# One of these stands in every Chinese address.
DOOR_UNITS = "号號弄栋棟幢座元室村庄屯"
# What a door number ends with, and what must not follow it.
_DOOR = re.compile(
    rf"[{_DIGITS}]{{1,6}}(?:[-－之][0-9]{{1,4}})?(?:号|號|弄|栋|棟|幢|座|单元|單元|室)(?![线線桌球机機令码碼店員员角召选手])"
)
_ROAD = re.compile(
    rf"[{_HAN}]{{1,24}}(?:路|街|大道|道|巷|弄|胡同|里|村|小区|社区|花园|花苑|苑|新村|公寓|大厦|家园|园|城|广场|庄|湾"
    rf"|府|邸|寓|段|組|组)(?:[{_DIGITS}]{{1,5}}(?:段|巷|弄|支路)){{0,2}}[ ,，]?$"
)
# Ways and places that are no names.
_NO_ROAD = re.compile(
    r"(?:(?<![经纬])一路|[这那哪两几每条的上半出走迷赶公马铁网套思后退绝弯回心活歧顺问带引铺修过]路"
    r"|[逛上过]街|[知味难报频通轨地]道"
    r"|[这那家哪心夜屋房城村手梦眼嘴怀哪校店班车]里|(?:这|那|个|本|全|我们|咱们|同一)(?:小区|社区|村|大厦|公寓)|(?:^|[在的是住到们个进出回])(?:小区|社区|村|新村|大厦|公寓|广场|花园|家园)|[公校田家陵乐学]园|[这那进同]城"
    r"|小组|分组|[这那每一两几三]组|阶段|[这那一]段)$"
)
_DOORS_OF_ESTATES = re.compile(r"(?:栋|棟|幢|座|单元|單元|室)$")
_ESTATE = re.compile(r"(?:小区|社区|花园|花苑|苑|新村|公寓|大厦|家园|园|城|广场|庄|湾|府|邸|寓|里)[ ,，]?$")
_REST = re.compile(
    rf"[院楼]?(?:[ ,，]?[{_DIGITS}A-Z]{{1,5}}(?:[-－][0-9]{{1,4}})?"
    r"(?:号楼|号院|号|弄|栋|棟|幢|座|单元|單元|层|楼|室|房)){0,5}(?:[0-9]{2,4}(?![0-9]))?"
)
# Everything up to here leads to the address and is not of it.
_LEAD = re.compile(r".*(?:住在|住|位于|来自|搬到|搬去|搬进|地址是|地址|家在|就在|寄到|送到|回到|在|到|去|是|从)")
# A village by its whole chain needs no number.
_VILLAGE = re.compile(
    rf"[{_HAN}]{{2,4}}[省区][{_HAN}]{{2,6}}[市州][{_HAN}]{{1,6}}[县区市旗][{_HAN}]{{1,6}}(?:镇|乡|街道)[{_HAN}]{{1,6}}[村庄屯]"
)


def find_chinese(text: str) -> Iterator[Span]:
    """Yield addresses with a road or an estate before the door's number, the smallest part last."""
    done = 0
    for door in _DOOR.finditer(text):
        if door.start() < done:
            continue
        before = text[max(done, door.start() - 32) : door.start()]
        road = _ROAD.search(before)
        if road is None or _NO_ROAD.search(road[0].rstrip(" ,，")):
            continue
        if _DOORS_OF_ESTATES.search(door[0]) and not _ESTATE.search(road[0]) and not road[0][-1].isascii():
            continue
        lead = _LEAD.match(road[0])
        start = door.start() - len(road[0]) + (lead.end() if lead and lead.end() < len(road[0]) - 2 else 0)
        rest = _REST.match(text, door.end())
        done = rest.end() if rest else door.end()
        yield Span("address", start, done)
    if "省" in text or "自治区" in text:
        yield from (Span("address", *found.span()) for found in _VILLAGE.finditer(text))
