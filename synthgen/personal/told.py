"""Numbers and codes that other rules leave alone: told by a word, spoken digit by digit, or just long."""

from __future__ import annotations

import re
from collections.abc import Iterator

from synthgen.personal.checksums import plain
from synthgen.personal.numbers import PROVINCES
from synthgen.personal.rule import Rule, Span, never

# Short words that stand before numbers and are no part of them.
_WORDS = (
    r"(?!(?i:is|was|the|on|at|of|and|to|or|for|from|it|its|i|a|an|my|in|by|like|um|uh|so|but|then|that|this|with"
    r"|than|just|only|now|not"
    r"|no|we|he|she|you|they|are|has|had|have|all|be|as|if|me|us|him|her|his|our|your|up|out|off|call|text|dial"
    r"|ring|fax|cell|home|work"
    r"|card|visa|amex|bank|sort|code|zip|pin|page|room|unit|flat|apt|step|item|bed|bus|line|top|over|age|aged"
    r"|about|some|only|one|two"
    r"|try|use|see|say|said|read|here|were|will|can|may|gave|paid|cost|owe|make|made|get|got|take|took|need|want"
    r"|yes|yeah|okay|ok|oh|well"
    r"|day|week|year|may|june|july|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec|id|ids|no|num|extn?|rs|usd"
    r"|gbp|eur|what|when|did|do)\b)"
)
_CODE = (
    rf"(?:{_WORDS}[A-Za-z]{{1,5}}[ -])?(?:[A-Za-z]{{0,5}}\d[A-Za-z0-9]*)(?:[ ./-](?:[A-Za-z]{{1,4}}[/-]|[A-Za-z]"
    rf" )?[A-Za-z0-9]{{0,8}}\d[A-Za-z0-9]*){{0,6}}"
    r"(?:[-/ ][A-Za-z](?![\w'’])|[-/][A-Za-z]{1,4}(?![\w'’]))?(?:[(（][A-Z0-9]{1,2}[)）])?"
)
_RECORD = (
    r"case|claim|file|chart|record|mrn|reference|ref|confirmation|ticket|docket|incident|report|citation"
    r"|referral|intake|complaint"
    r"|tracking|order|invoice|prescription|rx|application|warrant|ticket"
)
_IDENTITY = (
    r"account|acct|policy|member(?:ship)?|group|employee|staff|student|patient|badge|permit|visa|brp|passport"
    r"|pin|driver[’']?s? licen[cs]e"
    r"|licen[cs]e|dl|vin|npi|dea|medicare|medicaid|insurance|nhs|social|ssn|social security|tax|id|ids|customer"
    r"|inmate|booking|library card"
    r"|national insurance|locker|lunch|plate|registration|subscriber|certificate"
)
_IS = (
    r"(?: (?:number|no|num|id|code|card|plate|now|one|ending|here)\b\.?)*(?:['’]s|,? (?:is|was|it['’]?s"
    r"|that['’]?s|of|in|here is|says?)|[,:：=#(]|\s|-)*$"
)


def _told(words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{words}){_IS}", re.IGNORECASE)


def _few_digits(piece: str) -> bool:
    """Whether there are too few digits to know anyone by, or a year alone."""
    digits = re.sub(r"\D", "", piece)
    return len(digits) < 3 or (len(digits) == 4 and digits[:2] in {"19", "20"} and piece.isdigit())


def _is_help(piece: str) -> bool:
    """Whether a number is a helpline's."""
    digits = re.sub(r"\D", "", piece)
    return (
        re.fullmatch(r"123\d\d|116\d{3}|131114|741741|686868|85258|4001619995|18002738255|18007997233", digits)
        is not None
    )


def _is_code(piece: str) -> bool:
    """Whether letters and digits are mixed as no word, dose or test is."""
    bare = plain(piece)
    digits = sum(sign.isdigit() for sign in bare)
    return (
        len(bare) >= 5
        and digits >= 3
        and not re.fullmatch(
            r"[\d.,/-]+(?:[A-Za-z]{1,3}|[Mm]cg)|[A-Z]\d\d\.?\d{0,2}|\d+-[a-z]+(?:-[a-z]+)?|[\d-]+", piece
        )
    )


def _is_long(piece: str) -> bool:
    digits = re.sub(r"\D", "", piece)
    return len(digits) >= (6 if " " in piece.strip() or "." in piece else 5) and not re.fullmatch(
        r"(?:19|20)\d\d ?- ?(?:19|20)\d\d|\d{1,4}([/.-])\d{1,2}\1\d{1,4}", piece
    )


_SHAPE = rf"(?<![\w$£€¥￥])(?<!\d[.,-])(?P<piece>{_CODE})(?![\w%])"
_TOLD_RECORD = Rule("record", re.compile(_SHAPE, re.ASCII), never, _told(_RECORD), _few_digits)
_TOLD_IDENTITY = Rule("id", re.compile(_SHAPE, re.ASCII), never, _told(_IDENTITY), _few_digits)
# Letters and digits together, or a prefix in capitals before digits.
_MIXED = Rule(
    "number",
    re.compile(
        r"(?<![\w$£€@./-])#?(?=[\w/.-]{0,80}[A-Za-z])(?=[\w/.-]{0,80}\d)[A-Za-z0-9]{1,24}(?:[-/_.][A-Za-z0-9]{1,24}){0,6}"
        r"(?:[(（][A-Z0-9]{1,2}[)）])?(?![\w@])",
        re.ASCII,
    ),
    _is_code,
)
_NUMBERED = Rule(
    "id",
    re.compile(r"(?<![\w$£€])\d{4}(?![\w%]|[.,:/-]\d)", re.ASCII),
    never,
    re.compile(
        r"\b(?:number|no\.|code|id|ext|extension|pin|badge|unit|room|apt|digits)(?: is|'s|:|,|\s)*$", re.IGNORECASE
    ),
    lambda piece: piece[:2] in {"19", "20"},
)
_HASHED = Rule("id", re.compile(r"(?<!\w)#\d{3,}\b", re.ASCII))
_PREFIXED = Rule(
    "number",
    re.compile(
        r"(?<![\w$£€])(?-i:[A-Z]{1,6})[ -]\d{1,9}[A-Z]?(?:[ /.-](?:[A-Z]{1,3}[ -]?)?\d{1,9}[A-Z]?){0,6}"
        r"(?:[ /-][A-Z]{1,2}(?![\w'’]))?(?![\w%])",
        re.ASCII,
    ),
    lambda piece: len(re.sub(r"\D", "", piece)) >= 4 and not re.fullmatch(r"[A-Z]+ (?:19|20)\d\d", piece),
)
_LONG = Rule(
    "number",
    re.compile(
        rf"(?<![\w$£€¥￥-])(?<!\d[.,])(?P<piece>(?:{_WORDS}[A-Za-z]{{1,4}}(?:\d\d)?[ -](?:[A-Z]{{4}} |[a-z]{{4}}"
        rf" (?=\d{{4}} ))?)?\(?\+?\d(?:[ .()/-]{{0,2}}\d){{4,40}}(?:[A-Za-z](?![\w'’])|"
        rf" [B-HJ-Zb-hj-z](?![\w'’]))?)(?![\w%]|,\d{{3}})"
        r"(?! ?(?:dollars|pounds|euros|people|times|views|steps|words|元|块|人|次|年))",
        re.ASCII,
    ),
    _is_long,
    spared=_is_help,
)
_ZIP = Rule(
    "address",
    re.compile(r"\b\d{5}(?:-\d{4})?\b", re.ASCII),
    never,
    _told("zip|zipcode|postcode|postal|zip code|postal code"),
)
_LAST = Rule(
    "id",
    re.compile(r"(?<![\w$£€])\d{4}(?![\w%])", re.ASCII),
    never,
    re.compile(
        r"\b(?:last four|last 4|ending in|ends in|ending with)(?: digits)?(?: is| are|:|,|\s|of|my|the|card)*$",
        re.IGNORECASE,
    ),
)
_ENGLISH_DIGIT = r"(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|double|triple|o)"
_ENGLISH_NUMBER = (
    r"(?:ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty"
    r"|fifty|sixty|seventy|eighty|ninety|hundred)"
)
_SPOKEN = Rule(
    "phone",
    re.compile(
        rf"\b(?:[A-Z] (?:dash |slash )?){{0,4}}{_ENGLISH_DIGIT}(?:(?:,? |-|, ?(?:um|uh),? )(?:dash |slash |hyphen"
        rf" )?(?:{_ENGLISH_DIGIT}|{_ENGLISH_NUMBER}|[A-Z]|\d)\b){{4,30}}",
        re.IGNORECASE,
    ),
    lambda piece: (
        len(re.findall(rf"\b(?:{_ENGLISH_DIGIT}|{_ENGLISH_NUMBER})\b", piece, re.IGNORECASE)) >= 5
        and piece.casefold()[:19] != "one two three four "
    ),
)
_CHINESE_SPOKEN = Rule(
    "phone",
    re.compile(r"[零〇幺一二三四五六七八九两洞拐勾](?:[ ，、,-]{0,2}[零〇幺一二三四五六七八九两洞拐勾]){5,30}"),
    lambda piece: len(set(re.findall(r"\w", piece))) > 2,
)
_SPELLED_MAIL = Rule(
    "email",
    re.compile(
        r"(?<![\w.@])(?:[A-Za-z0-9]+(?: ?(?:dot|underscore|dash|hyphen|minus|plus|[._+-]) ?|(?= ?at )| )){1,8}?"
        r" ?at [A-Za-z0-9-]+(?: ?(?:dash|hyphen|-) ?[A-Za-z0-9]+)*(?: dot [A-Za-z0-9-]+){1,3}",
        re.IGNORECASE | re.ASCII,
    ),
)
_CHINESE_TOLD = re.compile(
    r"(?:编号|編號|单号|單號|案号|案號|学号|學號|工号|工號|病历号|病歷號|病历本?|住院号|住院號|门诊号|門診號"
    r"|档案号|檔案號|卡号|卡號|社保号?|医保号?|健保卡?号?|健保卡?號?|保单号?|保單號?"
    r"|准考证号?|執業|执业证号?|登记号|登記號|收件号|流水号|订单号|訂單號|快递单号|护照号?|護照號?|驾照号?"
    r"|駕照號?|证号|證號|证件号|座号|号数|號數|号码|號碼|编码|警号|会员号|會員號|账号|帳號|QQ号?|扣扣号?|微信号?"
    r"|車牌|车牌号?|身分證字?號?|身份证号?|末四位|后四位|後四位)"
    r"(?:码|碼)?(?:是|为|為|就是|报|報|叫|[:：，,]|我还留着|在|\s)*$"
)
_CHINESE_RECORD = Rule(
    "record", re.compile(rf"(?:[{PROVINCES}][\u4e00-\u9fff]?)?(?<![A-Za-z0-9_])"
    r"[A-Za-z]{0,6}[-_]?(?=[A-Za-z_-]{0,20}\d)[A-Za-z0-9]{1,30}(?:[-_/.· ][A-Za-z0-9]{1,30}){0,5}"
    r"(?:[(（][A-Z0-9]{1,2}[)）])?(?![A-Za-z0-9-])"),
    never, _CHINESE_TOLD, lambda piece: sum(sign.isdigit() for sign in piece) < 3,
)  # fmt: skip
_CHINESE_READ = Rule(
    "record", re.compile(r"[A-Z]{0,3}[零〇幺一二三四五六七八九两]{4,30}"), never, _CHINESE_TOLD
)  # fmt: skip
# (2024)湘0104刑初97号, 渝江公(北)诫字〔2023〕41号: a year in brackets and a number.
_CHINESE_CASE = Rule(
    "record",
    re.compile(
        r"[（(〔\[]\d{4}[）)〕\]][\u4e00-\u9fff0-9（）()]{1,14}?第?\d{1,8}[号號]"
        r"|[\u4e00-\u9fff]{1,5}(?:[（(][\u4e00-\u9fff]{1,3}[）)])?[\u4e00-\u9fff]{0,4}[（(〔\[]?\d{4}[）)〕\]][-第]?\d{1,8}[号號]?"
        r"|[\u4e00-\u9fff]{1,4}(?:仲|字|诊|诉|初|民|刑|调)(?:字)?第?[（(〔]?\d{4}[）)〕]?[-第]?\d{2,8}[号號]?"
    ),
)
_CHINESE_FILE = Rule(
    "record", re.compile(r"[\u4e00-\u9fff]{0,3}字第?[0-9零〇一二三四五六七八九十百]{2,12}[号號]|第[0-9]{3,12}[号號]")
)
_EXTENSION = Rule(
    "phone", re.compile(r"(?:转|轉|分机|分機|内线|內線|\bextension|\bext\.?)[ :：]?\d{2,6}(?!\d)", re.IGNORECASE)
)
_CHINESE_LICENCE = Rule(
    "record",
    re.compile(rf"[{PROVINCES}][\u4e00-\u9fff]{{0,2}}\d{{8,16}}"),
)

_RULES = (
    _ZIP,
    _LAST,
    _TOLD_RECORD,
    _TOLD_IDENTITY,
    _NUMBERED,
    _HASHED,
    _PREFIXED,
    _CHINESE_RECORD,
    _CHINESE_CASE,
    _CHINESE_LICENCE,
    _CHINESE_FILE,
    _EXTENSION,
    _MIXED,
    _LONG,
)
# Web addresses under any name of the top, and as they are said.
_BARE_URL = Rule(
    "url",
    re.compile(
        r"(?<![\w@.-])(?:[A-Za-z0-9][A-Za-z0-9-]{0,62}\.){1,4}[a-z]{2,12}/[^\s<>\"'，。；：！？、（）\u4e00-\u9fff]*[\w/]"
        r"|(?<![\w@.-])(?:[a-z0-9][a-z0-9-]{1,62}\.){1,4}(?:com|org|net|edu|gov|info|io|cn|uk|ca|au|nz|ie|in|de"
        r"|tw|hk|sg|us|eu|me|app|health|care"
        r"|clinic|online|site|xyz|blog|example|biz|co)\b(?![@\w])",
        re.ASCII,
    ),
)
_SPOKEN_URL = Rule(
    "url",
    re.compile(
        r"(?:\b(?:www|w w w|triple w) dot )?\b[A-Za-z0-9-]{2,40}(?: dot [A-Za-z0-9-]{2,40}){0,3} dot"
        r" (?:com|org|net|edu|info|io|cn|uk|ca|au|co|me|tw|hk)\b(?:(?: dot [a-z]{2,3}\b)?(?: ?(?:slash|forward"
        r" slash|/|dash|underscore) ?[A-Za-z0-9-]{1,40}){0,6})",
        re.IGNORECASE | re.ASCII,
    ),
)
_DIGIT = re.compile(r"[0-9]")
_AT = re.compile(r" at [A-Za-z0-9 -]{2,60} dot ", re.IGNORECASE)


def find_told(text: str) -> Iterator[Span]:
    """Yield what stands for somebody's number, record or address, at the price of a few that do not."""
    if _DIGIT.search(text):
        for rule in _RULES:
            yield from rule.find(text)
    yield from _SPOKEN.find(text)
    yield from _CHINESE_SPOKEN.find(text)
    yield from _CHINESE_READ.find(text)
    if "." in text:
        yield from _BARE_URL.find(text)
    if " dot " in text:
        yield from _SPOKEN_URL.find(text)
    if _AT.search(text):
        yield from _SPELLED_MAIL.find(text)
