"""A server on this machine that speaks the OpenAI protocol, with made-up answers and faults on purpose."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from synthgen.loopback.answers import Refusal, completion, embedding, encoded, refuse
from synthgen.loopback.call_log import Call, CallLog
from synthgen.loopback.fates import Fate, Fault, draw_fate
from synthgen.loopback.limits import Limits
from synthgen.loopback.refusals import refusal_of
from synthgen.loopback.settings import LoopbackSettings
from synthgen.loopback.wire import Connection, HttpRequest

_BACKLOG = 4096
_FAILURES = (500, 502, 503)
_KINDS = {"/v1/chat/completions": "chat", "/v1/completions": "text", "/v1/embeddings": "embedding"}


class Loopback:
    """The server, running while the context is entered. It binds to 127.0.0.1 and to nothing else.

    Besides /v1/chat/completions, /v1/completions, /v1/embeddings and /v1/models it answers /stats (its counters as
    JSON) and /reset (zeroes them, and forgets which bodies have come before).
    """

    def __init__(
        self, settings: LoopbackSettings | None = None, *, port: int = 0, log_path: Path | None = None
    ) -> None:
        self.settings = settings or LoopbackSettings()
        self.log = CallLog(log_path)
        self.base_url = ""
        self._port = port
        self._limits = Limits(self.settings)
        self._tries: Counter[bytes] = Counter()
        self._connections: set[Connection] = set()
        self._server: asyncio.Server
        self._loop: asyncio.AbstractEventLoop

    async def __aenter__(self) -> Loopback:
        self._loop = asyncio.get_running_loop()
        connect = partial(Connection, self._serve, self._connections)
        self._server = await self._loop.create_server(connect, "127.0.0.1", self._port, backlog=_BACKLOG)
        self.base_url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}/v1"
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        connections = list(self._connections)
        for connection in connections:
            connection.drop()
        await asyncio.gather(*(connection.closed for connection in connections))
        await self._server.wait_closed()
        self.log.close()

    def _serve(self, connection: Connection, request: HttpRequest) -> None:
        kind = _KINDS.get(request.path)
        if kind is not None and request.method == "POST":
            self._serve_call(connection, request, kind)
        elif request.path == "/v1/models":
            models = self.settings.models or ("loopback",)
            listed = [{"id": name, "object": "model", "created": 0, "owned_by": "synthgen"} for name in models]
            connection.respond(200, encoded({"object": "list", "data": listed}))
        elif request.path == "/stats":
            connection.respond(200, encoded(self.log.stats()))
        elif request.path == "/reset":
            self._tries.clear()
            self._limits = Limits(self.settings)
            self.log.clear()
            connection.respond(200, b"{}")
        else:
            connection.respond(404, refuse(404, f"Unknown request URL: {request.method} {request.path}").body)

    def _serve_call(self, connection: Connection, request: HttpRequest, kind: str) -> None:
        digest = hashlib.sha256(request.body)
        call = self.log.begin(kind, digest.hexdigest())
        connection.on_end = partial(self.log.finish, call)
        try:
            body = json.loads(request.body)
        except ValueError:
            body = None
        refusal = refusal_of(self.settings, request, body, kind)
        if refusal is not None:
            self._refuse(connection, call, refusal)
        elif not self._limits.admit(self._loop.time(), self.log.in_flight):
            self._limit(connection, call)
        else:
            self._tries[digest.digest()] += 1
            fate = draw_fate(self.settings, call.body_sha256, self._tries[digest.digest()])
            call.fault = fate.fault or ""
            self._schedule(connection, call, body, fate)

    def _schedule(self, connection: Connection, call: Call, body: Mapping[str, Any], fate: Fate) -> None:
        if fate.fault is Fault.RATE_LIMITED:
            self._limit(connection, call)
            return
        if fate.fault is Fault.STALLED:
            timer = self._loop.call_later(self.settings.stall_s, connection.drop)
        else:
            timer = self._loop.call_later(fate.latency, self._answer, connection, call, body, fate)

        def finish(delivered: bool) -> None:
            timer.cancel()
            self.log.finish(call, delivered)

        connection.on_end = finish

    def _answer(self, connection: Connection, call: Call, body: Mapping[str, Any], fate: Fate) -> None:
        if fate.fault is Fault.DROPPED_BEFORE:
            connection.drop()
        elif fate.fault is Fault.SERVER_ERROR:
            status = _FAILURES[fate.seed % len(_FAILURES)]
            words = "The server had an error while processing your request."
            self._refuse(connection, call, refuse(status, words, kind="server_error"))
        else:
            call.id, call.status = f"loop-{call.n}", 200
            answer = (embedding if call.kind == "embedding" else completion)(self.settings, body, call.id, fate)
            if fate.fault is Fault.DROPPED_AFTER:
                connection.cut_off(answer)
            else:
                call.answered = fate.fault is None
                kind = "text/html" if fate.fault is Fault.HTML else "application/json"
                connection.respond(200, answer, kind=kind, headers=self._limits.headers(self._loop.time()))

    def _limit(self, connection: Connection, call: Call) -> None:
        refusal = refuse(429, "Rate limit reached for requests.", kind="requests", code="rate_limit_exceeded")
        self._refuse(connection, call, refusal, self._limits.headers(self._loop.time(), refused=True))

    def _refuse(
        self, connection: Connection, call: Call, refusal: Refusal, headers: Mapping[str, str] | None = None
    ) -> None:
        call.status = refusal.status
        connection.respond(refusal.status, refusal.body, headers=headers)
