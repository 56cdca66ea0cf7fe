"""Groups are dealt to splits as near to their shares as whole groups can come."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from synthgen.splits.shares import Dealer, checked_shares, counts_of

SHARES = st.dictionaries(st.sampled_from("abcdef"), st.floats(0.01, 1_000), min_size=1)


@given(SHARES, st.integers(0, 10_000))
def test_counts_add_up_and_are_the_shares_rounded(shares: dict[str, float], rows: int) -> None:
    counts = counts_of(checked_shares(shares), rows)
    assert sum(counts.values()) == rows
    assert list(counts) == list(shares)
    if rows >= len(shares):
        assert min(counts.values()) >= 1
    whole = sum(shares.values())
    exact = {name: rows * share / whole for name, share in shares.items()}
    if min(exact.values()) >= 1:
        assert all(abs(counts[name] - exact[name]) < 1 + 1e-6 for name in shares)


def test_splits_of_no_share_are_left_out() -> None:
    assert counts_of(checked_shares({"train": 90, "validation": 0, "test": 10}), 20) == {"train": 18, "test": 2}
    assert counts_of({"train": 90, "validation": 5, "test": 5}, 1_000) == {"train": 900, "validation": 50, "test": 50}
    assert counts_of({"train": 90, "validation": 5, "test": 5}, 10) == {"train": 8, "validation": 1, "test": 1}


GROUPS = st.lists(st.dictionaries(st.integers(0, 4), st.integers(1, 12), min_size=1), max_size=40)


def dealt(groups: list[dict[int, int]], shares: dict[str, float]) -> tuple[Dealer, dict[str, int], list[int]]:
    strata = [sum(group.get(at, 0) for group in groups) for at in range(5)]
    wanted = counts_of(shares, sum(strata))
    dealer = Dealer(strata, list(wanted.values()))
    groups = sorted(groups, key=lambda group: -sum(group.values()))
    return dealer, wanted, [dealer.deal(group) for group in groups]


@given(GROUPS, SHARES)
def test_a_split_misses_no_more_than_the_groups_are_large(
    groups: list[dict[int, int]], shares: dict[str, float]
) -> None:
    dealer, wanted, splits = dealt(groups, shares)
    sizes = sorted((sum(group.values()) for group in groups), reverse=True)
    rows = [sum(size for size, split in zip(sizes, splits, strict=True) if split == at) for at in range(len(wanted))]
    assert dealer.rows == rows == [sum(got) for got in zip(*dealer.got, strict=True)]
    for at, count in enumerate(wanted.values()):
        if at != dealer.main:
            assert rows[at] <= count + max(sizes, default=0)
            assert all(size <= count for size, split in zip(sizes, splits, strict=True) if split == at)


@given(GROUPS, st.integers(500, 600), SHARES)
def test_shares_are_exact_where_single_rows_fill_what_groups_leave(
    groups: list[dict[int, int]], singles: int, shares: dict[str, float]
) -> None:
    """Where the groups together are smaller than the largest split, the rest is dealt one by one."""
    groups = [group for group in groups if sum(group.values()) < 10][:20]
    dealer, wanted, _ = dealt([*groups, *({at % 5: 1} for at in range(singles))], shares)
    assert dealer.rows == list(wanted.values())


@given(st.lists(st.integers(0, 300), min_size=1, max_size=30), SHARES)
def test_single_rows_meet_every_stratum(sizes: list[int], shares: dict[str, float]) -> None:
    wanted = counts_of(shares, sum(sizes))
    dealer = Dealer(sizes, list(wanted.values()))
    for at in (at for at, size in enumerate(sizes) for _ in range(size)):
        dealer.deal({at: 1})
    assert dealer.rows == list(wanted.values())
    assert dealer.farthest() == 0


def test_large_groups_do_not_all_fall_on_the_largest_split() -> None:
    splits = Counter(dealt([{0: 10} for _ in range(100)], {"train": 80, "test": 20})[2])
    assert splits == {0: 80, 1: 20}
