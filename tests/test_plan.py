from __future__ import annotations

import random
from collections import Counter
from fractions import Fraction
from itertools import combinations
from math import floor

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from synthgen.plan import Plan, apportion, lift, spread
from synthgen.records import Cell
from synthgen.spec import Spec

WEIGHTS = st.lists(st.floats(min_value=1e-9, max_value=1e9) | st.integers(1, 500), min_size=1, max_size=40)
SIZES = {"small": 1.0, "middle": 2.0, "large": 3.5}


def largest_remainder(weights, total):
    """The method as textbooks have it, in exact fractions: the shares that it gives, without any floor."""
    quotas = [Fraction(weight) * total / sum(map(Fraction, weights)) for weight in weights]
    shares = [floor(quota) for quota in quotas]
    order = sorted(range(len(weights)), key=lambda at: (-(quotas[at] - shares[at]), at))
    return [share + (at in order[: total - sum(shares)]) for at, share in enumerate(shares)]


def spec_of(topics=None, **parts):
    return Spec(name="trial", topics=topics or [{"name": "Rent"}, {"name": "Repairs", "weight": 2.5}], **parts)


def marginals(plan, facet, cells=None):
    cells = plan.targets if cells is None else cells
    return Counter(plan.facets(cell, seat)[facet] for cell in cells for seat in range(plan.targets[cell]))


@given(WEIGHTS, st.integers(0, 5_000))
def test_apportion_is_the_largest_remainder_where_no_floor_is_touched(weights, total):
    wanted = largest_remainder(weights, total)
    assume(total < len(weights) or min(wanted) >= 1)
    assert apportion(weights, total) == wanted


@given(WEIGHTS, st.integers(0, 5_000), st.data())
def test_apportion_adds_up_and_keeps_its_floors(weights, total, data):
    held = data.draw(st.lists(st.integers(0, 60), min_size=len(weights), max_size=len(weights)))
    assume(sum(held) <= total)
    shares = apportion(weights, total, held)
    assert sum(shares) == total
    assert all(share >= least for share, least in zip(shares, held, strict=True))
    if total >= sum(max(least, 1) for least in held):
        assert min(shares) >= 1


@given(st.lists(st.floats(0.001, 1000), min_size=1, max_size=6), st.integers(0, 200), st.data())
def test_those_who_keep_their_floor_are_due_less_and_the_others_share_the_rest(weights, total, data):
    held = data.draw(st.lists(st.integers(0, 40), min_size=len(weights), max_size=len(weights)))
    floors = [max(least, 1) if total >= len(weights) else least for least in held]
    assume(sum(floors) <= total)
    shares = apportion(weights, total, held)
    on_floor = [at for at, share in enumerate(shares) if share == floors[at]]
    explained = [
        kept
        for size in range(len(on_floor) + 1)
        for kept in map(set, combinations(on_floor, size))
        if _explains(weights, shares, floors, kept)
    ]
    assert explained


def _explains(weights, shares, floors, kept):
    """Say whether `shares` follow when `kept` keep their floors: each is due less, the rest go by the method."""
    free = [at for at in range(len(weights)) if at not in kept]
    rest = sum(shares[at] for at in free)
    if not free:
        return sum(floors) == sum(shares)
    rate = Fraction(rest) / sum(Fraction(weights[at]) for at in free)
    return all(Fraction(weights[at]) * rate < floors[at] for at in kept) and largest_remainder(
        [weights[at] for at in free], rest
    ) == [shares[at] for at in free]


@pytest.mark.parametrize(
    ("weights", "total", "held", "shares"),
    [
        ([1, 1, 1], 2, (), [1, 1, 0]),  # ties go to the earlier
        ([1, 1, 1, 1], 6, (), [2, 2, 1, 1]),
        ([184, 115, 99], 0, (), [0, 0, 0]),
        ([1000, 1], 2, (), [1, 1]),  # enough for all: one each
        ([1000, 1], 1, (), [1, 0]),
        ([1, 1000, 1000], 2, (), [0, 1, 1]),
        ([1, 1], 10, (8, 0), [8, 2]),  # what is held is kept, the rest goes to whom it is due
        ([3, 1], 8, (1, 4), [4, 4]),
        ([1, 1, 1], 4, (4, 0, 0), [4, 0, 0]),
        ([0.1, 0.2, 0.3, 0.4], 10, (), [1, 2, 3, 4]),
        ([1e308, 1e308, 1e-300], 7, (), [3, 3, 1]),
        ([5], 3, (), [3]),
    ],
)
def test_apportion_by_hand(weights, total, held, shares):
    assert apportion(weights, total, held) == shares


def test_apportion_refuses_what_cannot_be():
    with pytest.raises(ValueError, match="5 are held already, more than 4"):
        apportion([1, 1], 4, [3, 2])


@given(st.integers(1, 30), st.integers(0, 300))
def test_equal_weights_differ_by_one_at_most_and_the_earlier_have_more(count, total):
    shares = apportion([2.5] * count, total)
    assert max(shares) - min(shares) <= 1
    assert shares == sorted(shares, reverse=True)


def test_every_cell_of_very_uneven_weights_is_wanted():
    weights = [184, 115, 99, 95, 88, 67, 51, 50, 47, 43, 42, 35, 32, 27, 21, 19, 15, 12, 10, 8, 5, 5, 4, 1]
    for total in (24, 25, 100, 1000):
        shares = apportion(weights, total)
        assert sum(shares) == total
        assert min(shares) >= 1


@given(
    st.lists(st.floats(0.01, 100), min_size=1, max_size=8),
    st.dictionaries(st.sampled_from(["en", "zh", "de"]), st.floats(0.1, 5), min_size=1),
    st.lists(st.integers(0, 400), min_size=1, max_size=4).map(sorted),
    st.integers(0, 5),
)
def test_an_extended_plan_keeps_every_seat(weights, languages, totals, seed):
    topics = [{"name": f"T{at}", "weight": weight} for at, weight in enumerate(weights)]
    topics[0]["facets"] = {"size": {"small": 1, "huge": 2}}
    spec = spec_of(topics, languages=languages, facets={"size": SIZES, "tone": ["calm", "upset"]})
    for upto in range(1, len(totals)):
        before, after = Plan(spec, totals[:upto], seed), Plan(spec, totals[: upto + 1], seed)
        assert sum(before.targets.values()) == totals[upto - 1]
        assert sum(after.targets.values()) == totals[upto]
        for cell, count in before.targets.items():
            assert after.targets[cell] >= count
            for seat in range(count):
                assert before.facets(cell, seat) == after.facets(cell, seat)


@given(st.integers(0, 700), st.integers(0, 9))
def test_facets_come_out_exact(total, seed):
    spec = spec_of(facets={"size": SIZES, "tone": {"calm": 1, "upset": 1}}, languages={"en": 2, "zh": 1})
    plan = Plan(spec, [total], seed)
    for facet, weights in spec.facets.items():
        dealt = marginals(plan, facet)
        assert [dealt[value] for value in weights] == apportion(list(weights.values()), total)


@given(st.integers(0, 700), st.integers(0, 9))
def test_a_topic_with_weights_of_its_own_is_exact_by_itself(total, seed):
    own = {"calm": 9.0, "desperate": 1.0}
    topics = [{"name": "Rent"}, {"name": "Eviction", "weight": 2, "facets": {"tone": own}}, {"name": "Noise"}]
    plan = Plan(spec_of(topics, facets={"tone": ["calm", "upset"]}, languages=["en", "zh"]), [total], seed)
    for weights, names in ((own, {"Eviction"}), ({"calm": 1.0, "upset": 1.0}, {"Rent", "Noise"})):
        cells = [cell for cell in plan.targets if cell.topic in names]
        dealt = marginals(plan, "tone", cells)
        seats = sum(plan.targets[cell] for cell in cells)
        assert [dealt[value] for value in weights] == apportion(list(weights.values()), seats)
        assert set(dealt) <= set(weights)


@given(st.lists(st.integers(1, 300), min_size=2, max_size=4).map(sorted))
def test_marginals_of_an_extended_plan_are_those_of_a_plan_made_at_once(totals):
    spec = spec_of(facets={"size": SIZES})
    dealt = marginals(Plan(spec, totals, 3), "size")
    held = [0, 0, 0]
    for total in totals:
        held = apportion(list(SIZES.values()), total, held)
    assert [dealt[value] for value in SIZES] == held


def test_the_same_seed_gives_the_same_plan_and_another_seed_another():
    spec = spec_of(facets={"size": SIZES, "tone": ["calm", "upset"]})

    def deal(seed):
        plan = Plan(spec, [60], seed)
        return [plan.facets(cell, seat) for cell, count in plan.targets.items() for seat in range(count)]

    assert deal(1) == deal(1)
    assert deal(1) != deal(2)


def test_two_facets_of_equal_weights_are_not_dealt_in_step():
    spec = spec_of([{"name": "Only"}], facets={"left": ["a", "b"], "right": ["a", "b"]})
    plan = Plan(spec, [200], 0)
    pairs = Counter(tuple(plan.facets(Cell("Only", "en"), seat).values()) for seat in range(200))
    assert set(pairs) == {("a", "a"), ("a", "b"), ("b", "a"), ("b", "b")}
    assert min(pairs.values()) > 20


def test_a_plan_without_facets_deals_none():
    plan = Plan(spec_of(), [5], 0)
    assert plan.facets(Cell("Rent", "en"), 0) == {}


def test_a_plan_of_many_rows_and_cells_adds_up():
    dice = random.Random(7)
    topics = [{"name": f"T{at}", "weight": dice.uniform(0.1, 9)} for at in range(500)]
    spec = spec_of(topics, languages=["en", "zh"], facets={"size": SIZES, "tone": ["calm", "upset"]})
    plan = Plan(spec, [100_000], 0)
    assert sum(plan.targets.values()) == 100_000
    assert min(plan.targets.values()) >= 1
    assert sorted(marginals(plan, "tone").values()) == [50_000, 50_000]


TABLES = st.lists(st.integers(0, 60), min_size=1, max_size=12).flatmap(
    lambda rows: st.tuples(st.just(rows), st.lists(st.integers(0, sum(rows)), max_size=8).map(sorted))
)


@given(TABLES)
def test_a_spread_adds_up_and_each_count_is_its_share_rounded(table):
    rows, cuts = table
    total = sum(rows)
    columns = [high - low for low, high in zip([0, *cuts], [*cuts, total], strict=True)]
    counts = spread(rows, columns)
    assert [sum(row) for row in counts] == rows
    assert [sum(column) for column in zip(*counts, strict=True)] == columns
    for row, shares in zip(rows, counts, strict=True):
        for column, count in zip(columns, shares, strict=True):
            assert count >= 0
            assert abs(count - Fraction(row * column, max(1, total))) <= 1


def test_few_counts_do_not_all_fall_on_the_first_columns():
    counts = spread([1, 1, 1, 1], [2, 1, 1])
    assert [sum(column) for column in zip(*counts, strict=True)] == [2, 1, 1]
    assert spread([], []) == []


KINDS = st.dictionaries(
    st.tuples(st.sampled_from(["4-8", "10-20"]), st.sampled_from(["a", "b", "c"])), st.integers(1, 20), min_size=1
)
SUBJECTS = st.lists(st.integers(1, 50), min_size=1, max_size=10)


def marginals_of(targets, part):
    counts = Counter()
    for cell, count in targets.items():
        counts[part(cell)] += count
    return counts


@given(SUBJECTS, KINDS, st.integers(0, 2000))
def test_topics_languages_and_kinds_are_exact_each_and_cells_near_their_share(weights, kinds, total):
    topics = [{"name": f"T{at}", "weight": weight} for at, weight in enumerate(weights)]
    spec = spec_of(topics, languages={"en": 2, "zh": 1})
    targets = Plan(spec, [total], 0, kinds).targets
    subjects = {(topic.name, language): topic.weight * share for topic in spec.topics
                for language, share in spec.languages.items()}  # fmt: skip
    assert sum(targets.values()) == total
    assert set(targets) == {Cell(*subject, *kind) for subject in subjects for kind in kinds}
    has_all = total >= len(targets)
    if has_all:
        assert min(targets.values()) >= 1
    rows = marginals_of(targets, lambda cell: cell[:2])
    columns = marginals_of(targets, lambda cell: cell[2:])
    for weighed, part in (
        ({topic.name: topic.weight for topic in spec.topics}, lambda cell: cell.topic),
        (spec.languages, lambda cell: cell.language),
        (kinds, lambda cell: cell[2:]),
    ):
        floor = len(targets) // len(weighed) if has_all else 0
        counts = marginals_of(targets, part)
        assert [counts[each] for each in weighed] == apportion([*weighed.values()], total, [floor] * len(weighed))
    # Where nobody is lifted to one, each cell is its share, rounded.
    if not has_all or all(rows[subject] * columns[kind] >= total for subject in subjects for kind in kinds):
        for cell, count in targets.items():
            assert abs(count - Fraction(rows[cell[:2]] * columns[cell[2:]], max(1, total))) <= 1


# From 22 rows on every topic has one in each language, so that of 30 the lesser language has 11 and not 10.
@pytest.mark.parametrize(("totals", "en"), [([6], 4), ([12], 8), ([30], 19), ([10, 30, 90], 60), ([1], 1), ([2, 3], 2)])
def test_few_rows_are_in_every_language_by_its_weight(totals, en):
    spec = spec_of([{"name": f"T{at}"} for at in range(11)], languages={"en": 2, "zh": 1})
    targets = Plan(spec, totals, 0).targets
    assert marginals_of(targets, lambda cell: cell.language)["en"] == en
    assert sum(targets.values()) == totals[-1]


def test_topics_stay_exact_while_a_run_in_two_languages_grows():
    spec = spec_of([{"name": f"T{at}"} for at in range(11)], languages={"en": 1, "zh": 1})
    targets = Plan(spec, [7, 11, 23, 47], 0, {("4-6", "a"): 2, ("8-10", "a"): 1}).targets
    assert {*marginals_of(targets, lambda cell: cell.topic).values()} == {4, 5}
    assert sorted(marginals_of(targets, lambda cell: cell.language).values()) == [23, 24]


def test_what_lifts_the_least_cells_is_taken_from_many():
    weights = [184, 115, 99, 95, 88, 67, 51, 50, 47, 43, 42, 35, 32, 27, 21, 19, 15, 12, 10, 8, 5, 5, 4, 1]
    spec = spec_of([{"name": f"T{at}", "weight": weight} for at, weight in enumerate(weights)])
    for total in (200, 400, 1000):
        targets = Plan(spec, [total], 0, {("4-8", ""): 5, ("10-20", ""): 1}).targets
        assert min(targets.values()) >= 1
        rows = marginals_of(targets, lambda cell: cell.topic)
        columns = marginals_of(targets, lambda cell: cell.turns)
        assert columns == {"4-8": round(total * 5 / 6), "10-20": total - round(total * 5 / 6)}
        for cell, count in targets.items():
            assert abs(count - rows[cell.topic] * columns[cell.turns] / total) <= 2


def test_counts_are_lifted_to_their_least_within_their_sums():
    counts = [[5, 0, 0], [1, 1, 0], [0, 0, 3]]
    lift(counts, [[1, 1, 1], [0, 0, 1], [0, 0, 0]])
    assert [sum(row) for row in counts] == [5, 2, 3]
    assert [sum(column) for column in zip(*counts, strict=True)] == [6, 1, 3]
    assert min(counts[0]) == counts[1][2] == 1


@given(SUBJECTS, KINDS, st.lists(st.integers(0, 600), min_size=2, max_size=4).map(sorted))
def test_growth_never_lowers_a_cell_of_any_kind(weights, kinds, totals):
    spec = spec_of([{"name": f"T{at}", "weight": weight} for at, weight in enumerate(weights)], facets={"size": SIZES})
    plans = [Plan(spec, totals[: at + 1], 3, kinds) for at in range(len(totals))]
    for total, before, after in zip(totals[1:], plans, plans[1:], strict=False):
        assert sum(after.targets.values()) == total
        for cell, count in before.targets.items():
            assert after.targets[cell] >= count
            assert [before.facets(cell, seat) for seat in range(count)] == [
                after.facets(cell, seat) for seat in range(count)
            ]
    if totals[0] >= len(plans[-1].targets):
        assert min(plans[-1].targets.values()) >= 1
