"""Shares of tasks, made exact: how many lessons of each are kept, and which."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from synthgen.hashing import seed_of
from synthgen.plan import apportion


def mixed(available: Mapping[str, int], shares: Mapping[str, float]) -> dict[str, int]:
    """Return how many lessons of each task are kept, by the largest remainder, as many as the scarcest task allows.

    Each of the `shares` must be available at least once.
    """
    # As they are typed: 0.1, 0.2 and 0.7 add up to 1 in decimals alone.
    weights = {name: Fraction(str(share)) for name, share in shares.items()}
    whole = sum(weights.values())
    total = min(available[name] * whole // weight for name, weight in weights.items())
    return dict(zip(weights, apportion([*weights.values()], total), strict=True))


@dataclass(slots=True)
class Sieve:
    """Keeps `wanted` of `available` things that come one by one, one of each stretch of about equal length.

    Which one of a stretch is drawn by the seed, lest it be the same turn of every conversation. `kept` counts those
    so far.
    """

    wanted: int
    available: int
    seed: int
    kept: int = 0
    _seen: int = 0

    def keeps(self) -> bool:
        """Say whether the next thing is kept."""
        at, self._seen = self._seen, self._seen + 1
        if self.kept == self.wanted or at != self._drawn():
            return False
        self.kept += 1
        return True

    def _drawn(self) -> int:
        start, stop = (stretch * self.available // self.wanted for stretch in (self.kept, self.kept + 1))
        return start + seed_of(self.seed, self.kept) % (stop - start)
