from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from synthgen.statistics.preferences import Share, position_bias, sign_test, wilson_interval, win_rates

TABLES = 1000


def near(figure):
    return pytest.approx(figure, abs=1e-9, rel=0)


def test_sign_test_equals_scipy_on_random_tables():
    random = Random(1)
    for _ in range(TABLES):
        wins, losses = random.randint(0, 60), random.randint(0 if random.random() < 0.5 else 1, 60)
        if wins + losses:
            assert sign_test(wins, losses) == near(stats.binomtest(wins, wins + losses).pvalue)


def test_intervals_equal_statsmodels_on_random_tables():
    random = Random(2)
    for _ in range(TABLES):
        of = random.randint(1, 500)
        count = random.choice([0, of, random.randint(0, of)])
        assert wilson_interval(count, of) == near(proportion_confint(count, of, method="wilson"))


def test_sign_test_worked_examples():
    # Of five, none or one are 1 + 5 of 32 ways; the other tail as many.
    assert sign_test(4, 1) == 12 / 32
    assert sign_test(1, 4) == 12 / 32
    assert sign_test(0, 1) == sign_test(3, 3) == 1
    assert sign_test(0, 0) is None
    assert sign_test(0, 5000) == 0 < sign_test(0, 1000) == 2.0**-999


def test_win_rates_worked_example():
    told = win_rates(["a"] * 4 + ["b"] + ["tie"] * 5)
    assert (told.pairs, told.a.count, told.b.count, told.tie.count) == (10, 4, 1, 5)
    assert (told.a.share, told.b.share, told.tie.share) == (0.4, 0.1, 0.5)
    assert told.p_value == 12 / 32
    # z^2 = 3.8415: (4 + 1.9207 +- 1.96 sqrt(2.4 + 0.9604)) / 13.8415.
    assert told.a.interval == pytest.approx((0.16818, 0.68733), abs=1e-5)
    low, high = told.tie.interval
    assert low + high == near(1)


def test_no_pairs_have_no_rates():
    told = win_rates([])
    assert told.a == told.b == told.tie == Share(0, None, None)
    assert told.p_value is None
    only_ties = win_rates(["tie", "tie"])
    assert only_ties.tie.share == 1
    assert only_ties.p_value is None


def test_position_bias_worked_example():
    told = position_bias(["first"] * 4 + ["second"] + ["tie"] * 3)
    assert (told.decided, told.ties, told.first.count, told.first.share) == (5, 3, 4, 0.8)
    assert told.beyond_half == near(0.3)
    assert told.p_value == 12 / 32
    assert told.first.interval == wilson_interval(4, 5)


def test_no_decided_pair_has_no_bias():
    told = position_bias(["tie"])
    assert (told.decided, told.ties, told.first) == (0, 1, Share(0, None, None))
    assert told.beyond_half is None
    assert told.p_value is None


def test_a_better_answer_in_both_orders_is_no_bias():
    told = position_bias(["first", "second"] * 40)
    assert (told.beyond_half, told.p_value) == (0, 1)
    favoured = position_bias(["first", "first"] * 40)
    assert favoured.beyond_half == 0.5
    assert favoured.p_value == 2.0**-79


@pytest.mark.parametrize("figure", [win_rates, position_bias])
def test_an_unknown_outcome_is_refused(figure):
    with pytest.raises(ValueError, match=r"one of .*tie, got \['A'\]"):
        figure(["tie", "A"])


@given(st.integers(0, 300), st.integers(0, 300))
def test_sides_may_be_changed(one, other):
    told, turned = win_rates(["a"] * one + ["b"] * other), win_rates(["b"] * one + ["a"] * other)
    assert (told.a, told.b, told.p_value) == (turned.b, turned.a, turned.p_value)
    for share in (told.a, told.b):
        if share.interval is not None:
            low, high = share.interval
            assert 0 <= low <= share.share <= high <= 1
