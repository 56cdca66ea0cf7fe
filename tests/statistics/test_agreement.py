from __future__ import annotations

from fractions import Fraction
from random import Random

import krippendorff
import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats import inter_rater

from synthgen.statistics.agreement import cohen_kappa, fleiss_kappa, krippendorff_alpha

TABLES = 1000
LEVELS = ["nominal", "ordinal", "interval"]
POINTS = st.integers(1, 10)
PAIRS = st.lists(st.tuples(POINTS, POINTS), max_size=30)
WITH_GAPS = st.integers(1, 4).flatmap(lambda m: st.lists(st.lists(POINTS | st.none(), min_size=m, max_size=m)))


def near(figure):
    return pytest.approx(figure, abs=1e-9, rel=0)


def random_points(random, raters, *, missing=0.0):
    """Return items x raters of points that agree more or less, now and then not varying at all."""
    most, noise = random.randint(1, 10), random.random()
    rows = []
    for _ in range(random.randint(1, 40)):
        truth = random.randint(1, most)
        row = [truth if random.random() > noise else random.randint(1, most) for _ in range(raters)]
        rows.append([None if random.random() < missing else point for point in row])
    return rows


# Cohen's kappa


@pytest.mark.parametrize("weights", ["", "quadratic"])
def test_cohen_equals_scikit_learn_on_random_tables(weights):
    random, defined = Random(10), 0
    for _ in range(TABLES):
        a, b = zip(*random_points(random, 2), strict=True)
        told = cohen_kappa(a, b, weights)
        if len({*a, *b}) == 1:
            assert told is None
            continue
        defined += 1
        assert told == near(cohen_kappa_score(a, b, labels=range(1, 11), weights=weights or None))
    assert defined > 0.8 * TABLES


def test_cohen_worked_example():
    # 20 items, 16 alike; each rater says yes to half: expected by chance 0.5, so (0.8 - 0.5) / (1 - 0.5).
    a = ["yes"] * 10 + ["no"] * 10
    b = ["yes"] * 8 + ["no"] * 2 + ["yes"] * 2 + ["no"] * 8
    assert cohen_kappa(a, b) == near(0.6)
    assert cohen_kappa(["x", "y"], ["y", "x"]) == -1
    assert cohen_kappa(["x", "x"], ["y", "y"]) == 0


def test_quadratic_kappa_worked_example():
    # Squared distances 0, 1, 4 sum to 5; over all nine pairs of (1, 2, 3) and (1, 3, 5) they sum to 0+4+16+1+1+9+4+0+4.
    assert cohen_kappa([1, 2, 3], [1, 3, 5], "quadratic") == near(1 - 3 * 5 / 39)


def test_points_that_nobody_used_keep_their_distance():
    assert cohen_kappa([1, 1, 9], [1, 9, 10], "quadratic") != cohen_kappa([1, 1, 2], [1, 2, 3], "quadratic")


@pytest.mark.parametrize("weights", ["", "quadratic"])
@pytest.mark.parametrize(("a", "b"), [([], []), ([3], [3]), ([7, 7, 7], [7, 7, 7])])
def test_cohen_is_undefined_without_variation(a, b, weights):
    assert cohen_kappa(a, b, weights) is None


def test_one_rater_without_variation_is_chance():
    assert cohen_kappa(["x", "x", "x"], ["x", "y", "x"]) == 0


def test_cohen_refuses_what_it_cannot_count():
    with pytest.raises(ValueError, match="same items, got 2 and 1"):
        cohen_kappa(["x", "y"], ["x"])
    with pytest.raises(ValueError, match="rating is missing"):
        cohen_kappa(["x", "y"], ["x", None])


@given(PAIRS, st.sampled_from(["", "quadratic"]))
def test_cohen_does_not_ask_who_is_first_and_lies_between_the_ends(pairs, weights):
    a, b = [one for one, _ in pairs], [other for _, other in pairs]
    told = cohen_kappa(a, b, weights)
    assert told == cohen_kappa(b, a, weights)
    assert told is None or -1 <= told <= 1
    assert cohen_kappa(a, a, weights) == (1 if len(set(a)) > 1 else None)


@given(PAIRS, st.integers(-5, 5), st.integers(1, 5))
def test_quadratic_kappa_knows_no_unit(pairs, shift, unit):
    a, b = [one for one, _ in pairs], [other for _, other in pairs]
    moved = [[shift + unit * point for point in rater] for rater in (a, b)]
    assert cohen_kappa(*moved, "quadratic") == cohen_kappa(a, b, "quadratic")


# Fleiss' kappa


def test_fleiss_equals_statsmodels_on_random_tables():
    random, defined = Random(20), 0
    for _ in range(TABLES):
        rows = random_points(random, random.randint(2, 6))
        told = fleiss_kappa(rows)
        if len({point for row in rows for point in row}) == 1:
            assert told is None
            continue
        defined += 1
        assert told == near(inter_rater.fleiss_kappa(inter_rater.aggregate_raters(np.array(rows))[0]))
    assert defined > 0.8 * TABLES


def test_fleiss_worked_example():
    # Three raters, two items. Unlike pairs: none in the first, 4 of 6 in the second: observed 1/3.
    # Four x and two y of six: expected 1 - (16 + 4) / 36 = 4/9. So 1 - (1/3) / (4/9).
    assert fleiss_kappa(["xxx", "xyy"]) == near(0.25)


@pytest.mark.parametrize("rows", [[], [[], []], ["x"], ["x", "y"], ["xx", "xx"]])
def test_fleiss_is_undefined_without_items_raters_or_variation(rows):
    assert fleiss_kappa(rows) is None


def test_fleiss_refuses_what_it_cannot_count():
    with pytest.raises(ValueError, match="same number of ratings, got 1 to 2"):
        fleiss_kappa(["xx", "x"])
    with pytest.raises(ValueError, match="rating is missing"):
        fleiss_kappa([["x", None]])


@given(st.integers(2, 5).flatmap(lambda m: st.lists(st.lists(POINTS, min_size=m, max_size=m), min_size=1)))
def test_fleiss_and_nominal_alpha_differ_by_the_correction_for_few_ratings(rows):
    kappa, alpha = fleiss_kappa(rows), krippendorff_alpha(rows)
    count = sum(map(len, rows))
    assert (kappa is None) == (alpha is None)
    if kappa is not None:
        assert 1 - alpha == near((1 - kappa) * (count - 1) / count)
        assert -1 <= kappa <= 1


# Krippendorff's alpha


@pytest.mark.parametrize("level", LEVELS)
def test_alpha_equals_the_krippendorff_package_on_random_tables(level):
    random, defined = Random(30), 0
    for _ in range(TABLES):
        rows = random_points(random, random.randint(2, 6), missing=random.choice([0, 0.1, 0.6]))
        told = krippendorff_alpha(rows, level)
        paired = [[point for point in row if point is not None] for row in rows]
        if len({point for row in paired if len(row) > 1 for point in row}) < 2:
            assert told is None
            continue
        defined += 1
        by_rater = np.array(rows, dtype=float).T
        assert told == near(krippendorff.alpha(by_rater, level_of_measurement=level))
    assert defined > 0.7 * TABLES


@pytest.mark.parametrize(
    ("level", "alpha"),
    [
        # Paired ratings are 1 1, 1 2, 3 3: n = 6, three pairs of raters, one of them unlike.
        # Nominal: D of the items 2, of all 36 - (9 + 1 + 4) = 22: 1 - 5 * 2 / 22.
        ("nominal", 1 - 10 / 22),
        # Interval: D of the items 2, of all 2 (3 * 1 + 6 * 4 + 2 * 1) = 58.
        ("interval", 1 - 10 / 58),
        # Ordinal: middle ranks 1.5, 3.5, 5. D of the items 2 * 4; of all 2 (3 * 4 + 6 * 12.25 + 2 * 2.25) = 180.
        ("ordinal", 1 - 5 * 8 / 180),
    ],
)
def test_alpha_worked_example(level, alpha):
    assert krippendorff_alpha([[1, 1, None], [1, None, 2], [None, 3, 3], [9, None, None]], level) == near(alpha)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize(
    "rows",
    [
        [],
        [[]],
        [[None, None]],
        [[1], [2]],
        [[1, None], [None, 2]],
        [[4, 4], [4, 4]],
        [[4, 4], [5, None]],
    ],
)
def test_alpha_is_undefined_without_two_values_to_pair(rows, level):
    assert krippendorff_alpha(rows, level) is None


def test_alpha_takes_any_label_and_any_number():
    assert krippendorff_alpha([["悲伤", "悲伤"], ["愤怒", "愤怒"]]) == 1
    assert krippendorff_alpha([[1e-200, 1e-200], [3e-200, 3e-200]], "interval") == 1
    assert krippendorff_alpha([[10**400, 10**400], [0, 0]], "interval") == 1
    assert krippendorff_alpha([[0.1, 0.2], [0.3, 0.3]], "ordinal") == krippendorff_alpha([[1, 2], [3, 3]], "ordinal")


@pytest.mark.parametrize("level", ["ordinal", "interval"])
@pytest.mark.parametrize("rating", [float("nan"), float("inf")])
def test_alpha_refuses_a_number_that_is_none(rating, level):
    with pytest.raises((ValueError, OverflowError), match=r"[Cc]annot convert"):
        krippendorff_alpha([[1.0, rating]], level)


@given(WITH_GAPS, st.sampled_from(LEVELS), st.randoms())
def test_alpha_does_not_ask_for_order_or_for_items_that_one_rated(rows, level, random):
    told = krippendorff_alpha(rows, level)
    assert told is None or told <= 1
    shuffled = [random.sample(row, len(row)) for row in random.sample(rows, len(rows))]
    assert krippendorff_alpha([*shuffled, [None, 5], []], level) == told


@given(WITH_GAPS)
def test_ordinal_alpha_knows_ranks_and_interval_alpha_distances(rows):
    cubed = [[None if point is None else point**3 for point in row] for row in rows]
    moved = [[None if point is None else 7 - 3 * point for point in row] for row in rows]
    assert krippendorff_alpha(cubed, "ordinal") == krippendorff_alpha(rows, "ordinal")
    assert krippendorff_alpha(moved, "interval") == krippendorff_alpha(rows, "interval")


@given(PAIRS)
def test_alpha_of_two_points_of_view_is_exact(pairs):
    """The figure is the float nearest to the fraction that the definition gives, summed pair by pair."""
    every = [point for pair in pairs for point in pair]
    expected = sum((one - other) ** 2 for one in every for other in every)
    assume(expected)
    observed = sum(2 * (one - other) ** 2 for one, other in pairs)
    assert krippendorff_alpha(pairs, "interval") == float(1 - Fraction((len(every) - 1) * observed, expected))
