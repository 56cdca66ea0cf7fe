from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthgen.personal.dates import find_dates
from synthgen.personal.rule import apart


def found(text: str) -> list[str]:
    return [text[span.start : span.end] for span in apart(find_dates(text))]


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("on Tuesday, March 5, 2024 at ten", ["Tuesday, March 5"]),
        ("from the 3rd of May to 9 June", ["3rd of May", "9 June"]),
        ("in October 2021", ["October"]),
        ("by next May, maybe", ["May"]),
        ("due 02/27/2023 or 27.02.23", ["02/27", "27.02.23"]),
        ("2001-11-30", ["11-30"]),
        ("until the 14th.", ["the 14th"]),
        ("march fourteenth it was", ["march fourteenth"]),
        ("May I march in? It may be 3/4 full, 24/7.", []),
        ("on the 3rd floor, the 2nd time, in 2019", []),
        ("version 3.14.15.9 and $3.50", []),
        ("2019年3月14日，3月底", ["3月14日", "3月底"]),
        ("去年八月十九", ["去年八月十九"]),
        ("农历四月廿九和腊月初九", ["农历四月廿九", "腊月初九"]),
        ("正月十五，大年初一", ["正月十五", "大年初一"]),
        ("这个月二十六号", ["这个月二十六号"]),
        ("三个月，一个月，16号楼，5号线，108号", []),
        ("初三的学生，高中三年", []),
    ],
)
def test_dates_are_found_without_their_year(text: str, dates: list[str]) -> None:
    assert found(text) == dates


@given(st.text(st.characters(codec=None)))
def test_no_text_makes_it_fail(text: str) -> None:
    assert all(found(text))
