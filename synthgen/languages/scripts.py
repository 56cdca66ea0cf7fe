"""What a text is written with: its words by script, and which of the two ways of writing Chinese."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

# A Chinese word is about 1.6 characters, so a character of a script without spaces weighs less than a word.
_WORDS_PER_CHARACTER = 1 / 1.6


@dataclass(frozen=True, slots=True)
class Script:
    """A script: its name in English and Chinese, its letters as the inside of a pattern's class, how they are counted.

    `blocks` are the high bytes of its code points.
    """

    en: str
    zh: str
    letters: str
    blocks: frozenset[int]
    unit: re.Pattern[str]
    weight: float


def _spaced(en: str, zh: str, letters: str, *blocks: int) -> Script:
    return Script(en, zh, letters, frozenset(blocks), re.compile(f"[{letters}]+(?:['’-][{letters}]+)*"), 1.0)


def _unspaced(en: str, zh: str, letters: str, *blocks: int) -> Script:
    return Script(en, zh, letters, frozenset(blocks), re.compile(f"[{letters}]"), _WORDS_PER_CHARACTER)


SCRIPTS = {
    "Latin": _spaced("Latin letters", "拉丁字母", "A-Za-zÀ-ÖØ-öø-ɏḀ-ỿＡ-Ｚａ-ｚ", 0x00, 0x01, 0x02, 0x1E, 0xFF),
    "Greek": _spaced("Greek letters", "希腊字母", "Ά-ώἀ-ῼ", 0x03, 0x1F),
    "Cyrillic": _spaced("Cyrillic letters", "西里尔字母", "Ѐ-ԯ", 0x04, 0x05),
    "Hebrew": _spaced("Hebrew letters", "希伯来字母", "\u05d0-\u05ea", 0x05),
    "Arabic": _spaced("Arabic letters", "阿拉伯字母", "\u0620-\u064a\u0671-\u06d3\u0750-\u077f", 0x06, 0x07),
    "Devanagari": _spaced("Devanagari", "天城文", "\u0900-\u0963", 0x09),
    "Bengali": _spaced("Bengali letters", "孟加拉文", "\u0980-\u09e3", 0x09),
    "Tamil": _spaced("Tamil letters", "泰米尔文", "\u0b82-\u0bcf", 0x0B),
    "Thai": _unspaced("Thai letters", "泰文", "\u0e01-\u0e2e", 0x0E),
    "Hangul": _spaced("Hangul", "韩文字母", "\uac00-\ud7a3\u3131-\u318e", 0x31, *range(0xAC, 0xD8)),
    "Kana": _unspaced("kana", "日文假名", "\u3041-\u3096\u30a1-\u30fa\u30fc", 0x30),
    "Han": _unspaced(
        "Chinese characters", "汉字", "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff", *range(0x34, 0xA0), 0xF9, 0xFA
    ),
}

# The first script is the one that a text cannot do without. Languages with several (Serbian, Uzbek) are left out:
# nobody can say which of them is wrong.
_LANGUAGES = {
    ("Latin",): "en de fr es pt it nl sv da no nb nn is fi et lv lt pl cs sk sl hr hu ro sq tr vi id ms tl fil sw af ca"
    " gl eu ga cy mt lb fy eo la",
    ("Greek",): "el",
    ("Cyrillic",): "ru uk be bg mk",
    ("Hebrew",): "he yi",
    ("Arabic",): "ar fa ur ps",
    ("Devanagari",): "hi mr ne",
    ("Bengali",): "bn as",
    ("Tamil",): "ta",
    ("Thai",): "th",
    ("Hangul", "Han"): "ko",
    ("Kana", "Han"): "ja",
    ("Han",): "zh yue",
}
LANGUAGE_SCRIPTS = {language: scripts for scripts, listed in _LANGUAGES.items() for language in listed.split()}

_TRADITIONAL_TAGS = frozenset({"hant", "tw", "hk", "mo"})


def possible_scripts(text: str) -> list[str]:
    """Return the scripts that a text may have, told without a loop by the high bytes of its characters."""
    if text.isascii():
        return ["Latin"]
    present = frozenset(text.encode("utf-16-be", "surrogatepass")[::2])
    return [name for name, script in SCRIPTS.items() if not present.isdisjoint(script.blocks)]


def script_words(text: str) -> dict[str, float]:
    """Return script -> how many words of a text stand in it, about; only scripts that the text has."""
    counts = {name: len(SCRIPTS[name].unit.findall(text)) * SCRIPTS[name].weight for name in possible_scripts(text)}
    return {name: count for name, count in counts.items() if count}


def chinese_variant(language: str) -> str:
    """Return "simplified" or "traditional" for a code of written Chinese, "" for others. Plain zh is simplified."""
    base, *tags = language.lower().split("-")
    if base != "zh":
        return ""
    return "simplified" if _TRADITIONAL_TAGS.isdisjoint(tags) else "traditional"


def variant_characters(text: str, variant: str) -> str:
    """Return the characters of a text, in order, that are written in one way of writing Chinese alone."""
    return "".join(filter(_variants()[variant].__contains__, text))


@cache
def _variants() -> dict[str, frozenset[str]]:
    """Return what only one of the two has, as told by the character sets made for them: GB 2312 and Big5."""
    every = "".join(map(chr, range(0x4E00, 0xA000)))
    mainland, taiwan = (frozenset(every.encode(name, "ignore").decode(name)) for name in ("gb2312", "big5"))
    # This one is everyday in Hong Kong, though Big5 has it not.
    return {"simplified": mainland - taiwan - {"着"}, "traditional": taiwan - mainland}
