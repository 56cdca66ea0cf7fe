"""Counts, samples and lengths in bounded memory."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthgen.measures.lengths import bin_width, bins, length_figures
from synthgen.measures.openings import opening
from synthgen.measures.reservoir import Reservoir
from synthgen.measures.tally import Tally


def test_a_tally_counts_and_ranks():
    tally = Tally()
    for word in "b a b c a b".split():
        tally.add(word)
    assert list(tally.counts().items()) == [("b", 3), ("a", 2), ("c", 1)]
    assert tally.counts(1) == {"b": 3}
    assert (tally.total, len(tally), tally.is_exact) == (6, 3, True)
    assert "a" in tally
    assert "z" not in tally


def test_a_tally_forgets_what_is_rare_and_keeps_what_is_frequent():
    tally = Tally(most=100)
    for number in range(5000):
        tally.add(f"once {number}")
        tally.add("often")
    assert len(tally) <= 100
    assert tally.counts(1) == {"often": 5000}
    assert tally.total == 10_000
    assert not tally.is_exact


def test_a_tally_lets_go_even_where_everything_is_as_frequent():
    tally = Tally(most=10)
    for _ in range(3):
        for number in range(40):
            tally.add(str(number), 5)
    assert len(tally) <= 10


def test_a_reservoir_keeps_all_there_is_until_it_is_full():
    kept: Reservoir[int] = Reservoir(5, seed=1)
    for number in range(5):
        kept.add(number)
    assert kept.kept == [0, 1, 2, 3, 4]
    assert sorted(kept.draw(9)) == kept.kept
    kept.add(5)
    assert (len(kept.kept), kept.seen) == (5, 6)


def test_a_reservoir_gives_everything_the_same_chance():
    hits: Counter[int] = Counter()
    for seed in range(2000):
        kept: Reservoir[int] = Reservoir(2, seed)
        for number in range(10):
            kept.add(number)
        hits.update(kept.kept)
    # 400 each with a standard deviation of 18.
    assert all(320 < hits[number] < 480 for number in range(10))


def test_figures_of_lengths():
    found = length_figures({10: 2, 20: 1, 30: 1})
    assert (found["count"], found["mean"], found["least"], found["median"], found["most"]) == (4, 17.5, 10, 10, 30)
    assert (found["p75"], found["p95"]) == (20, 30)


def test_bins_go_from_the_first_to_the_last_and_leave_out_what_is_far():
    counts = {11: 2, 19: 1, 31: 4}
    assert bins(counts, 10) == [(10, 3), (20, 0), (30, 4)]
    assert bins({}, 10) == []
    assert bins({5: 1, 1_000_000: 1}, 10)[-1][0] == 400


@given(st.dictionaries(st.integers(0, 10_000), st.integers(1, 50), min_size=1))
def test_a_width_is_round_and_makes_few_bars(counts):
    width = bin_width(counts)
    assert str(width).rstrip("0") in ("1", "2", "5")
    ranked = sorted(length for length, count in counts.items() for _ in range(count))
    if width > 1:
        narrower = {"1": 0.5, "2": 0.5, "5": 0.4}[str(width).rstrip("0")] * width
        assert (ranked[-1] - ranked[0]) / narrower > 24


def test_one_endless_text_does_not_set_the_width():
    assert bin_width({**dict.fromkeys(range(100, 200), 10), 200_000: 1}) == 5


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("I have been, lately, tired", "i have been"),
        ("Well", "well"),
        ("最近我总是睡不着", "最近我总"),
        ("", ""),
        ("...!", ""),
    ],
)
def test_openings(text, begins):
    assert opening(text) == begins
