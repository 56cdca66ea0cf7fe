"""How many rows each split is to have, and which split a group of rows goes to."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from synthgen.errors import UsageError
from synthgen.plan import apportion, spread

MOST_SPLITS = 20


def checked_shares(shares: Mapping[str, float]) -> dict[str, float]:
    """Return the shares of those splits that have one. Raises UsageError for shares that cannot be."""
    told = ", ".join(f"{name} {share:g}" for name, share in shares.items()) or "none"
    if not any(shares.values()) or not all(0 <= share < math.inf for share in shares.values()):
        raise UsageError(f"shares of splits: {told}: they must be above 0.", hint="90, 5 and 5 are usual.")
    found = {name: share for name, share in shares.items() if share}
    if len(found) > MOST_SPLITS:
        raise UsageError(f"{len(found)} splits are too many.", hint=f"{MOST_SPLITS} are the most.")
    return found


def counts_of(shares: Mapping[str, float], rows: int) -> dict[str, int]:
    """Return the rows of each split by the largest remainder; each has one at least where there are enough."""
    return dict(zip(shares, apportion(list(shares.values()), rows), strict=True))


class Dealer:
    """Deals groups of rows to splits, as near to the shares as whole groups can come.

    `strata` are the rows of each stratum, `wanted` those of each split. The splits are numbered as `wanted` has them;
    `main`, the largest, takes what is too large for its split. Groups are to be dealt the largest first. `got` counts
    the rows dealt of each stratum to each split, `rows` those of each split.
    """

    def __init__(self, strata: Sequence[int], wanted: Sequence[int]) -> None:
        self._wanted = wanted
        self._targets = spread(strata, wanted) if strata else []
        self.got = [[0] * len(wanted) for _ in strata]
        self.rows = [0] * len(wanted)
        self.main = max(range(len(wanted)), key=wanted.__getitem__)

    def deal(self, group: Mapping[int, int]) -> int:
        """Return the split of a group, given by how many rows of each stratum it has."""
        size = sum(group.values())
        room = [at for at, wanted in enumerate(self._wanted) if self.rows[at] + size <= wanted]
        if room:
            split = min(room, key=lambda at: self._strain(at, group)) if len(room) > 1 else room[0]
        else:
            able = [at for at, wanted in enumerate(self._wanted) if at == self.main or size <= wanted]
            split = min(able, key=lambda at: (self._miss(at, size), at != self.main))
        self.rows[split] += size
        for stratum, count in group.items():
            self.got[stratum][split] += count
        return split

    def farthest(self) -> float:
        """Return by how many rows a stratum misses its share of a split at the most."""
        return max(
            (abs(count - target) for got, wanted in zip(self.got, self._targets, strict=True)
             for count, target in zip(got, wanted, strict=True)),
            default=0,
        )  # fmt: skip

    def _strain(self, split: int, group: Mapping[int, int]) -> float:
        """Return by how much the squares of what is missing, over what is wanted, would grow (as chi-square has it).

        Whole shares fill at one pace that way, so that large groups do not all fall on the largest split.
        """
        strain = 0.0
        for stratum, count in group.items():
            target = self._targets[stratum][split]
            strain += count * (count + 2 * (self.got[stratum][split] - target)) / (target or 0.5)
        return strain

    def _miss(self, split: int, size: int) -> int:
        """Return by how many rows more a split would miss what it is to have."""
        before = self.rows[split] - self._wanted[split]
        return abs(before + size) - abs(before)
