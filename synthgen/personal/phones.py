"""Telephone numbers of people. Emergency numbers, crisis lines and free numbers of organisations are none."""

from __future__ import annotations

import re

from synthgen.personal.checksums import plain
from synthgen.personal.rule import Rule, never

# Crisis lines on ordinary numbers, as they are dialled at home. Those on short or free numbers need no list.
_LINES = {
    "01082951332",  # Beijing, also told without its area code
    "82951332",
    "02134289888",  # Shanghai
    "02081899120",  # Guangzhou
    "02583712977",  # Nanjing
    "02785844666",  # Wuhan
    "02887577510",  # Chengdu
    "057185029595",  # Hangzhou
    "075525629459",  # Shenzhen
    "23892222",  # Hong Kong, Samaritan Befrienders
    "28960000",  # Hong Kong, Samaritans
    "23820000",  # Hong Kong, Suicide Prevention Services
    "0477131114",  # Australia, Lifeline by text
    "9152987821",  # India, iCall
    "9820466726",  # India, AASRA
    "9999666555",  # India, Vandrevala
}
# Numbers that only organisations have: toll-free, shared-cost and service numbers.
_SERVICE = re.compile(
    r"1?8(?:00|88|77|66|55|44|33)\d{7}"  # North America
    r"|(?:440?|0)(?:800|808|3\d\d|84[345])\d{4,7}"  # United Kingdom
    r"|(?:86)?[48]00\d{7}"  # China
    r"|(?:61)?1[38]00\d{6}|(?:61)?13\d{4}"  # Australia
    r"|(?:353)?1?800\d{6}|(?:640?|0)800\d{6,7}"  # Ireland, New Zealand
)
_ABROAD = re.compile(r"(?:00)?(?:61|86|852|91)(?=\d{8})")

_TOLD = re.compile(
    r"(?:\b(?:phone|cell|mobile|tel|telephone|whatsapp|landline|fax|signal)(?: number| no)?\.?"
    r"|\b(?:call|text|ring|dial|phone|reach|contact|message)(?:ed|ing)?(?: (?:me|us|him|her|them|back|up|directly))*"
    r"|\b(?:my|his|her|their|our|your|mom's|mum's|dad's)(?: \w+)? (?:number|line|digits)"
    r"|电话(?:号码?)?|手机(?:号码?)?|座机|号码|致电|拨打|打给我|联系方式|联系我)"
    r"(?: is| was|'s|’s|是|为|[:：=,，#(]| at| on| to| it's|\s|-)*$",
    re.IGNORECASE,
)


def is_public(piece: str) -> bool:
    """Whether a number is dialled for help, or is an organisation's own kind of number."""
    digits = plain(piece)
    abroad = _ABROAD.match(digits)
    home = digits[abroad.end() :] if abroad else digits
    return (
        not _LINES.isdisjoint({digits, home, f"0{home}"}) or _SERVICE.fullmatch(digits.removeprefix("00")) is not None
    )


def _shape(pattern: str) -> re.Pattern[str]:
    """A number on its own: not a part of a longer one, of a sum of money or of a word."""
    return re.compile(
        rf"(?<![\w$£€¥￥#/])(?<!\d[.,-])(?P<piece>{pattern})(?![0-9A-Za-z_%°])(?![.,/-]\d)"
        r"(?! ?(?:dollars|pounds|euros|people|times|views|steps|元|块|人|次|年))",
        re.ASCII,
    )


PHONES = (
    # A country code says it all.
    Rule(
        "phone",
        _shape(r"(?:\+|00 ?)[1-9]\d{0,2}(?:[ .-]?\(0?\d{1,4}\))?(?:[ .-]?\d{2,8}){1,5}"),
        sound=lambda piece: 9 <= len(plain(piece)) <= 17,
        spared=is_public,
    ),
    # North America.
    Rule(
        "phone",
        _shape(r"(?:1[ .-])?(?:\([2-9]\d\d\) ?|[2-9]\d\d[ .-])[2-9]\d\d[ .-]\d{4}(?: ?(?:x|ext\.?) ?\d{1,5})?"),
        spared=is_public,
    ),
    Rule("phone", _shape(r"1?[2-9]\d\d[2-9]\d{6}"), spared=is_public),
    # Britain: mobiles, London and the large towns, all others.
    Rule(
        "phone",
        _shape(
            r"07\d{3}[ -]?\d{3}[ -]?\d{3}|\(?02\d\)?[ -]?\d{4}[ -]?\d{4}|\(?01(?:\d1|1\d)\)?[ -]?\d{3}[ -]?\d{4}"
            r"|\(?01\d{3}\)?[ -]?\d{5,6}|01\d{3}[ -]\d{3}[ -]\d{3}"
        ),
        spared=is_public,
    ),
    # China: mobiles, then area code and number; Taiwan's mobiles.
    Rule("phone", _shape(r"(?:86[ -]?)?1[3-9]\d(?:\d{8}|[ -]\d{4}[ -]\d{4}|[ -]\d{3}[ -]\d{5})"), spared=is_public),
    Rule("phone", _shape(r"(?:\(0\d{2,3}\)|0\d{2,3}[ -])[ ]?[2-9]\d{3}[ -]?\d{3,4}"), spared=is_public),
    Rule("phone", _shape(r"0(?:10|2\d)[2-9]\d{7}|0[3-9]\d\d[2-9]\d{6,7}|09\d\d[ -]?\d{3}[ -]?\d{3}"), spared=is_public),
    # Australia and France.
    Rule("phone", _shape(r"04\d\d[ -]?\d{3}[ -]?\d{3}|0[1-9](?:[ .-]\d\d){4}"), spared=is_public),
    # What only the words before it make a telephone number.
    Rule(
        "phone",
        _shape(r"\(?\d{2,5}\)?(?:[ .-]?\d{2,5}){1,4}"),
        sound=never,
        told=_TOLD,
        spared=lambda piece: not 7 <= len(plain(piece)) <= 13 or is_public(piece),
    ),
)
