"""Which of two answers is preferred: shares of wins with their intervals, and whether the first shown is favoured."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist
from typing import Literal

# Two-sided 95 %.
_Z = NormalDist().inv_cdf(0.975)


@dataclass(frozen=True, slots=True)
class Share:
    """`count` of some pairs, their `share` of all, and its interval (see `wilson_interval`), both None of no pairs."""

    count: int
    share: float | None
    interval: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class WinRates:
    """What became of pairs; `p_value` is the sign test of wins of a against wins of b, ties left out."""

    pairs: int
    a: Share
    b: Share
    tie: Share
    p_value: float | None


@dataclass(frozen=True, slots=True)
class PositionBias:
    """How often the answer shown `first` won among the pairs that were decided.

    `beyond_half` is that share less 1/2: 0 without bias, 0.5 where the first always wins, -0.5 where it never does.
    `p_value` is the sign test of no bias. None where no pair was decided.
    """

    decided: int
    ties: int
    first: Share
    beyond_half: float | None
    p_value: float | None


def win_rates(outcomes: Sequence[Literal["a", "b", "tie"]]) -> WinRates:
    """Return the shares of wins and ties. Raises ValueError for an outcome that is none of the three.

    Pairs are taken as independent: give one outcome a question, whatever number of orders it was asked in.
    """
    times = _counted(outcomes, ("a", "b", "tie"))
    shares = {name: _share(times[name], len(outcomes)) for name in ("a", "b", "tie")}
    return WinRates(pairs=len(outcomes), **shares, p_value=sign_test(times["a"], times["b"]))


def position_bias(winners: Sequence[Literal["first", "second", "tie"]]) -> PositionBias:
    """Return how far the answer shown first is favoured; ties are left out. Raises ValueError for another winner.

    Give every order of a question that was asked: with both, a better answer is shown first as often as second, and
    adds nothing to the bias. The p-value is then on the safe side, since such two are not independent.
    """
    times = _counted(winners, ("first", "second", "tie"))
    first = _share(times["first"], times["first"] + times["second"])
    return PositionBias(
        decided=times["first"] + times["second"],
        ties=times["tie"],
        first=first,
        beyond_half=None if first.share is None else first.share - 0.5,
        p_value=sign_test(times["first"], times["second"]),
    )


def sign_test(wins: int, losses: int) -> float | None:
    """Return the p-value of the two-sided exact binomial test that wins are as likely as losses (Arbuthnot, 1710).

    With n of both and m the fewer of them: p = min(1, 2 sum over i from 0 to m of C(n, i) / 2^n). None for n = 0.
    """
    count = wins + losses
    if not count:
        return None
    ways = tail = 1
    for chosen in range(min(wins, losses)):
        ways = ways * (count - chosen) // (chosen + 1)
        tail += ways
    return min(1.0, 2 * tail / (1 << count))


def wilson_interval(count: int, of: int) -> tuple[float, float] | None:
    """Return the 95 % score interval of a share (Wilson, 1927), which is no point for none or all of few. None of none.

    With k of n and z the normal quantile: (k + z^2 / 2 +- z sqrt(k (n - k) / n + z^2 / 4)) / (n + z^2).
    """
    if not of:
        return None
    middle = count + _Z * _Z / 2
    reach = _Z * sqrt(count * (of - count) / of + _Z * _Z / 4)
    return max(0.0, (middle - reach) / (of + _Z * _Z)), min(1.0, (middle + reach) / (of + _Z * _Z))


def _share(count: int, of: int) -> Share:
    return Share(count, count / of if of else None, wilson_interval(count, of))


def _counted(outcomes: Sequence[str], known: Collection[str]) -> Counter[str]:
    times = Counter(outcomes)
    if unknown := times.keys() - set(known):
        raise ValueError(f"an outcome is one of {', '.join(known)}, got {sorted(unknown)}")
    return times
