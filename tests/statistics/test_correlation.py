from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from synthgen.statistics.correlation import linear_fit, pearson, spearman

TABLES = 1000
POINTS = st.integers(1, 10)
PAIRS = st.lists(st.tuples(POINTS, POINTS), max_size=30)
FIGURES = [pearson, spearman, linear_fit]


def near(figure):
    return pytest.approx(figure, abs=1e-9, rel=1e-9)


def random_pair(random):
    """Return two figures of the same items: points with many ties, or numbers with hardly any."""
    most, noise = random.randint(1, 10), random.random() * 10
    if random.random() < 0.5:
        a = [random.randint(1, most) for _ in range(random.randint(2, 40))]
        return a, [max(1, min(10, round(one + random.gauss(0, noise)))) for one in a]
    a = [random.uniform(-most, most) for _ in range(random.randint(3, 40))]
    return a, [random.choice([0.1, -2.5]) * one + random.gauss(1000, noise) for one in a]


@pytest.mark.parametrize(("ours", "reference"), [(pearson, stats.pearsonr), (spearman, stats.spearmanr)])
def test_correlations_equal_scipy_on_random_tables(ours, reference):
    random, defined = Random(1), 0
    for _ in range(TABLES):
        a, b = random_pair(random)
        told = ours(a, b)
        if len(set(a)) == 1 or len(set(b)) == 1:
            assert told is None
            continue
        defined += 1
        assert told == near(reference(a, b).statistic)
    assert defined > 0.8 * TABLES


def test_fit_equals_scipy_on_random_tables():
    random, defined = Random(2), 0
    for _ in range(TABLES):
        x, y = random_pair(random)
        told = linear_fit(x, y)
        if len(set(x)) == 1:
            assert told is None
            continue
        defined += 1
        wanted = stats.linregress(x, y)
        assert told == near((wanted.slope, wanted.intercept))
    assert defined > 0.8 * TABLES


def test_worked_examples():
    # Means 2 and 4; products of the differences 2 + 0 + 1 = 3, squares 2 and 4 + 1 + 1 = 6.
    assert pearson([1, 2, 3], [2, 5, 5]) == near(3 / 12**0.5)
    assert linear_fit([1, 2, 3], [2, 5, 5]) == near((1.5, 1))
    # Ranks 1, 2.5, 2.5, 4 and 1, 3, 2, 4; squares 4.5 and 5, products 2.25 + 0 + 0 + 2.25.
    assert spearman([10, 20, 20, 90], [1, 5, 3, 6]) == near(4.5 / 22.5**0.5)


@pytest.mark.parametrize(("a", "b"), [([], []), ([3], [4]), ([0.1, 0.1, 0.1], [1, 2, 3])])
@pytest.mark.parametrize("figure", FIGURES)
def test_nothing_goes_together_with_what_does_not_vary(figure, a, b):
    assert figure(a, b) is None


def test_a_fit_asks_only_the_first_to_vary():
    assert pearson([1, 2, 3], [0.1, 0.1, 0.1]) is None
    assert spearman([1, 2, 3], [0.1, 0.1, 0.1]) is None
    assert linear_fit([1, 2, 3], [0.1, 0.1, 0.1]) == (0, 0.1)


def test_figures_of_any_size_are_told():
    assert pearson([1e-300, 2e-300, 3e-300], [1e300, 2e300, 3e300]) == 1
    assert pearson([1e16, 1e16 + 2, 1e16 + 4], [3, 2, 1]) == -1
    assert linear_fit([1e16, 1e16 + 2], [0, 1]) == (0.5, -5e15)
    assert spearman([5e-324, 0, 1e308], [2, 1, 3]) == 1
    with pytest.raises(OverflowError):
        linear_fit([0, 5e-324], [0, 1e308])


@pytest.mark.parametrize("figure", FIGURES)
@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_a_number_that_is_none_is_refused(figure, number):
    with pytest.raises((ValueError, OverflowError), match="cannot convert"):
        figure([1, 2, number], [1, 2, 3])


@pytest.mark.parametrize("figure", FIGURES)
def test_both_must_be_of_the_same_items(figure):
    with pytest.raises(ValueError, match="same items, got 2 and 1"):
        figure([1, 2], [1])


@given(PAIRS, st.integers(-5, 5), st.integers(1, 5))
def test_correlations_lie_between_the_ends_and_know_neither_order_nor_unit(pairs, shift, unit):
    a, b = [one for one, _ in pairs], [other for _, other in pairs]
    moved = [shift + 0.1 * unit * point for point in a]
    for figure in (pearson, spearman):
        told = figure(a, b)
        assert told is None or -1 <= told <= 1
        assert told == figure(b, a)
        assert figure(a, a) == (1 if len(set(a)) > 1 else None)
        assert figure(a, [-point for point in a]) == (-1 if len(set(a)) > 1 else None)
        assert figure(moved, b) == (None if told is None else near(told))


@given(PAIRS)
def test_ranks_are_all_that_spearman_knows(pairs):
    a, b = [one for one, _ in pairs], [other for _, other in pairs]
    assert spearman([point**5 for point in a], b) == spearman(a, b)


@given(PAIRS)
def test_a_fit_is_the_float_nearest_to_what_its_normal_equations_give(pairs):
    x, y = [one for one, _ in pairs], [other for _, other in pairs]
    if (told := linear_fit(x, y)) is None:
        assert len(set(x)) < 2
        return
    mean_x, mean_y = Fraction(sum(x), len(x)), Fraction(sum(y), len(y))
    slope = sum((one - mean_x) * (other - mean_y) for one, other in pairs) / sum((one - mean_x) ** 2 for one in x)
    assert told == (float(slope), float(mean_y - slope * mean_x))
