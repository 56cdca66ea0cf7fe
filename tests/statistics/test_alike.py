from __future__ import annotations

from collections import Counter
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from synthgen.statistics.alike import binomial, resampled_counts

DRAWS = 4000


@pytest.mark.parametrize(
    ("trials", "part", "whole"), [(1, 1, 3), (7, 1, 2), (12, 5, 7), (30, 1, 10), (200, 199, 200), (1000, 3, 1000)]
)
def test_draws_are_binomial(trials, part, whole):
    random = Random(5)
    times = Counter(binomial(random, trials, part, whole) for _ in range(DRAWS))
    expected = stats.binom.pmf(range(trials + 1), trials, part / whole) * DRAWS
    # Outcomes that are hardly expected are taken together, as the test needs.
    likely = expected >= 5
    told = np.array([times[hits] for hits in range(trials + 1)])
    both = [[*figures[likely], figures[~likely].sum()] for figures in (told, expected)]
    both = [[figure for figure, wanted in zip(each, both[1], strict=True) if wanted > 1e-6] for each in both]
    assert stats.chisquare(both[0], np.array(both[1]) * DRAWS / sum(both[1])).pvalue > 0.001
    assert sum(times.values()) == DRAWS
    assert set(times) <= set(range(trials + 1))


@pytest.mark.parametrize(("part", "hits"), [(0, 0), (9, 50)])
def test_what_cannot_be_and_what_must_be(part, hits):
    assert binomial(Random(1), 50, part, 9) == hits
    assert binomial(Random(1), 0, 5, 9) == 0


@given(st.lists(st.integers(0, 20), max_size=8), st.integers())
def test_as_many_items_are_drawn_as_there_are(counts, seed):
    drawn = list(resampled_counts(counts, samples=5, seed=seed))
    assert len(drawn) == (5 if sum(counts) > 1 else 0)
    for sample in drawn:
        assert sum(sample) == sum(counts)
        assert all(times >= 0 and (count or not times) for times, count in zip(sample, counts, strict=True))
    assert drawn == list(resampled_counts(counts, samples=5, seed=seed))


@pytest.mark.parametrize("counts", [[], [0], [1], [0, 1]])
def test_nothing_is_drawn_where_there_is_no_spread(counts):
    assert list(resampled_counts(counts)) == []


def test_counts_are_multinomial():
    counts = [10, 60, 0, 30]
    drawn = np.array(list(resampled_counts(counts, samples=20_000, seed=3)))
    shares = np.array(counts) / 100
    wanted = 100 * (np.diag(shares) - np.outer(shares, shares))
    assert drawn.mean(axis=0) == pytest.approx(counts, abs=0.15)
    assert np.cov(drawn.T) == pytest.approx(wanted, abs=0.9)
    assert list(resampled_counts(counts, samples=3, seed=4)) != list(resampled_counts(counts, samples=3, seed=5))
