"""What every filter is: a builder of a pure check, and the way a check words its drop."""

from __future__ import annotations

from typing import Any, Protocol

from synthgen.records import Candidate, Drop
from synthgen.spec import Spec

EVIDENCE_CHARS = 120


class Check(Protocol):
    """Says why a text does not pass, or None. Pure: the same candidate always gets the same answer."""

    def __call__(self, candidate: Candidate, /) -> Drop | None: ...


class Builder(Protocol):
    """Makes the check of one spec. Its keyword-only arguments are the options that a spec may set."""

    def __call__(self, spec: Spec, plain: bool, /, *args: Any, **options: Any) -> Check: ...


def drop(candidate: Candidate, reason: str, *, en: str, zh: str, evidence: str = "") -> Drop:
    """Return the drop of a candidate, told in Chinese to who writes Chinese and in English to all others."""
    detail = zh if candidate.language.split("-")[0] == "zh" else en
    return Drop(candidate.stage, reason, detail, snippet(evidence))


def snippet(text: str) -> str:
    """Return a text on one line, cut to what a drop may carry."""
    line = " ".join(text[: 4 * EVIDENCE_CHARS].split())
    return line if len(line) <= EVIDENCE_CHARS else line[: EVIDENCE_CHARS - 1] + "…"
