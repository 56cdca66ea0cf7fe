"""Resamples of items many of which are alike: how often each kind is drawn, without drawing item by item.

The scores of 10,000 rows are of ten kinds or so. Drawn by kind they come of the same distribution, ten times sooner.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random


def resampled_counts(counts: Sequence[int], *, samples: int = 1000, seed: int = 0) -> Iterator[list[int]]:
    """Yield `samples` times how often each kind occurs among as many items drawn with replacement (multinomial).

    `counts` says how many items there are of each kind. As with `resamples`, fewer than two items yield nothing.
    """
    size = sum(counts)
    if size < 2:
        return
    random = Random(seed)
    for _ in range(samples):
        drawn, wanted, left = [], size, size
        for count in counts:
            # Of those not yet drawn, each is of this kind by its share of the kinds not yet passed.
            drawn.append(binomial(random, wanted, count, left))
            wanted -= drawn[-1]
            left -= count
        yield drawn


def binomial(random: Random, trials: int, part: int, whole: int) -> int:
    """Return how many of `trials` succeed, each by the chance part / whole: exact, in about log2(trials) rounds.

    A trial succeeds where an endless binary fraction, drawn bit by bit, lies below part / whole. The first bit that
    differs decides it, so each round draws a bit for every trial still undecided, and half of them are done.
    """
    if part >= whole:
        return trials
    hits = 0
    while trials and part:
        part *= 2
        ones = random.getrandbits(trials).bit_count()
        if part >= whole:
            part -= whole
            hits += trials - ones
            trials = ones
        else:
            trials -= ones
    return hits
