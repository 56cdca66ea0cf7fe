"""The requests that the backends' tests send, and the ways to send them."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

import pytest

from synthgen.calls import Backend, Reply, Request, Sampling
from synthgen.errors import AdaptedError, ModelError
from synthgen.records import Turn

QUESTION = "What helps someone who cannot fall asleep? Answer in one sentence."
SCHEMA: Mapping[str, Any] = {
    "type": "object",
    "properties": {"mood": {"type": "string", "enum": ["calm", "upset"]}, "slot": {"type": "integer", "enum": [3]}},
    "required": ["mood", "slot"],
    "additionalProperties": False,
}


def chat(
    user: str = QUESTION, *, system: str = "", schema: Mapping[str, Any] | None = None, **sampling: Any
) -> Request:
    told = (Turn("system", system),) if system else ()
    limits = Sampling(**{"max_tokens": 64, **sampling})
    return Request("reply", limits, messages=(*told, Turn("user", user)), schema=schema)


def plain(text: str, *, schema: Mapping[str, Any] | None = None, **sampling: Any) -> Request:
    return Request("query", Sampling(**{"max_tokens": 64, **sampling}), text=text, schema=schema)


async def failure_of(backend: Backend, request: Request) -> ModelError:
    """Return the error that a request ends in."""
    with pytest.raises(ModelError) as failed:
        await backend.complete(request)
    return failed.value


async def adapted(backend: Backend, request: Request, kind: type[ModelError]) -> Reply:
    """Return the reply to a request that is refused once, by an error of `kind`, and asked otherwise at once."""
    refused = await failure_of(backend, request)
    assert type(refused) is kind
    assert refused.retryable
    return await backend.complete(request)


async def insisted(backend: Backend, request: Request) -> Reply:
    """Return the reply to a request that is sent again as often as the backend adapts, as the caller does."""
    while True:
        try:
            return await backend.complete(request)
        except AdaptedError:
            continue


def told(backend: Backend, request: Request) -> ModelError:
    """Return the error of a backend that is used once."""

    async def talk() -> ModelError:
        try:
            return await failure_of(backend, request)
        finally:
            await backend.aclose()

    return asyncio.run(talk())
