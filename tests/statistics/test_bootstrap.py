from __future__ import annotations

from random import Random
from statistics import fmean

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthgen.statistics.bootstrap import interval, percentile_interval, resamples

FIGURES = st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=60)


def test_resamples_are_drawn_from_the_items_by_the_seed():
    drawn = list(resamples("abc", samples=50, seed=4))
    assert len(drawn) == 50
    assert all(len(sample) == 3 and set(sample) <= set("abc") for sample in drawn)
    assert len(set(map(tuple, drawn))) > 10
    assert drawn == list(resamples("abc", samples=50, seed=4))
    assert drawn != list(resamples("abc", samples=50, seed=5))


@pytest.mark.parametrize("items", ["", "a"])
def test_nothing_is_drawn_where_there_is_no_spread(items):
    assert list(resamples(items)) == []
    assert interval(lambda indexes: 1.0, len(items)) is None


def test_thousand_random_intervals_equal_numpy():
    random = Random(1)
    for _ in range(1000):
        figures = [random.gauss(0, 10) for _ in range(random.randint(1, 80))]
        share = random.choice([0.5, 0.9, 0.95, 0.99])
        tail = (1 - share) / 2
        wanted = np.quantile(figures, [tail, 1 - tail])
        assert percentile_interval(figures, share=share) == pytest.approx(tuple(wanted), abs=1e-9)


def test_worked_example():
    # 41 figures from 0 to 40: 2.5 % of the 40 steps between them is one step.
    assert percentile_interval(map(float, range(41))) == pytest.approx((1, 39), abs=1e-9)
    assert percentile_interval([3.0, 1.0], share=0.5) == pytest.approx((1.5, 2.5), abs=1e-9)


def test_interval_is_that_of_the_statistic_over_the_resamples():
    random = Random(2)
    marks = [random.random() for _ in range(40)]
    seen = []

    def mean(indexes):
        seen.append(fmean(marks[index] for index in indexes))
        return seen[-1]

    told = interval(mean, len(marks), samples=200, seed=7, share=0.9)
    assert len(seen) == 200
    assert told == pytest.approx(tuple(np.quantile(seen, [0.05, 0.95])), abs=1e-9)
    assert interval(mean, len(marks), samples=200, seed=7, share=0.9) == told
    assert interval(mean, len(marks), samples=200, seed=8, share=0.9) != told


def test_interval_of_a_mean_covers_the_truth_about_as_often_as_it_says():
    random = Random(3)
    covered = 0
    for trial in range(200):
        marks = [random.random() for _ in range(50)]
        low, high = interval(lambda indexes, m=marks: fmean(m[i] for i in indexes), 50, samples=200, seed=trial)
        covered += low <= 0.5 <= high
    assert 178 <= covered <= 199


@pytest.mark.parametrize(("known", "unknown", "told"), [(5, 5, (1.0, 1.0)), (4, 5, None), (0, 3, None), (0, 0, None)])
def test_undefined_figures_are_left_out_unless_they_are_most(known, unknown, told):
    assert percentile_interval([1.0] * known + [None] * unknown) == told


@pytest.mark.parametrize("share", [0, 1, -0.5, 95, float("nan")])
def test_a_share_must_lie_between_0_and_1(share):
    with pytest.raises(ValueError, match="between 0 and 1"):
        percentile_interval([1.0], share=share)


@given(FIGURES, st.floats(0.01, 0.99), st.floats(0.01, 0.99), st.randoms())
def test_a_larger_share_holds_a_smaller_one_whatever_the_order(figures, one, other, random):
    narrow = percentile_interval(figures, share=min(one, other))
    wide = percentile_interval(figures, share=max(one, other))
    slack = 1e-9 * (1 + max(map(abs, figures)))
    assert min(figures) - slack <= wide[0] <= narrow[0] + slack
    assert narrow[0] <= narrow[1] + slack
    assert narrow[1] - slack <= wide[1] <= max(figures) + slack
    random.shuffle(figures)
    assert percentile_interval(figures, share=max(one, other)) == wide
