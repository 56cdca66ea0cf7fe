"""Counting and comparing texts in scripts with and without spaces between words."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Han with its extensions, kana and Hangul syllables: scripts in which a character carries about a word.
CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003134f"
_CJK = re.compile(f"[{CJK}]")
_UNIT = re.compile(f"[{CJK}]|[^\\W_{CJK}]+(?:['\u2019-][^\\W_{CJK}]+)*")
# The same for plain ASCII takes half the time, here and below.
_ASCII_UNIT = re.compile(r"[A-Za-z0-9]+(?:['-][A-Za-z0-9]+)*")
_SENTENCE_END = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s)|[。！？…]+[”’」』）]*")
_ASCII_SENTENCE_END = re.compile(r"[.!?]+[\"')\]]*(?=\s)")

# A Chinese text may name foreign things by letters, of which a word has five where Chinese has one or two characters.
_CHINESE = 0.3
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa]")
_HANGUL = re.compile("[\uac00-\ud7af]")
# Japanese prose is half kana and more, and a line of names or headings has some; Chinese has them in quotations.
_JAPANESE, _KOREAN = 0.2, 0.5

# Common vocabularies of 50,000 to 150,000 tokens, English prose with its punctuation.
TOKENS_PER_WORD = 1.35


def units(text: str) -> list[str]:
    """Return words where words are spaced and characters where they are not, in order."""
    return (_ASCII_UNIT if text.isascii() else _UNIT).findall(text)


@lru_cache(maxsize=4)
def spaced_words(text: str) -> tuple[str, ...]:
    """Return what white space parts. Kept for the next who asks about the same text."""
    return (*text.split(),)


def count_units(text: str) -> int:
    """Return the length of a text in words (spaced scripts) plus characters (unspaced ones).

    A word of a spaced script is what white space surrounds, as word counters have it.
    """
    if text.isascii() or not _CJK.search(text):
        return len(spaced_words(text))
    return len(_UNIT.findall(text))


def estimate_tokens(text: str) -> int:
    """Return about how many tokens a text is: a Chinese character is one, a spaced word with its comma 1.35."""
    characters = len(_CJK.findall(text))
    return round(characters + TOKENS_PER_WORD * (count_units(text) - characters))


def cjk_share(text: str) -> float:
    """Return the share of a text's letters that are Chinese, Japanese or Korean, 0 to 1."""
    letters = sum(map(str.isalpha, text))
    return len(_CJK.findall(text)) / letters if letters else 0.0


def language_by_script(text: str) -> str:
    """Return "zh", "ja" or "ko" for a text that is written so, "en" for all others."""
    if cjk_share(text) < _CHINESE:
        return "en"
    characters = len(_CJK.findall(text))
    if len(_HANGUL.findall(text)) >= _KOREAN * characters:
        return "ko"
    return "ja" if len(_KANA.findall(text)) >= _JAPANESE * characters else "zh"


def nearest_language(text: str) -> str:
    """Return which of the languages that come with the program, "zh" and "en", is nearer to a text by its script."""
    return "zh" if cjk_share(text) >= _CHINESE else "en"


# Kept from when a text is examined until it is given its place, a batch of texts at a time.
@lru_cache(maxsize=16)
def normalize(text: str) -> str:
    """Return a text as duplicates are compared: NFKC, case folded, white space folded."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    return " ".join(spaced_words(text)).casefold()


def bare(text: str) -> str:
    """Return a text's letters and digits alone, NFKC and case folded: a name's, however it is spaced and marked."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))


def sentences(text: str) -> list[str]:
    """Return a text's sentences, English and Chinese punctuation alike."""
    end = _ASCII_SENTENCE_END if text.isascii() else _SENTENCE_END
    return [part for piece in end.sub(r"\g<0>\n", text).split("\n") if (part := piece.strip())]


@lru_cache(maxsize=64)
def unit_name(language: str) -> str:
    """Return what a length is counted in, for people and prompts."""
    return "characters" if language.split("-")[0] in {"zh", "ja", "ko"} else "words"
