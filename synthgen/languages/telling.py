"""Which of some languages a text is in, as far as its letters and its small words tell."""

from __future__ import annotations

import re
from collections.abc import Collection

from synthgen.languages.latin import likeliest, strange_language
from synthgen.languages.scripts import LANGUAGE_SCRIPTS, chinese_variant, script_words, variant_characters
from synthgen.text import language_by_script

LATIN = "Latin"
# What is told by characters alone, with the codes of the languages written in them.
_BY_CHARACTERS = {"zh": frozenset({"zh", "yue"}), "ja": frozenset({"ja"}), "ko": frozenset({"ko"})}


def language_among(languages: Collection[str], text: str) -> str:
    """Return which of some languages a text is in: the first of those that cannot be told apart.

    Of a text that is in none of them, and where there are none, the language is that of its script.
    """
    by_script = language_by_script(text)
    if not languages:
        return by_script
    if (same := _BY_CHARACTERS.get(by_script)) is not None:
        possible = [language for language in languages if base_of(language) in same]
        return max(possible, key=lambda language: _variant_weight(text, language), default=by_script)
    words = script_words(text)
    if not words:
        return next(iter(languages))
    script = max(words, key=words.__getitem__)
    possible = [each for each in languages if script in LANGUAGE_SCRIPTS.get(base_of(each), (script,))]
    if script == LATIN and len(possible) > 1:
        return possible[likeliest(text, [base_of(language) for language in possible])]
    return possible[0] if possible else by_script


def language_read(languages: Collection[str], text: str) -> str:
    """Return which of some languages a text is in, else which other as far as that can be told, else "".

    Unlike `language_among` it names none of them for a text that is plainly in another, such as French for English.
    """
    found = language_among(languages, text)
    words = script_words(text)
    if language_by_script(text) != "en" or not words:
        return found
    script = max(words, key=words.__getitem__)
    if script not in LANGUAGE_SCRIPTS.get(base_of(found), (script,)):
        return ""
    strange = strange_language(text, base_of(found)) if script == LATIN else None
    return found if strange is None else strange


def base_of(language: str) -> str:
    """Return a language's code without its region or script: "pt" for "pt-BR"."""
    return re.split("[-_]", language.lower())[0]


def _variant_weight(text: str, language: str) -> int:
    variant = chinese_variant(language)
    return len(variant_characters(text, variant)) if variant else 0
