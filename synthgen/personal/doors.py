"""Postal addresses as they are told in talk: any house in a street, and the parts that stand before and after it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from synthgen.personal.addresses import CODES, DOOR_UNITS, STREET_KINDS, STREETS, find_chinese
from synthgen.personal.rule import Span

# With those that are also common words or names: in talk any house counts.
_STREET = (
    rf"(?:{STREET_KINDS}|Walk|Hill|Rise|Loop|Bend|Run|Alley|Turnpike|Route|View|Quay|Wharf|Parade|Esplanade|Croft"
    r"|Heights|Vale|Gate|Path|Pike|Plaza|Point|Ridge|Cross|Marg|Nagar|Layout|Strasse)"
)
_NUMBER = (
    r"(?<![\w$£€.,:/-])(?:(?:No|Nr|Flat|Apt|Unit|Room|Suite|Plot|House)\.? ?|#)?\d{1,5}[A-Za-z]?(?:[-/]\d{1,4})?,? "
)
_HOUSE = re.compile(
    rf"{_NUMBER}(?:[NSEW]{{1,2}}\.? )?(?:(?:[A-Z][\w'’.-]*|\d+(?:st|nd|rd|th)) ){{1,4}}{_STREET}\b\.?", re.ASCII
)
_NO_NAME = (
    r"(?:from|of|off|down|up|to|on|in|the|a|an|my|his|her|our|their|and|or|different|other|miles?|blocks?"
    r"|minutes?|hours?|times?"
    r"|years?|days?|weeks?|months?|people|kids|percent|pounds|dollars|feet|more|every|each|side|one|per|for|with)\b"
)
_PLAIN_HOUSE = re.compile(
    rf"(?<![\w$£€.,:-])\d{{1,5}}(?:/\d{{1,4}})?[a-z]? (?:(?!{_NO_NAME})[a-z]+ ){{1,3}}"
    r"(?:street|avenue|ave|road|rd|lane|ln|drive|dr|boulevard|blvd|court|ct|terrace|crescent|highway|hwy|parkway"
    r"|circle|trail)\b",
    re.IGNORECASE | re.ASCII,
)
_SPOKEN_HOUSE = re.compile(
    r"\b(?:(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen"
    r"|seventeen|eighteen"
    r"|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|oh)[ -]){1,5}(?:(?:[A-Z][a-z]+"
    r"|[a-z]{4,12}) ){1,3}"
    r"(?:[Ss]treet|[Aa]venue|[Rr]oad|[Ll]ane|[Dd]rive|[Bb]oulevard|[Cc]ourt|[Tt]errace|[Cc]rescent)\b"
)
# A number and a name after words that promise an address, and houses that have names or stand at numbered roads.
_PROMISED = re.compile(
    r"\b(?:[Aa]ddress(?: is| was|'s|:)?|liv(?:e|es|ed|ing) at|stay(?:s|ed|ing)? at|moved to|house (?:at|is)"
    r"|(?:send|mail|post|ship|bring) (?:it|them|that|this) to"
    r"|over at|out at)(?: now)?,? (?P<piece>\d{1,5}[A-Za-z]?(?:[-/]\d{1,4})?,? [A-Z][\w'’.-]*(?: [A-Z][\w'’.-]*){0,4})"
)
_NUMBERED_ROAD = re.compile(
    r"\b(?:[NSEW]?\d{1,5} )?(?:County Road|County Rd|State Route|State Road|Highway|Hwy|Route|Interstate|CR|FM"
    r"|Farm Road) [A-Z]?\d{1,4}[A-Z]?\b"
)
_NAMED_HOUSE = re.compile(
    r"\b(?:The )?(?:[A-Z][\w'’]+ ){1,3}(?:Cottage|House|Farm|Lodge|Villa|Villas|Apartments|Flats|Mansions|Towers"
    r"|Barn|Manor|Estate|Residency|Enclave)"
    r"(?=,? (?:\d|[A-Z]))|\b(?:Apartment|Apt|Flat|Unit) \w{1,4}(?=, (?:The )?[A-Z])"
)
_BOX = re.compile(r"\b(?:P\.? ?O\.? ?Box|Box|RR|Rural Route) ?#?\d{1,6}\b", re.IGNORECASE)
# What stands behind an anchor, part by part.
_PART = (
    r"(?:(?:Apt|Apartment|Unit|Suite|Ste|Flat|Room|Rm|Bldg|Building|Block|Floor|Lot|Box|number|apt|apartment"
    r"|unit|floor)\.? ?#?[A-Za-z]?-?\d{0,5}[A-Za-z]?\b"
    r"|#\w{1,6}|\d+(?:st|nd|rd|th) [A-Z]?[a-z]+|[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b|[A-Z]\d[A-Z] ?\d[A-Z]\d\b"
    r"|\d{5}-\d{4}\b|\d{4,6}\b"
    r"|[A-Z][\w'’.-]*(?: [A-Z][\w'’.-]*){0,3})"
)
_AFTER = re.compile(
    rf"(?:,? (?:Apt|Apartment|Unit|Suite|Flat|Room|Rm|unit|apt|apartment|number|#)\.?"
    rf" ?#?\w{{1,5}}\b)?(?:,\s{_PART}(?: (?:[A-Z]{{2,3}} )?{_PART})?){{0,5}}"
    r"(?:,? [A-Z]{2,3})?(?:,? (?:\d{4,6}(?:-\d{4})?|[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}|[A-Z]\d[A-Z] ?\d[A-Z]\d)\b)?",
    re.ASCII,
)
_BEFORE = re.compile(
    r"(?:(?:(?:Flat|Apt|Apartment|Unit|Room|Suite|Block|Building|Floor|Lot|No\.?) ?[A-Z]?\d{0,5}[A-Z]?|\d+(?:st"
    r"|nd|rd|th) [Ff]loor"
    r"|(?:The )?[A-Z][\w'’]+(?: [A-Z][\w'’]+){0,3}(?: \d{1,3})?|(?:[A-Z]\w* )?\d+(?:st|nd|rd|th) [A-Z]\w+"
    r"|[NS][EW] [\d-]+ W\d), ){1,4}$",
    re.ASCII,
)
# The same without capitals, up to a code of the post.
_POST = (
    r"(?:\d{5}(?:-\d{4})?|\d{6}|[a-z]{1,2}\d[a-z\d]? \d[abd-hjlnp-uw-z]{2}|[a-z]\d[a-z] ?\d[a-z]\d|(?:nsw|vic"
    r"|qld|tas|act|nt|wa|sa) \d{4})"
)
_AFTER_FLAT = re.compile(
    rf"(?:,? (?:apt|apartment|unit|suite|flat|room|number)\.? ?#?\w{{1,5}}\b)?(?:(?:,? [a-z.]+){{0,5}},? {_POST}\b)?",
    re.IGNORECASE | re.ASCII,
)
_CODE_FLAT = re.compile(
    r"\b[a-z]{1,2}\d[a-z\d]? \d[abd-hjlnp-uw-z]{2}\b(?<!mg)(?<!ml)|\b[a-z]\d[a-z] \d[a-z]\d\b|\b(?:nsw|vic|qld"
    r"|tas) \d{4}\b",
    re.IGNORECASE | re.ASCII,
)
_MARGIN = 90
_CODES_ELSEWHERE = re.compile(
    r"\b(?:NSW|VIC|QLD|TAS|ACT|NT|WA|SA) \d{4}\b|\b[ABCEGHJ-NPRSTVXY]\d[A-Z] ?\d[A-Z]\d\b|\b[A-Z][a-z]+ \d{6}\b"
    r"|\b[A-Z]\d{2} [A-Z0-9]{4}\b",
    re.ASCII,
)

_TAIL = re.compile(
    r"(?:(?:之[0-9]{1,3}|[乙甲丙丁][0-9]{1,5}|[\u4e00-\u9fff]{0,8}?[A-Z甲乙丙丁]?(?:区|區|栋|棟"
    r"|座)?[0-9一二三四五六七八九十]{1,5}(?:[-－之][0-9]{1,4}){0,3})"
    r"(?:号楼|号院|单元|單元|[号號栋棟幢座楼樓层層室房户戶排组組区區弄巷段])?(?:[A-Z]室?)?"
    r"|[A-Z][栋棟座室])(?![年月日点岁块元个個次])"
)
_HEAD = re.compile(
    r"[\u4e00-\u9fff]{2,12}(?:路|街|村|园|苑|小区|广场|大厦|公寓|城"
    r"|里)[\u4e00-\u9fff]{0,6}?[A-Z甲乙丙丁]?[A-Z0-9-]{0,4}[区座栋幢][A-Z0-9]{1,4}(?:-\d{1,4})?[号號室]?|"
    r"[\u4e00-\u9fff]{2,8}[镇鎮乡鄉村][\u4e00-\u9fff]{0,4}[0-9一二三四五六七八九十]{1,3}[组組队隊社][0-9]{0,4}[号號]?|[\u4e00-\u9fff]{2,6}[街路道巷][\u4e00-\u9fff]{0,4}[0-9]{1,5}(?:[-之][0-9]{1,4})?[号號]"
)


def find_doors(text: str) -> Iterator[Span]:
    """Yield addresses, each with the parts that stand before and after its house."""
    for start, end in _anchors(text):
        before = _BEFORE.search(text[max(0, start - _MARGIN) : start])
        after = _AFTER.match(text, end, end + _MARGIN)
        flat = _AFTER_FLAT.match(text, end, end + _MARGIN)
        last = max(found.end() for found in (after, flat) if found)
        yield Span("address", start - len(before[0]) if before else start, last)
    if any(unit in text for unit in DOOR_UNITS):
        for span in find_chinese(text):
            yield Span("address", span.start, _tail(text, span.end))
        for found in _HEAD.finditer(text):
            yield Span("address", found.start(), _tail(text, found.end()))


def _anchors(text: str) -> Iterator[tuple[int, int]]:
    for rule in (*STREETS, *CODES):
        yield from ((span.start, span.end) for span in rule.find(text))
    yield from (found.span("piece") for found in _PROMISED.finditer(text))
    for pattern in (
        _HOUSE,
        _PLAIN_HOUSE,
        _SPOKEN_HOUSE,
        _NUMBERED_ROAD,
        _NAMED_HOUSE,
        _BOX,
        _CODES_ELSEWHERE,
        _CODE_FLAT,
    ):
        yield from (found.span() for found in pattern.finditer(text))


def _tail(text: str, end: int) -> int:
    for _ in range(4):
        more = _TAIL.match(text, end)
        if more is None:
            break
        end = more.end()
    return end
