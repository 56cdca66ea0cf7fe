"""Figures as people read them."""

from __future__ import annotations

import pytest

from synthgen.report.figures import duration, money, rate, share


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "0 s"),
        (59.4, "59 s"),
        (59.6, "1 min 00 s"),
        (185, "3 min 05 s"),
        (7620, "2 h 07 min"),
        (277_200, "3 d 05 h"),
    ],
)
def test_duration(seconds: float, said: str) -> None:
    assert duration(seconds) == said


@pytest.mark.parametrize(
    ("per_second", "said"), [(0, "0"), (0.416, "0.42"), (7.26, "7.3"), (20.4, "20"), (1204.2, "1,204")]
)
def test_rate(per_second: float, said: str) -> None:
    assert rate(per_second) == said


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [
        (0, 0, "–"), (0, 9, "0 %"), (9, 9, "100 %"), (1, 3, "33 %"), (1, 40, "2.5 %"),
        (99_999, 100_000, "99.9 %"), (1, 100_000, "0.1 %"),
    ],
)  # fmt: skip
def test_share_says_all_and_nothing_only_when_it_is_so(part: int, whole: int, said: str) -> None:
    assert share(part, whole) == said


@pytest.mark.parametrize(("cost", "said"), [(0.00123, "0.0012"), (12.5, "12.5000"), (1234.567, "1,234.57")])
def test_money(cost: float, said: str) -> None:
    assert money(cost) == said
