"""Find the personal data of a text. A text without digits, an at sign or a web address costs next to nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from synthgen.personal.addresses import CODES, STREET_WORDS, STREETS, find_chinese
from synthgen.personal.numbers import HANDLES, MESSENGERS, NUMBERS, PLATES
from synthgen.personal.phones import PHONES
from synthgen.personal.rule import Rule, Span, apart
from synthgen.personal.web import BARE_URLS, IPS, MAILS, SPELLED_MAILS, URLS

# Full-width signs and odd dashes are read as their plain twins; each is one character, so places stay the same.
_PLAIN = {ord(wide): chr(ord(wide) - 0xFEE0) for wide in "０１２３４５６７８９（）＋－＠．：／＃"}
_PLAIN |= dict.fromkeys(map(ord, "‐‑‒–−"), "-") | dict.fromkeys([0xA0, 0x2009, 0x202F], " ")
_WIDE = re.compile("[０-９＠]")
_ODD = re.compile("[0-9][‐-–−\u00a0\u2009\u202f][0-9(]")

# What each group of rules cannot do without. All start with a digit or a rare sign, so that a search is quick.
_NUMBER = re.compile(r"[0-9](?:[0-9]{4}|[0-9 ().\-A-Z]{5,40}[0-9])")
_STREET = re.compile(rf"[0-9][0-9A-Za-z-]{{0,9}},? (?:[\w'’.-]{{1,30}} ){{1,5}}{STREET_WORDS}\b", re.IGNORECASE)
_CODE = re.compile(r"[0-9](?:[0-9]{4}|[A-Z0-9]? [0-9][A-Z]{2}\b)|[Bb][Oo][Xx] [0-9]")
_DOT_NAME = re.compile(r"\.(?:com|org|net|edu|gov|info|io|cn|uk|[a-z]{2,6}/)")
_SPELLED = re.compile(r"[(\[{](?:at|dot)[)\]}]| dot (?:com|org|net|edu|cn|co|uk)\b", re.IGNORECASE)
_MESSENGER = re.compile(r"微信|微博|小红书|抖音|wechat|[wv]x", re.IGNORECASE)
_PLATE = re.compile(r"[Pp]late|[Rr]egistration|reg |[A-Z][·• ]?[A-Z0-9]{5}", re.ASCII)
_DIGIT = re.compile(r"[0-9]")


def find(text: str) -> list[Span]:
    """Return the personal data of a text in any of the languages that the rules know, in order, without overlaps.

    Kinds are email, phone, card, iban, ssn, national_id, nhs_number, passport, plate, account, url, ip and address.
    Crisis lines, numbers and pages of organisations that help, dates, sums and scores are none.
    """
    if not text.isascii() and (_WIDE.search(text) or _ODD.search(text)):
        text = text.translate(_PLAIN)
    spans = [span for rule in _rules(text) for span in rule.find(text)]
    if not text.isascii():
        spans += find_chinese(text)
    return apart(spans)


def _rules(text: str) -> Iterator[Rule]:
    """Yield the rules that may find anything, the more telling kinds first."""
    if "@" in text:
        yield from MAILS
        yield from HANDLES
    if "://" in text or "www." in text.lower():
        yield from URLS
    if _DOT_NAME.search(text):
        yield from BARE_URLS
    if _SPELLED.search(text):
        yield from SPELLED_MAILS
    if not _DIGIT.search(text):
        return
    if _NUMBER.search(text):
        yield from NUMBERS
        yield from PHONES
        yield from IPS
    if _STREET.search(text):
        yield from STREETS
    if _CODE.search(text):
        yield from CODES
    if _PLATE.search(text):
        yield from PLATES
    if _MESSENGER.search(text):
        yield from MESSENGERS
