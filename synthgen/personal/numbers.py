"""Numbers that an office, a bank or a register gives a person."""

from __future__ import annotations

import re

from synthgen.personal.checksums import is_card, is_chinese_id, is_iban, is_nhs_number, is_ssn, plain
from synthgen.personal.rule import Rule, never

_IS = r"(?: is| was|'s|’s|是|为|[:：=#(]|\s|-)*$"


def _told(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{words}){_IS}", re.IGNORECASE)


def _shape(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![0-9A-Za-z])(?<!\d[.,-])(?P<piece>{pattern})(?![0-9A-Za-z])(?![.,-]\d)", re.ASCII)


def _is_spaced_nhs_number(piece: str) -> bool:
    """A spaced number that could be a North American telephone is left to be one."""
    return is_nhs_number(piece) and (piece[0] in "01" or piece[4] in "01")


def _has_digits(piece: str) -> bool:
    return sum(sign.isdigit() for sign in piece) >= 5


_ACCOUNTS = (
    r"(?:\b(?:account|acct|policy|member(?:ship)?|medical record|record|mrn|case|claim|student|employee|staff|patient"
    r"|driver[’']?s licen[cs]e|driving licen[cs]e|licen[cs]e|routing|tax|benefits?|insurance|medicare|medicaid|badge"
    r"|inmate|booking|customer|reference|qq|sort code)"
    r"(?: (?:number|no\.?|num|id|code|reference))?"
    r"|(?:学|工|病历|住院|社保|医保|银行卡|银行|存折|驾驶证|驾照|会员|保单|档案|门诊|警|军官证|公积金|qq|QQ|扣扣)"
    r"(?:账|帐|卡)?(?:号码|号|码)?)"
)

NUMBERS = (
    Rule(
        "national_id",
        _shape(r"[1-8]\d{5}[ -]?(?:19|20)\d\d[ -]?\d{4}[ -]?\d{3}[\dXx]|[1-8]\d{14}"),
        sound=is_chinese_id,
        told=_told(r"身份证(?:号码|号)?|证件号码?|id(?: card)?(?: number| no\.?)?"),
    ),
    Rule(
        "card",
        _shape(r"\d{4}(?:[ -]?\d{4}){2,3}(?:[ -]?\d{1,4})?|\d{4}[ -]?\d{6}[ -]?\d{4,5}|\d{13,19}"),
        sound=is_card,
        told=_told(
            r"\b(?:card|visa|mastercard|amex|american express|debit|credit)(?: card)?(?: number| no\.?)?"
            r"|(?:银行|信用|储蓄|借记|工资)?卡(?:号|的号码)"
        ),
    ),
    Rule("iban", _shape(r"[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?"), sound=is_iban, told=_told("iban")),
    Rule("ssn", _shape(r"\d{3}[- ]\d{2}[- ]\d{4}"), sound=is_ssn),
    Rule(
        "ssn",
        _shape(r"\d{3}[- ]?\d{2}[- ]?\d{4}"),
        sound=never,
        told=_told(r"\b(?:ssn|social security(?: number| no\.?)?|social)"),
        spared=lambda piece: not is_ssn(piece),
    ),
    # The British national insurance number.
    Rule(
        "national_id",
        _shape(r"(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z](?: ?\d\d){3} ?[A-D]"),
    ),
    Rule(
        "nhs_number",
        _shape(r"\d{3}[ -]?\d{3}[ -]?\d{4}"),
        sound=lambda piece: " " in piece and _is_spaced_nhs_number(piece),
        told=_told(r"\bnhs(?: number| no\.?)?"),
    ),
    Rule(
        "passport",
        re.compile(
            r"(?:\bpassport(?:,? (?:number|no\.?|num|#))?|护照(?:号码|号)?)(?: is| was|[’']s|是|为|[:：#]|\s)*"
            r"(?P<piece>[A-Z]{0,2}\d{6,9})(?![0-9A-Za-z])",
            re.IGNORECASE | re.ASCII,
        ),
    ),
    Rule(
        "account",
        _shape(r"[A-Z]{0,4}-?\d[A-Z0-9]*(?:-[A-Z0-9]+| [A-Z0-9]*\d[A-Z0-9]*){0,4}"),
        sound=never,
        told=re.compile(rf"{_ACCOUNTS}{_IS}", re.IGNORECASE),
        spared=lambda piece: not (_has_digits(piece) and len(plain(piece)) <= 24),
    ),
)

# The signs of provinces, which plates and licences begin with.
PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
CHINESE_PLATES = (
    Rule(
        "plate",
        re.compile(rf"[{PROVINCES}][A-HJ-NP-Z][·• ]?(?=[A-Z]{{0,5}}\d)[A-HJ-NP-Z0-9]{{5,6}}(?![A-Z0-9])", re.ASCII),
    ),
)
# Elsewhere a plate has too many shapes to be known without the word.
TOLD_PLATES = (
    Rule(
        "plate",
        re.compile(
            r"\b(?:[Ll]icen[cs]e plate|[Nn]umber plate|[Pp]lates?|[Rr]egistration|reg)(?: number| no\.?)?"
            r"(?: is| was| reads?|,|:|\s)*(?P<piece>(?=[A-Z -]*\d)(?=[\d -]*[A-Z])[A-Z0-9]{1,4}[ -]?[A-Z0-9]{2,4})"
            r"(?![A-Za-z0-9])",
            re.ASCII,
        ),
    ),
)
# Names on the social web, and in Chinese messengers.
HANDLES = (
    Rule(
        "account",
        re.compile(r"(?<![\w.@])@(?=\w*[a-z])[A-Za-z_][\w.]{2,28}\w", re.ASCII),
        sound=never,
        told=re.compile(
            r"\b(?:instagram|insta|ig|twitter|snap(?:chat)?|telegram|tiktok|discord|handle|username|user name|x|follow"
            r"|dm)(?: me| us| account| handle)?(?: is| on| at|,|:|'s|\s)*$",
            re.IGNORECASE,
        ),
    ),
)
MESSENGERS = (
    Rule(
        "account",
        re.compile(
            r"(?:(?:微信|微博|小红书|抖音)(?:号|账号|id)?|wechat(?: id)?|\b[wv]x)[:： ]*(?:is |是|为|叫)?[:： ]*"
            r"(?P<piece>[A-Za-z](?=[\w-]*[\d_-])[\w-]{5,19})(?![\w-])",
            re.IGNORECASE | re.ASCII,
        ),
    ),
)
