"""A server with canned answers, and a talk with it over the real OpenAI client."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web

from synthgen.backends.openai_api import OpenAIBackend
from synthgen.calls import Reply, Request
from synthgen.errors import ModelError


@dataclass(frozen=True)
class Answer:
    """What the server says to one request; a text body is sent as HTML unless the headers say otherwise."""

    body: Any
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Talk:
    """What came of a talk: a reply or an error for each request, and what the server saw."""

    outcomes: list[Reply | ModelError] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    bodies: list[dict[str, Any]] = field(default_factory=list)
    headers: list[Mapping[str, str]] = field(default_factory=list)
    base_url: str = ""


@asynccontextmanager
async def serving(answers: Iterable[Answer], talk: Talk) -> AsyncIterator[str]:
    """Run a server that gives `answers` in order, and notes in `talk` what it was asked. Yields its base URL."""
    left = iter(answers)

    async def answer(request: web.Request) -> web.Response:
        talk.paths.append(request.path)
        talk.headers.append(request.headers)
        talk.bodies.append(await request.json())
        canned = next(left)
        text = canned.body if isinstance(canned.body, str) else json.dumps(canned.body)
        kind = "text/html" if isinstance(canned.body, str) else "application/json"
        return web.Response(status=canned.status, text=text, headers={"content-type": kind, **canned.headers})

    app = web.Application()
    app.router.add_post("/{path:.*}", answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        host, port = runner.addresses[0][:2]
        yield f"http://{host}:{port}/v1"
    finally:
        await runner.cleanup()


@pytest.fixture
def converse() -> Callable[..., Talk]:
    """Return a function that sends requests one after another to a server with canned answers."""

    def converse(answers: Iterable[Answer], *requests: Request, **options: Any) -> Talk:
        talk = Talk()

        async def run() -> None:
            async with serving(answers, talk) as talk.base_url:
                backend = OpenAIBackend("openai:tiny", "tiny", talk.base_url, **options)
                try:
                    for request in requests:
                        try:
                            talk.outcomes.append(await backend.complete(request))
                        except ModelError as error:
                            talk.outcomes.append(error)
                finally:
                    await backend.aclose()

        asyncio.run(run())
        return talk

    return converse


@pytest.fixture
def canned() -> type[Answer]:
    return Answer


def completion(content: Any = "Hello.", finish: str | None = "stop", **more: Any) -> dict[str, Any]:
    """Return the body of a chat completion."""
    message = {"role": "assistant", "content": content, **more}
    return {
        "id": "c-1",
        "model": "tiny-1",
        "choices": [{"index": 0, "message": message, "finish_reason": finish}],
        "usage": {"prompt_tokens": 7, "completion_tokens": 3},
    }


@pytest.fixture
def said() -> Callable[..., dict[str, Any]]:
    return completion
