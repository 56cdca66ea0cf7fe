from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthgen.deidentify.slips import Slips, slipped
from synthgen.deidentify.transcript import Replacement

ORIGINALS = (
    "Karen Whitlock", "Karen", "Will", "May", "Rose", "812-555-0142", "Lakeside Memory Center", "许曼", "许", "青岛",
    "MRN-00482", "kw@mailbox.example.com", "March 3rd",
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("I love Karen's garden.", ["Karen"]),
        ("KAREN and karen", ["Karen"]),
        ("Ask Karen\nWhitlock today", ["Karen Whitlock"]),
        ("Karenina is a book.", []),
        ("Will you come in May when the rose blooms? I will.", ["May"]),
        ("Then Will laughed, and Rose too.", ["Will", "Rose"]),
        ("Call (812) 555 0142 now", ["812-555-0142"]),
        ("Call 8125550142.", ["812-555-0142"]),
        ("I scored 812 and 555.", []),
        ("the lakeside memory center", ["Lakeside Memory Center"]),
        ("a center by the lakeside", []),
        ("许曼说她住在青岛", ["许曼", "青岛"]),
        ("也许吧", []),
        ("file mrn 00482", ["MRN-00482"]),
        ("on march 3rd", ["March 3rd"]),
        ("KW@mailbox.example.com", ["kw@mailbox.example.com"]),
        ("", []),
    ],
)
def test_originals_are_found_as_they_may_be_written(text: str, found: list[str]) -> None:
    assert slipped(text, ORIGINALS) == found


def test_what_was_replaced_is_looked_for_with_the_parts_of_its_names() -> None:
    slips = Slips.of(
        [
            Replacement("name", "Karen Whitlock", "[CLIENT]"),
            Replacement("name", "贺雨苒", "[PERSON_1]"),
            Replacement("date", "October", "[DATE_1]"),
            Replacement("date", "May 5", "June 9"),
            Replacement("date", "June 9", "July 14"),
        ]
    )
    assert slips.find("Mrs. Whitlock saw 雨苒 in October on June 9, not May 5.") == ["Whitlock", "雨苒", "May 5"]


@given(st.text(st.characters(codec=None)), st.lists(st.text(st.characters(codec=None), max_size=12), max_size=8))
def test_no_text_makes_it_fail(text: str, originals: list[str]) -> None:
    assert set(slipped(text, originals)) <= set(originals)


@given(st.text(max_size=60), st.text(max_size=60))
def test_a_name_is_found_wherever_it_stands_apart(before: str, after: str) -> None:
    assert "Thessaly Ostrander" in slipped(f"{before} Thessaly Ostrander {after}", ["Thessaly Ostrander"])
