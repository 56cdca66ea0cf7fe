"""HTTP/1.1 on a socket: as much of it as API clients speak, at a small part of a web framework's cost."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import cast

MAX_HEAD_BYTES = 65_536
MAX_BODY_BYTES = 64_000_000
_TCP_INFO: int | None = getattr(socket, "TCP_INFO", None)  # Linux has it
_ESTABLISHED = b"\x01"
_REASONS = {status.value: status.phrase for status in HTTPStatus}


@dataclass(frozen=True, slots=True)
class HttpRequest:
    method: str
    path: str
    head: bytes
    body: bytes

    def header(self, name: str) -> str:
        """Return the value of a header, "" without one. `name` is in small letters."""
        return _header(self.head, self.head.lower(), name.encode())


Serve = Callable[["Connection", HttpRequest], None]


class Connection(asyncio.Protocol):
    """One client's connection, kept alive; its requests are served one after the other.

    `serve` is called with each request and answers, now or later, by `respond`, `cut_off` or `drop`. `on_end`
    may be set for the time of one request: it is told whether all of the response went into the socket while
    the client was connected. A connection stands in `opened` as long as it is open.
    """

    def __init__(self, serve: Serve, opened: set[Connection]) -> None:
        self.on_end: Callable[[bool], None] | None = None
        self.closed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._serve = serve
        self._opened = opened
        self._received = bytearray()
        self._busy = False
        self._keep_alive = True
        self._transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        # A high-water mark of 0 makes resume_writing say when the last byte has gone into the socket.
        self._transport.set_write_buffer_limits(high=0)
        self._opened.add(self)

    def data_received(self, data: bytes) -> None:
        self._received += data
        self._next()

    def resume_writing(self) -> None:
        self._end(True)

    def connection_lost(self, exc: Exception | None) -> None:
        self._end(False)
        self.closed.set_result(None)
        self._opened.discard(self)

    def respond(
        self,
        status: int,
        body: bytes,
        *,
        kind: str = "application/json",
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Write a whole response."""
        if self._is_connected():
            self._transport.write(_head(status, len(body), kind, headers) + body)
            if not self._transport.get_write_buffer_size():
                self._end(not self._transport.is_closing())
        else:
            self.drop()

    def cut_off(self, body: bytes) -> None:
        """Write the headers of a response and half of its body, and hang up."""
        self._keep_alive = False
        self._transport.write(_head(200, len(body), "application/json", None) + body[: len(body) // 2])
        self._transport.close()

    def drop(self) -> None:
        """Hang up without a word."""
        self._transport.abort()

    def _end(self, whole: bool) -> None:
        """Tell how a response went, and turn to what came in the meantime."""
        on_end, self.on_end = self.on_end, None
        if on_end is not None:
            on_end(whole)
        self._busy = False
        if not self._keep_alive:
            self._transport.close()
        elif self._received:
            asyncio.get_running_loop().call_soon(self._next)

    def _is_connected(self) -> bool:
        """Ask the kernel: a client that was killed may not have been noticed by the event loop yet."""
        socket_ = self._transport.get_extra_info("socket")
        if _TCP_INFO is None:
            return True
        return bool(socket_.getsockopt(socket.IPPROTO_TCP, _TCP_INFO, 1) == _ESTABLISHED)

    def _next(self) -> None:
        """Serve the next request, if it is all there and its turn has come."""
        if self._busy or self._transport.is_closing():
            return
        request = _take_request(self._received)
        if isinstance(request, HttpRequest):
            self._busy = True
            self._keep_alive = request.header("connection").lower() != "close"
            self._serve(self, request)
        elif request is not None:
            self._keep_alive = False
            self.respond(request, b"")


def _take_request(received: bytearray) -> HttpRequest | int | None:
    """Return the request that stands first in what was received, and take it out.

    None means that it is not all there yet, a number the status that it is refused with.
    """
    end = received.find(b"\r\n\r\n")
    if end < 0:
        return 431 if len(received) > MAX_HEAD_BYTES else None
    head = bytes(received[:end])
    line, _, _ = head.partition(b"\r\n")
    method, _, target = line.decode("latin-1").partition(" ")
    lowered = head.lower()
    length = _header(head, lowered, b"content-length") or "0"
    if b"\r\ntransfer-encoding:" in lowered or not length.isdecimal():
        return 411
    if int(length) > MAX_BODY_BYTES:
        return 413
    whole = end + 4 + int(length)
    if len(received) < whole:
        return None
    body = bytes(received[end + 4 : whole])
    del received[:whole]
    return HttpRequest(method, target.partition(" ")[0].partition("?")[0], head, body)


def _head(status: int, length: int, kind: str, headers: Mapping[str, str] | None) -> bytes:
    more = "".join(f"{name}: {value}\r\n" for name, value in headers.items()) if headers else ""
    return (
        f"HTTP/1.1 {status} {_REASONS[status]}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n{more}\r\n"
    ).encode("latin-1")


def _header(head: bytes, lowered: bytes, name: bytes) -> str:
    start = lowered.find(b"\r\n" + name + b":")
    if start < 0:
        return ""
    start += len(name) + 3
    end = head.find(b"\r\n", start)
    return head[start : end if end >= 0 else len(head)].strip().decode("latin-1")
