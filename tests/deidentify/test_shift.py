from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthgen.deidentify.shift import moved


@pytest.mark.parametrize(
    ("piece", "expected"),
    [
        ("March 3rd", "April 8th"),
        ("3 March", "8 April"),
        ("Mar. 3", "Apr. 8"),
        ("the third of March", "the eighth of April"),
        ("december 31", "february 5"),
        ("MARCH 3", "APRIL 8"),
        ("October", "November"),
        ("3/14", "4/19"),
        ("03/14", "04/19"),
        ("14.03", "19.04"),
        ("23-07", "28-08"),
        ("3/14/85", "4/19/85"),
        ("the 2nd", "the 11th"),
        ("3月14日", "4月19日"),
        ("三月十四号", "四月十九号"),
        ("十二月三十一日", "二月五日"),
        ("3月", "4月"),
        ("二十九号", "五号"),
        ("some time", ""),
        ("2/30", ""),
    ],
)
def test_dates_move_in_their_own_form(piece: str, expected: str) -> None:
    assert moved(piece, 36) == expected


@given(st.text(max_size=30), st.integers(31, 59))
def test_no_text_makes_it_fail(piece: str, days: int) -> None:
    moved(piece, days)
