"""The commonest small words of languages in Latin letters, {language code: words}, as `function_words.txt` has them."""

from __future__ import annotations

from pathlib import Path

from synthgen.sections import read_lists

FUNCTION_WORDS = {
    language: frozenset(words) for language, words in read_lists(Path(__file__).with_suffix(".txt")).items()
}
