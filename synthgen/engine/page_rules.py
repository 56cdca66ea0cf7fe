"""What a user asks of the rows that pages give, over what the spec says."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from synthgen.engine.note_source import LANGUAGES
from synthgen.errors import UsageError
from synthgen.prompts import Prompts
from synthgen.settings import PageSettings
from synthgen.spec import Spec
from synthgen.steps.summary import TEMPLATE
from synthgen.text import unit_name

# Words in a row that may not be kept from a page, unless the spec or the user says otherwise.
USUAL_COPIED_WORDS = 8
# Two Chinese characters say about what a word does; a least length needs some room above it.
_CHARACTERS_A_WORD = 2
_ROOM = 4

Band = tuple[int, int]


def fitted(spec: Spec, settings: PageSettings) -> Spec:
    """Return the spec with the language, the lengths and the wording that a user asks for. Raises UsageError."""
    parts: dict[str, Any] = dict(spec)
    if (language := settings.languages) is not None:
        if language not in {*spec.languages, *spec.translations}:
            raise UsageError(
                f"--lang {language}: {spec.name} has {' and '.join(spec.languages)}.",
                hint="name one of these, or a spec of your own with --spec.",
            )
        parts["languages"] = {language: 1.0}
    if (least := settings.min_words) is not None:
        for rules in ("query", "reply"):
            words = _raised(getattr(spec, rules).words, least)
            parts[rules] = getattr(spec, rules).model_copy(update={"words": words})
        plain = {name: _raised(getattr(spec.plain, name), least) for name in ("query_words", "reply_words")}
        parts["plain"] = spec.plain.model_copy(update=plain)
    parts["filters"] = dict(spec.filters)
    if settings.copied_words is not None:
        parts["filters"]["copied_page"] = {"run": settings.copied_words}
    if settings.min_words_both is not None:
        length = spec.filters.get("length", True)
        told = length if isinstance(length, dict) else {}
        parts["filters"]["length"] = {**told, "joint_min": settings.min_words_both}
    return Spec.model_validate(parts)


def page_languages(spec: Spec, prompts: Prompts, plain: bool) -> tuple[str, ...]:
    """Return the languages that pages can be told in, the spec's first: they have lengths in it, and a template."""
    known = dict.fromkeys((*spec.languages, *spec.translations, *LANGUAGES))
    bands = (spec.plain.query_words, spec.plain.reply_words) if plain else (spec.query.words, spec.reply.words)
    return tuple(
        language
        for language in known
        if all(language in each or "*" in each for each in bands) and prompts.has(TEMPLATE, language, plain)
    )


def copied_words(spec: Spec) -> int:
    """Return how many words in a row a text may not keep from its page."""
    options = spec.filters.get("copied_page", True)
    return int(options.get("run", USUAL_COPIED_WORDS)) if isinstance(options, dict) else USUAL_COPIED_WORDS


def read_terms(path: Path) -> tuple[str, ...]:
    """Return the terms in a file, a line each. Raises UsageError."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not UTF-8 text"
        raise UsageError(
            f"--terms {path}: cannot be read: {reason}.", hint="give a text file, a term a line."
        ) from error
    return tuple(dict.fromkeys(term for line in lines if (term := line.strip())))


def _raised(bands: Mapping[str, Band], least: int) -> dict[str, Band]:
    """Return bands of lengths that begin at so many words."""
    raised = {}
    for language, (_, most) in bands.items():
        low = least * (_CHARACTERS_A_WORD if unit_name(language) == "characters" else 1)
        raised[language] = (low, max(most, _ROOM * low))
    return raised
