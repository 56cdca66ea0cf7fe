"""Headers about limits."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthgen.backends.limits import headroom, retry_after
from synthgen.calls import Headroom

NOW = datetime(2026, 3, 1, 12, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "2"}, 2.0),
        ({"retry-after": "0.5"}, 0.5),
        ({"retry-after": "-3"}, 0.0),
        ({"retry-after": "Sun, 01 Mar 2026 12:00:30 GMT"}, 30.0),
        ({"retry-after": "Sun, 01 Mar 2026 12:00:30"}, 30.0),
        ({"retry-after": "Sun, 01 Mar 2026 11:00:00 GMT"}, 0.0),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "nan"}, None),
        ({"retry-after-ms": "1500", "retry-after": "9"}, 1.5),
        ({"retry-after-ms": "?", "retry-after": "9"}, 9.0),
    ],
)
def test_when_to_come_back(headers, seconds):
    assert retry_after(headers, NOW) == seconds


@pytest.mark.parametrize(
    ("reset", "seconds"),
    [
        ("1s", 1.0),
        ("6m0s", 360.0),
        ("20ms", 0.02),
        ("1h2m3.5s", 3723.5),
        ("2d", 172_800.0),
        ("7", 7.0),
        ("s", None),
        ("1 week", None),
    ],
)
def test_durations(reset, seconds):
    told = headroom({"x-ratelimit-remaining-tokens": "5", "x-ratelimit-reset-tokens": reset})
    assert told == Headroom(requests=None, tokens=5, reset_s=seconds)


def test_the_later_reset_counts_and_nothing_told_is_none():
    headers = {"x-ratelimit-reset-requests": "1s", "x-ratelimit-reset-tokens": "2m"}
    assert headroom(headers) == Headroom(requests=None, tokens=None, reset_s=120.0)
    assert headroom({"x-request-id": "1"}) is None


@pytest.mark.parametrize(("requests", "tokens", "used_up"), [(0, 5, True), (5, 0, True), (1, None, False)])
def test_used_up(requests, tokens, used_up):
    assert Headroom(requests, tokens, 1.0).is_used_up is used_up


@given(st.text())
def test_no_header_breaks_the_reading(text):
    names = ("retry-after", "retry-after-ms", "x-ratelimit-remaining-requests", "x-ratelimit-reset-tokens")
    seconds = retry_after(dict.fromkeys(names, text))
    assert seconds is None or seconds >= 0
    headroom(dict.fromkeys(names, text))
