"""Texts that keep the wording of the transcript they were made from, by which its speakers could be recognised."""

from __future__ import annotations

from typing import Annotated

from synthgen.filters.check import Check, drop
from synthgen.filters.copying import GRAM, copied, kept_source, units_of
from synthgen.filters.options import Range
from synthgen.records import Candidate, Drop
from synthgen.spec import Spec
from synthgen.text import unit_name


def build(spec: Spec, plain: bool, *, run: Annotated[int, Range(GRAM, 200)] = 8) -> Check:
    """Option: `run`, the words in a row that a text may not have from its page (in Chinese 1.6 characters a word)."""

    def check(candidate: Candidate) -> Drop | None:
        if candidate.page is None:
            return None
        in_characters = unit_name(candidate.language) == "characters"
        source = kept_source(candidate.page.text, in_characters)
        copy = copied(units_of(candidate.text, in_characters), source, run, 1.0, in_characters)
        if copy is None:
            return None
        return drop(
            candidate,
            "copied_page",
            en=f'It keeps the speakers\' own wording: "{copy.text}". Say the same in words of your own.',
            zh=f"保留了原话：“{copy.text}”。请用自己的话说出同样的意思。",
            evidence=copy.text,
        )

    return check
