"""What a text shows by itself: the first filter that it does not pass, and whether a life may be at risk in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
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
        risk = candidate.risk or (self._looks_for_risk and any(map(shows_risk, _users_texts(candidate))))
        # Of single turns only the one that opens a conversation is looked up.
        is_inner = candidate.stage == "turn" and len(candidate.turns) > 1
        return Finding(None, risk, () if is_inner else sketches_of(candidate.text))

    async def examine(self, candidates: Sequence[Candidate]) -> list[Finding]:
        return [self.find(candidate) for candidate in candidates]


def _users_texts(candidate: Candidate) -> Iterator[str]:
    """Yield the new texts of a candidate in which the user may show risk."""
    match candidate.stage:
        case "query":
            yield candidate.text
        case "turn" if candidate.turns[-1].role == "user":
            yield candidate.text
        case "conversation":
            yield from (turn.content for turn in candidate.turns if turn.role == "user")
