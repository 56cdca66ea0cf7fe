"""The commonest small words of languages in Latin letters, {language code: words}, as `function_words.txt` has them."""

from __future__ import annotations

from pathlib import Path

from synthgen.sections import listed, read_sections

FUNCTION_WORDS = {
    language: frozenset(listed(lines)) for language, lines in read_sections(Path(__file__).with_suffix(".txt")).items()
}
