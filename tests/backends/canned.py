"""A server that says what a test wants, word by word, for what the loopback server does not do."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from synthgen.backends.openai_api import OpenAIBackend

KEY = "sk-a-secret-that-nobody-may-read"


@dataclass(frozen=True)
class Canned:
    """A response; `body` is JSON, or bytes as they are."""

    status: int = 200
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Server:
    """What was asked: the paths, the bodies and the headers, in order."""

    base_url: str = ""
    paths: list[str] = field(default_factory=list)
    bodies: list[dict[str, Any]] = field(default_factory=list)
    headers: list[Mapping[str, str]] = field(default_factory=list)


def answer(content: Any = "Rest well.", **extra: Any) -> Canned:
    """Return a chat completion; `extra` goes beside the choices, or over the message by `message`."""
    message = extra.pop("message", {"role": "assistant", "content": content})
    choice = {"index": 0, "message": message, "finish_reason": extra.pop("finish_reason", "stop")}
    return Canned(body={"id": "c1", "model": "m", "choices": [choice], **extra})


def error(status: int, message: str, *, headers: Mapping[str, str] | None = None, **detail: Any) -> Canned:
    return Canned(status, {"error": {"message": message, **detail}}, headers or {})


@asynccontextmanager
async def serving(responses: Sequence[Canned]) -> AsyncIterator[Server]:
    """Serve responses in order; the last one again and again."""
    server, left = Server(), list(responses)

    async def respond(request: web.Request) -> web.Response:
        server.paths.append(request.path)
        server.bodies.append(await request.json())
        server.headers.append(dict(request.headers))
        canned = left.pop(0) if len(left) > 1 else left[0]
        content = canned.body if isinstance(canned.body, bytes) else json.dumps(canned.body).encode()
        headers = {"Content-Type": "application/json", **canned.headers}
        return web.Response(status=canned.status, body=content, headers=headers)

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", respond)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        server.base_url = f"http://127.0.0.1:{runner.addresses[0][1]}/v1"
        yield server
    finally:
        await runner.cleanup()


@asynccontextmanager
async def backend_of(base_url: str, **options: Any) -> AsyncIterator[OpenAIBackend]:
    backend = OpenAIBackend("openai:m", "m", base_url, **{"key": KEY, "timeout_s": 30.0, **options})
    try:
        yield backend
    finally:
        await backend.aclose()


@asynccontextmanager
async def canned_backend(*responses: Canned, **options: Any) -> AsyncIterator[tuple[Server, OpenAIBackend]]:
    async with serving(responses) as server, backend_of(server.base_url, **options) as backend:
        yield server, backend
