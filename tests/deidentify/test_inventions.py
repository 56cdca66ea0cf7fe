"""Invented numbers: each stands for one thing alone, and none can be real."""

from __future__ import annotations

import re

import pytest

from synthgen.deidentify.inventions import Inventions

MANY = 1_250


def invented(kind: str, original: str, count: int = MANY) -> list[str]:
    inventions = Inventions(7, "", "")
    return [inventions.number(kind, original) for _ in range(count)]


@pytest.mark.parametrize(
    ("kind", "original"),
    [
        ("phone", "(415) 867-5309"),
        ("phone", "+86 138 0013 8000"),
        ("phone", "一三八零零一三八零零零"),
        ("email", "jo@harbour.example"),
        ("url", "https://harbour.example/jo"),
        ("ssn", "536-90-4399"),
        ("record", "MRN 7"),
        ("plate", "KA"),
    ],
)
def test_no_two_things_have_one_number(kind: str, original: str) -> None:
    assert len(set(invented(kind, original))) == MANY


def test_numbers_of_many_forms_stay_apart() -> None:
    inventions = Inventions(7, "", "")
    forms = ("7", "B7", "B-07", "000007", "12-34", "零七", "XX")
    found = [inventions.number("record", forms[at % len(forms)]) for at in range(MANY)]
    assert len(set(found)) == MANY


def test_phones_are_fiction_first_and_then_of_no_area() -> None:
    found = invented("phone", "(415) 867-5309")
    assert all(re.fullmatch(r"555-01\d\d", phone) for phone in found[:99])
    # An area code begins with 2 to 9.
    assert all(re.fullmatch(r"0\d\d-555-01\d\d", phone) for phone in found[99:])


def test_a_number_keeps_its_form_as_long_as_that_holds_it() -> None:
    assert invented("ssn", "536-90-4399", 12)[-1] == "000-00-0012"
    assert invented("record", "MRN 7", 12)[8:] == ["XXX 9", "XXX 0-10", "XXX 0-11", "XXX 0-12"]
