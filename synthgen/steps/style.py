"""How a model is asked: by chat or by examples alone, and with which sampling."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from synthgen.calls import Request, Sampling
from synthgen.errors import SpecError
from synthgen.prompts import Prompt, Prompts
from synthgen.rules.parts import band_in, in_language
from synthgen.spec import Spec
from synthgen.text import unit_name

# A word is about 1.4 tokens and a Chinese character up to 2 in common vocabularies; models overshoot.
TOKENS_PER_UNIT = 2.2
TOKENS_SPARE = 120


@dataclass(frozen=True, slots=True)
class Style:
    """The settings of one side (query or reply). `max_tokens` 0: worked out from the length wanted."""

    plain: bool
    sampling: Sampling

    def render(
        self, prompts: Prompts, step: str, language: str, variables: Mapping[str, Any], faulty: str | None = None
    ) -> Prompt:
        if self.plain:
            return prompts.plain(step, language, variables)
        return prompts.chat(step, language, variables, faulty=faulty)

    def request(
        self, purpose: str, prompt: Prompt, units: int, seed: int, schema: Mapping[str, Any] | None = None
    ) -> Request:
        """Return the request for a prompt whose answer may be `units` words or characters long."""
        sampling = replace(
            self.sampling,
            max_tokens=self.sampling.max_tokens or int(units * TOKENS_PER_UNIT) + TOKENS_SPARE,
            seed=seed,
            stop=prompt.stop,
        )
        return Request(purpose, sampling, prompt.messages, prompt.text, schema)


def common_variables(spec: Spec, language: str, words: tuple[int, int], fault: str | None) -> dict[str, Any]:
    """Return the variables that every template gets."""
    unit = unit_name(language)
    return {
        "roles": {
            "user": spec.translated(spec.roles.user, language),
            "assistant": spec.translated(spec.roles.assistant, language),
        },
        "description": in_language(spec.description, language, ""),
        "words": words,
        "unit": spec.translated(unit, language) if unit != "characters" else "字",
        "fault": fault,
    }


def named_facets(spec: Spec, facets: Mapping[str, str], language: str) -> list[tuple[str, str]]:
    """Return facets as (label, value) in a language."""
    return [
        (spec.translated(facet, language).replace("_", " "), spec.translated(value, language))
        for facet, value in facets.items()
    ]


def word_band(spec: Spec, stage: str, language: str, plain: bool) -> tuple[int, int]:
    """Return the least and the most units wanted of a query or a reply.

    Raises SpecError for a language that the spec is not made for, as a page of a transcript may be in.
    """
    if plain:
        bands = spec.plain.query_words if stage == "query" else spec.plain.reply_words
    else:
        bands = spec.query.words if stage == "query" else spec.reply.words
    try:
        return band_in(bands, language)
    except KeyError:
        known = ", ".join(spec.languages)
        raise SpecError(
            f"{spec.name}: has no words of a {stage} in {language!r}, only in {', '.join(bands)}.",
            hint=f"name one of its languages ({known}) by --lang, or add {language} to the spec.",
        ) from None
