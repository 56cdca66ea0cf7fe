"""What a text shows by itself: the first filter that it does not pass, and whether a life may be at risk in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

from synthgen.dedup.index import Sketches, sketches_of
from synthgen.filters import build_checks
from synthgen.filters.crisis import shows_risk
from synthgen.records import Candidate, Drop, Stage
from synthgen.spec import Spec


class Finding(NamedTuple):
    """`drop` is why a text does not pass, None where it does. `risk` is told of messages that pass.

    `sketches` are of texts that pass: what duplicates of them are looked up by.
    """

    drop: Drop | None
    risk: bool
    sketches: Sketches = ()


class Examining(Protocol):
    """Whoever examines texts for an engine: an examiner beside it, or one in a process of its own."""

    async def examine(self, candidates: Sequence[Candidate]) -> list[Finding]:
        """Return a finding for each candidate, in their order."""
        ...


class Examiner:
    """Asks the filters of a spec. It keeps nothing of a text, so any number of them find the same."""

    def __init__(self, spec: Spec, plain: Mapping[Stage, bool], where: str = "") -> None:
        """`plain` says of each stage whether its model is asked by examples alone. Raises SpecError."""
        self._checks = {stage: build_checks(spec, is_plain, where) for stage, is_plain in plain.items()}
        self._looks_for_risk = spec.crisis.detect

    def find(self, candidate: Candidate) -> Finding:
        """Return what one candidate shows; one that is known to be at risk stays so."""
        for check in self._checks[candidate.stage]:
            if (drop := check(candidate)) is not None:
                return Finding(drop, candidate.risk)
        looked_for = candidate.stage == "query" and self._looks_for_risk
        risk = candidate.risk or (looked_for and shows_risk(candidate.text))
        return Finding(None, risk, sketches_of(candidate.text))

    async def examine(self, candidates: Sequence[Candidate]) -> list[Finding]:
        return [self.find(candidate) for candidate in candidates]
