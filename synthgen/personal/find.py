"""Find the personal data of a text. A text without digits, an at sign or a web address costs next to nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from synthgen.personal.addresses import CODES, DOOR_UNITS, STREET_WORDS, STREETS, find_chinese
from synthgen.personal.numbers import CHINESE_PLATES, HANDLES, MESSENGERS, NUMBERS, TOLD_PLATES
from synthgen.personal.phones import PHONES
from synthgen.personal.rule import Rule, Span, apart
from synthgen.personal.web import BARE_URLS, IPS, IPS_V6, MAILS, SPELLED_MAILS, URLS

# Full-width signs and odd dashes are read as their plain twins; each is one character, so places stay the same.
_PLAIN = {wide: chr(wide - 0xFEE0) for wide in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
_PLAIN |= {ord(wide): chr(ord(wide) - 0xFEE0) for wide in "（）＋－＠．：／＃"}
_PLAIN |= dict.fromkeys(map(ord, "‐‑‒–−"), "-") | dict.fromkeys([0xA0, 0x2009, 0x202F], " ")
_WIDE = re.compile("[０-９＠]")
_ODD = re.compile("[0-9][‐-–−\u00a0\u2009\u202f][0-9(]")

# Every number of a person has a run like this in it, and its words close before it.
_NUMBER = re.compile(r"[0-9](?:[0-9]{4}|[0-9 ().\-A-Z]{5,40}[0-9])")
_MARGIN = 48
_NUMBERS = (*NUMBERS, *PHONES, *IPS)
_DIGIT = re.compile(r"[0-9]")

# What each group of rules cannot do without; to look for it is much cheaper than to try the rules.
_BY_WORD: tuple[tuple[tuple[str, ...], tuple[Rule, ...]], ...] = (
    (("@",), (*MAILS, *HANDLES)),
    (("://", "www.", "WWW."), URLS),
    ((" dot ", "dot)", "dot]", "at)", "at]"), SPELLED_MAILS),
    (("微信", "微博", "小红书", "抖音", "echat", "wx", "vx"), MESSENGERS),
    (("plate", "Plate", "egistration", "reg "), TOLD_PLATES),
)
_DOT_NAME = re.compile(r"\.(?:com|org|net|edu|gov|info|io|cn|uk|[a-z]{2,6}/)")
# These start with a digit or a rare sign, so that a search is quick.
_BY_DIGIT: tuple[tuple[re.Pattern[str], tuple[Rule, ...]], ...] = (
    (re.compile(r":[0-9A-Fa-f]{0,4}:"), IPS_V6),
    (
        re.compile(rf"[0-9][0-9A-Za-z-]{{0,9}},? (?:[\w'’.-]{{1,30}} ){{1,5}}{STREET_WORDS}\b", re.IGNORECASE),
        STREETS,
    ),
    (re.compile(r"[0-9](?:[0-9]{4}|[A-Z0-9]? [0-9][A-Z]{2}\b)|[Bb][Oo][Xx] [0-9]"), CODES),
    (re.compile(r"[A-Z][·• ]?[A-Z0-9]{5}"), CHINESE_PLATES),
)


def find(text: str) -> list[Span]:
    """Return the personal data of a text in any of the languages that the rules know, in order, without overlaps.

    Kinds are email, phone, card, iban, ssn, national_id, nhs_number, passport, plate, account, url, ip and address.
    Crisis lines, numbers and pages of organisations that help, dates, sums and scores are none.
    """
    if not text.isascii() and (_WIDE.search(text) or _ODD.search(text) or "（0" in text):
        text = text.translate(_PLAIN)
    return apart(_spans(text))


def _spans(text: str) -> Iterator[Span]:
    """Yield what the rules find, the more telling kinds first."""
    for words, rules in _BY_WORD:
        if any(word in text for word in words):
            yield from _found(rules, text)
    if _DOT_NAME.search(text):
        yield from _found(BARE_URLS, text)
    if _DIGIT.search(text):
        windows = list(_windows(text))
        yield from (span for rule in _NUMBERS for window in windows for span in rule.find(text, *window))
        for sign, rules in _BY_DIGIT:
            if sign.search(text):
                yield from _found(rules, text)
    if any(unit in text for unit in DOOR_UNITS):
        yield from find_chinese(text)


def _found(rules: Iterable[Rule], text: str) -> Iterator[Span]:
    for rule in rules:
        yield from rule.find(text)


def _windows(text: str) -> Iterator[tuple[int, int]]:
    """Yield the surroundings of long numbers, apart from each other."""
    start = end = 0
    for found in _NUMBER.finditer(text):
        if found.start() - _MARGIN > end:
            if end:
                yield start, end
            start = found.start() - _MARGIN
        end = found.end() + _MARGIN
    if end:
        yield start, end
