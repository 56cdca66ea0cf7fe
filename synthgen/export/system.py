"""What the system says at the beginning of every dialogue that is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from synthgen.errors import UsageError
from synthgen.export.dialogues import apart
from synthgen.export.example import Example
from synthgen.files import text_in
from synthgen.formats.shapes import language_of
from synthgen.prompts import Prompts, template_name
from synthgen.records import Turn
from synthgen.spec import Spec

# Gives an example the system's words.
Telling = Callable[[Example], Example]

NONE = "none"
FROM_SPEC = "spec"
FILE_MARK = "@"
# The template that `evaluate` asks models by: a model is trained by the words that it is asked by.
TEMPLATE = "answer"


def as_it_came(example: Example) -> Example:
    return example


def without_system(example: Example) -> Example:
    return _telling(example, "")


def fixed(text: str) -> Telling:
    """Return what puts the same words before every dialogue."""
    return lambda example: _telling(example, text)


def from_spec(spec: Spec, prompts: Prompts) -> Telling:
    """Return what tells the assistant its part by a spec, in the language of the dialogue.

    It raises UsageError for a language that has no template.
    """

    @lru_cache(maxsize=64)
    def words(language: str) -> str:
        if template_name(TEMPLATE, language, plain=False) not in prompts.names:
            raise UsageError(
                f"--system {FROM_SPEC}: there is no template for the language {language!r}.",
                hint=f"give the words by --system TEXT, or write templates/{TEMPLATE}/{language}.j2.",
            )
        roles = {
            "user": spec.translated(spec.roles.user, language),
            "assistant": spec.translated(spec.roles.assistant, language),
        }
        prompt = prompts.chat(TEMPLATE, language, {"roles": roles, "instructions": None, "message": ""})
        return apart(prompt.messages)[0]

    def tell(example: Example) -> Example:
        language = language_of(example.row, example.turns, spec.languages)
        example = example if language == example.language else replace(example, language=language)
        return _telling(example, words(language))

    return tell


def system_text(said: str) -> str:
    """Return the words of `--system TEXT` or `--system @FILE`. Raises FileError."""
    if not said.startswith(FILE_MARK):
        return said
    return text_in(Path(said.removeprefix(FILE_MARK)), "name a text file after the @.").strip()


def _telling(example: Example, text: str) -> Example:
    before, turns = apart(example.turns)
    if before == text and bool(text) == (len(turns) < len(example.turns)):
        return example
    return replace(example, turns=(*([Turn("system", text)] if text else ()), *turns))
