from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthgen.personal.checksums import is_card, is_chinese_id, is_iban, is_nhs_number, is_ssn

PROVED = [
    (is_card, "4111 1111 1111 1111"),
    (is_card, "3782-822463-10005"),
    (is_card, "6222021000012345673"),
    (is_iban, "GB82 WEST 1234 5698 7654 32"),
    (is_iban, "DE89370400440532013000"),
    (is_nhs_number, "943 476 5919"),
    (is_chinese_id, "110108198803140014"),
    (is_chinese_id, "33010620121111881x"),
]


@pytest.mark.parametrize(("proof", "number"), PROVED)
def test_a_number_with_its_check_is_proved(proof, number):
    assert proof(number)


@pytest.mark.parametrize(("proof", "number"), PROVED)
@given(at=st.integers(0, 40), add=st.integers(1, 9))
def test_one_wrong_digit_is_seen(proof, number, at, add):
    places = [place for place, sign in enumerate(number) if sign.isdigit()]
    place = places[at % len(places)]
    wrong = number[:place] + str((int(number[place]) + add) % 10) + number[place + 1 :]
    assert not proof(wrong)


@pytest.mark.parametrize(
    "number",
    ["110108198802300014", "990108198803140014", "110108178803140014", "420103690230403"],
    ids=["30 February", "no such province", "too long ago", "old, 30 February"],
)
def test_an_identity_number_has_a_province_and_a_birthday(number):
    assert not is_chinese_id(number)


def test_the_old_identity_number_has_no_check_sign():
    assert is_chinese_id("420103690218403")


@pytest.mark.parametrize("number", ["000-12-3456", "666-12-3456", "900-12-3456", "123-00-3456", "123-45-0000"])
def test_ranges_that_no_social_security_number_has(number):
    assert is_ssn("123-45-6789")
    assert not is_ssn(number)
