"""What servers say of their limits: when to come back, and what is left."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest
from asking import chat, failure_of
from canned import Canned, answer, backend_of, canned_backend, error

from synthgen.errors import RateLimitError, RetryableModelError
from synthgen.loopback.server import Loopback
from synthgen.loopback.settings import LoopbackSettings


def failed(response: Canned) -> Any:
    async def talk() -> Any:
        async with canned_backend(response) as (_, backend):
            return await failure_of(backend, chat())

    return asyncio.run(talk())


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"Retry-After": "7"}, 7.0),
        ({"Retry-After": "-1"}, 0.0),
        ({"Retry-After": "soon"}, None),
        ({"Retry-After": "nan"}, None),
        ({"Retry-After": "9", "retry-after-ms": "1500"}, 1.5),
        ({"Retry-After": "Wed, 21 Oct 2015 07:28:00 GMT"}, 0.0),
    ],
)
def test_the_servers_wish_for_a_pause_is_kept(headers: dict[str, str], seconds: float | None) -> None:
    failure = failed(error(429, "Slow down.", headers=headers))
    assert type(failure) is RateLimitError
    assert failure.retryable
    assert failure.retry_after == seconds


def test_a_date_to_come_back_at_is_counted_from_now() -> None:
    then = format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)
    failure = failed(error(503, "Loading model", headers={"Retry-After": then}))
    assert isinstance(failure, RetryableModelError)
    assert failure.retry_after is not None
    assert 3000 < failure.retry_after <= 3600


def test_a_rate_limit_of_the_loopback_server_passes_at_the_second_try() -> None:
    async def talk() -> None:
        settings = LoopbackSettings(rate_limited=1.0, retry_after=0.25, retry_after_ms=True)
        async with Loopback(settings) as loopback, backend_of(loopback.base_url) as backend:
            failure = await failure_of(backend, chat())
            assert isinstance(failure, RateLimitError)
            assert failure.retry_after == 0.25
            assert (await backend.complete(chat())).text

    asyncio.run(talk())


def test_headroom_comes_with_a_reply() -> None:
    async def talk() -> None:
        settings = LoopbackSettings(window_calls=1, window_s=30.0, rate_headers=True)
        async with Loopback(settings) as loopback, backend_of(loopback.base_url) as backend:
            room = (await backend.complete(chat())).headroom
            assert room is not None
            assert (room.requests, room.tokens, room.is_used_up) == (0, None, True)
            assert room.reset_s is not None
            assert 0 < room.reset_s <= 30

    asyncio.run(talk())


def test_an_answer_without_limits_has_no_headroom() -> None:
    async def talk() -> None:
        async with canned_backend(answer()) as (_, backend):
            assert (await backend.complete(chat())).headroom is None

    asyncio.run(talk())
