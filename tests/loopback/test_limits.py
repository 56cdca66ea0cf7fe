"""The loopback server's limits, on a clock of numbers."""

from __future__ import annotations

from synthgen.loopback.limits import Limits
from synthgen.loopback.settings import LoopbackSettings


def test_without_limits_all_come_in() -> None:
    limits = Limits(LoopbackSettings())
    assert all(limits.admit(0.0, in_flight) for in_flight in range(10_000))
    assert limits.headers(0.0) == {}


def test_capacity_is_how_many_may_be_in_flight() -> None:
    limits = Limits(LoopbackSettings(capacity=2))
    assert [limits.admit(0.0, in_flight) for in_flight in (1, 2, 3, 2)] == [True, True, False, True]


def test_window_opens_again() -> None:
    limits = Limits(LoopbackSettings(window_calls=2, window_s=10.0, rate_headers=True))
    assert [limits.admit(now, 1) for now in (5.0, 6.0, 7.0, 14.9)] == [True, True, False, False]
    assert limits.headers(9.0) == {
        "x-ratelimit-limit-requests": "2",
        "x-ratelimit-remaining-requests": "0",
        "x-ratelimit-reset-requests": "6.000s",
    }
    assert [limits.admit(now, 1) for now in (15.0, 24.0, 24.5)] == [True, True, False]


def test_retry_after_is_said_with_refusals_alone() -> None:
    settings = LoopbackSettings(retry_after=0.25, retry_after_ms=True)
    assert Limits(settings).headers(0.0) == {}
    assert Limits(settings).headers(0.0, refused=True) == {"retry-after": "0.25", "retry-after-ms": "250"}
    assert Limits(LoopbackSettings(retry_after=2)).headers(0.0, refused=True) == {"retry-after": "2"}
    assert Limits(LoopbackSettings(retry_after=None)).headers(0.0, refused=True) == {}
