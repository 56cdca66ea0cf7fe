from __future__ import annotations

from itertools import chain
from random import Random
from statistics import fmean

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from synthgen.statistics.alike import resampled_counts
from synthgen.statistics.bootstrap import resamples
from synthgen.statistics.scores import JudgeVariance, MeanFigure, judge_variance, length_bias, mean_with_interval

TABLES = 1000
POINTS = st.integers(1, 10)


def near(figure):
    return pytest.approx(figure, abs=1e-9, rel=1e-9)


# Means


def test_means_and_deviations_equal_numpy_on_random_tables():
    random = Random(1)
    for _ in range(TABLES):
        most = random.choice([1, 10, 1e6])
        values = [random.choice([random.randint(0, 10), random.uniform(-most, most)]) for _ in range(9)]
        told = mean_with_interval(values, samples=0)
        assert told == MeanFigure(near(np.mean(values)), None, near(np.std(values, ddof=1)), 9)


@pytest.mark.parametrize("repeats", [1, 3])
def test_interval_is_that_of_the_means_of_resampled_groups(repeats):
    random = Random(2)
    rows = [[random.random() for _ in range(random.randint(1, repeats))] for _ in range(30)]
    groups = [f"row {at}" for at, row in enumerate(rows) for _ in row]
    told = mean_with_interval([*chain(*rows)], groups=groups, seed=9, samples=200)
    ordered = sorted(rows, key=sum)
    means = [fmean(chain(*sample)) for sample in resamples(ordered, samples=200, seed=9)]
    assert told.interval == near(tuple(np.quantile(means, [0.025, 0.975])))


def test_scores_that_are_alike_are_drawn_by_kind():
    told = mean_with_interval([3, 9, 4] * 100, seed=8, samples=200)
    drawn = resampled_counts([100, 100, 100], seed=8, samples=200)
    means = [(3 * low + 4 * middle + 9 * high) / 300 for low, middle, high in drawn]
    assert told.interval == near(tuple(np.quantile(means, [0.025, 0.975])))


def test_drawn_by_kind_or_one_by_one_scores_spread_as_they_should():
    """The deviation of the resampled mean is that of the scores / sqrt(n), so an interval is 2 * 1.96 of it wide."""
    values = [random.randint(1, 10) for random in [Random(3)] for _ in range(2000)]
    by_kind = mean_with_interval(values, samples=4000)
    one_by_one = mean_with_interval([value + at * 1e-9 for at, value in enumerate(values)], samples=4000)
    width = 2 * 1.959964 * np.std(values) / len(values) ** 0.5
    for told in (by_kind, one_by_one):
        low, high = told.interval
        assert high - low == pytest.approx(width, rel=0.06)
        assert (low + high) / 2 == pytest.approx(told.mean, abs=0.05 * width)


def test_repeats_of_a_row_tell_less_than_rows():
    random = Random(4)
    points = [random.randint(1, 10) for _ in range(40)]
    values, groups = points * 5, [*range(40)] * 5
    apart, together = mean_with_interval(values), mean_with_interval(values, groups=groups)
    alone = mean_with_interval(points)
    assert together.mean == apart.mean == alone.mean
    assert together.interval == near(alone.interval)
    assert apart.interval[1] - apart.interval[0] < 0.6 * (together.interval[1] - together.interval[0])


def test_interval_covers_the_truth_about_as_often_as_it_says():
    random, covered = Random(5), 0
    for trial in range(200):
        truth = [random.gauss(5, 1) for _ in range(40)]
        values = [one + random.gauss(0, 0.5) for one in truth for _ in range(3)]
        groups = [row for row in range(40) for _ in range(3)]
        low, high = mean_with_interval(values, groups=groups, seed=trial, samples=300).interval
        covered += low <= 5 <= high
    assert 176 <= covered <= 199


def test_means_without_spread():
    assert mean_with_interval([]) == MeanFigure(None, None, None, 0)
    assert mean_with_interval([7]) == MeanFigure(7, None, None, 1)
    assert mean_with_interval([7, 7, 7]) == MeanFigure(7, (7, 7), 0, 3)
    assert mean_with_interval([6, 8], groups=["x", "x"]) == MeanFigure(7, None, near(2**0.5), 2)


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_a_score_that_is_no_number_is_refused(number):
    with pytest.raises(ValueError, match="must be a number"):
        mean_with_interval([1, number])
    with pytest.raises(ValueError, match="must be a number"):
        judge_variance([[1, 2], [number]])


def test_every_score_has_a_group():
    with pytest.raises(ValueError, match="got 1 groups of 2 scores"):
        mean_with_interval([1, 2], groups=["x"])


@given(st.lists(st.tuples(POINTS, st.integers(0, 4)), max_size=80), st.randoms(), st.integers(0, 3))
def test_an_interval_is_of_the_seed_and_not_of_the_order(scored, random, seed):
    told = mean_with_interval([value for value, _ in scored], groups=[row for _, row in scored], seed=seed, samples=30)
    assert (told.interval is None) == (len({row for _, row in scored}) < 2)
    random.shuffle(scored)
    values, groups = [value for value, _ in scored], [row for _, row in scored]
    assert mean_with_interval(values, groups=groups, seed=seed, samples=30) == told
    if told.interval is not None:
        assert min(values) <= told.interval[0] <= told.interval[1] <= max(values)


# The judge's own variance


def test_components_equal_an_analysis_of_variance_on_random_tables():
    random, defined = Random(6), 0
    for _ in range(TABLES):
        times, noise = random.randint(2, 5), random.randint(0, 4)
        rows = []
        for _ in range(random.randint(2, 20)):
            truth = random.randint(1, 10)
            rows.append([truth + random.randint(-noise, noise) for _ in range(times)])
        told = judge_variance(rows)
        within, of_means = np.var(rows, axis=1, ddof=1).mean(), times * np.var(np.mean(rows, axis=1), ddof=1)
        assert (told.rows, told.scores) == (len(rows), len(rows) * times)
        assert told.within == near(within)
        assert told.between == near((of_means - within) / times)
        if len(set(chain(*rows))) == 1:
            assert told.icc is None
            continue
        defined += 1
        assert told.icc == near((of_means - within) / (of_means + (times - 1) * within))
        if within:
            ratio = stats.f_oneway(*rows).statistic
            assert told.icc == near((ratio - 1) / (ratio + times - 1))
    assert defined > 0.8 * TABLES


def test_unequal_repeats_equal_an_analysis_of_variance_on_random_tables():
    random, defined = Random(7), 0
    for _ in range(TABLES):
        rows = [[random.randint(1, 10) for _ in range(random.randint(1, 4))] for _ in range(random.randint(2, 20))]
        sizes = np.array([len(row) for row in rows])
        told = judge_variance([*rows, []])
        assert (told.rows, told.scores) == (len(rows), sizes.sum())
        within = sum(((np.array(row) - np.mean(row)) ** 2).sum() for row in rows)
        if sizes.max() == 1 or not within:
            continue
        defined += 1
        ratio = stats.f_oneway(*rows).statistic
        size = (sizes.sum() - (sizes**2).sum() / sizes.sum()) / (len(rows) - 1)
        assert told.within == near(within / (sizes.sum() - len(rows)))
        assert told.icc == near((ratio - 1) / (ratio + size - 1))
        assert told.between == near(told.within * (ratio - 1) / size)
    assert defined > 0.8 * TABLES


def test_components_of_the_example_of_shrout_and_fleiss():
    rows = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
    told = judge_variance(rows)
    assert told.icc == pytest.approx(0.17, abs=0.005)
    assert told.within == pytest.approx(6.26, abs=0.005)
    assert told.within + 4 * told.between == pytest.approx(11.24, abs=0.005)


def test_components_worked_example():
    # Row means 2 and 7, 4.5 in all: squares within 2 + 2 over 2, between 2 * 6.25 * 2 over 1, less 2, halved.
    assert judge_variance([[1, 3], [6, 8]]) == JudgeVariance(2, 4, 2, 11.5, near(11.5 / 13.5))


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([], JudgeVariance(0, 0, None, None, None)),
        ([[]], JudgeVariance(0, 0, None, None, None)),
        ([[5], [6], [7]], JudgeVariance(3, 3, None, None, None)),
        ([[5, 7]], JudgeVariance(1, 2, 2, None, None)),
        ([[0.1, 0.1], [0.1, 0.1, 0.1]], JudgeVariance(2, 5, 0, 0, None)),
        ([[5, 5], [9, 9]], JudgeVariance(2, 4, 0, 8, 1)),
        ([[5, 9], [9, 5]], JudgeVariance(2, 4, 8, -4, -1)),
    ],
)
def test_components_without_rows_repeats_or_variation(rows, told):
    assert judge_variance(rows) == told


# Length


def test_length_bias_is_the_rank_correlation():
    assert length_bias([1, 2, 3, 9], [10, 40, 90, 91]) == 1
    assert length_bias([9, 3, 2, 1], [10, 40, 90, 91]) == -1
    assert length_bias([1, 2, 2], [30, 30, 31]) == near(stats.spearmanr([1, 2, 2], [30, 30, 31]).statistic)
    assert length_bias([5, 5, 5], [1, 2, 3]) is None
