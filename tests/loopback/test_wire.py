"""HTTP as it comes over a real socket: in pieces, several at once, too large, or cut off."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial

import pytest

from synthgen.loopback.wire import MAX_HEAD_BYTES, Connection, HttpRequest

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]
Serve = Callable[[Connection, HttpRequest], None]


@asynccontextmanager
async def client(serve: Serve) -> AsyncIterator[Streams]:
    """Serve one connection by a function."""
    loop = asyncio.get_running_loop()
    opened: set[Connection] = set()
    server = await loop.create_server(partial(Connection, serve, opened), "127.0.0.1", 0)
    reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
    try:
        yield reader, writer
    finally:
        writer.close()
        await asyncio.gather(*(connection.closed for connection in opened))
        server.close()
        await server.wait_closed()


def echo(connection: Connection, request: HttpRequest) -> None:
    body = f"{request.method} {request.path} {request.header('x-a')} {request.body.decode()}"
    connection.respond(200, body.encode(), kind="text/plain", headers={"X-B": "b"})


def test_requests_are_read_in_pieces_and_several_at_once() -> None:
    async def talk() -> None:
        async with client(echo) as (reader, writer):
            one = b"POST /p?q=1 HTTP/1.1\r\nX-A:  v \r\nContent-Length: 4\r\n\r\nbody"
            for byte in one:
                writer.write(bytes([byte]))
                await asyncio.sleep(0)
            writer.write(one + b"GET / HTTP/1.1\r\n\r\n")
            expected = (
                b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 14\r\nX-B: b\r\n\r\nPOST /p v body"
            )
            assert await reader.readexactly(2 * len(expected)) == 2 * expected
            assert (await reader.readuntil(b"GET /  ")).startswith(b"HTTP/1.1 200 OK\r\n")

    asyncio.run(talk())


def test_answers_come_in_order_when_requests_do_not_wait() -> None:
    async def talk() -> None:
        def later(connection: Connection, request: HttpRequest) -> None:
            delay = 0.02 if request.path == "/slow" else 0.0
            asyncio.get_running_loop().call_later(delay, connection.respond, 200, request.path.encode())

        async with client(later) as (reader, writer):
            writer.write(b"GET /slow HTTP/1.1\r\n\r\nGET /fast HTTP/1.1\r\nConnection: close\r\n\r\n")
            received = await reader.read()
            assert received.index(b"/slow") < received.index(b"/fast")

    asyncio.run(talk())


@pytest.mark.parametrize(
    ("request_bytes", "status"),
    [
        (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", b"411"),
        (b"POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", b"411"),
        (b"POST / HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n", b"413"),
        (b"GET / HTTP/1.1\r\nX-A: " + b"a" * MAX_HEAD_BYTES, b"431"),
    ],
)
def test_requests_that_cannot_be_read_are_refused_and_hung_up_on(request_bytes: bytes, status: bytes) -> None:
    async def talk() -> None:
        async with client(echo) as (reader, writer):
            writer.write(request_bytes)
            assert (await reader.read()).startswith(b"HTTP/1.1 " + status)

    asyncio.run(talk())


def test_end_of_a_response_is_told_when_the_last_byte_is_out() -> None:
    """A response larger than the socket's buffers waits for its reader."""

    async def talk() -> None:
        ends: list[bool] = []
        body = bytes(30_000_000)

        def serve(connection: Connection, _: HttpRequest) -> None:
            connection.on_end = ends.append
            connection.respond(200, body)

        async with client(serve) as (reader, writer):
            writer.write(b"GET / HTTP/1.1\r\n\r\n")
            await reader.readuntil(b"\r\n\r\n")
            assert ends == []
            await reader.readexactly(len(body))
            await asyncio.sleep(0.01)
            assert ends == [True]
            writer.write(b"GET / HTTP/1.1\r\n\r\n")
            await reader.readuntil(b"\r\n\r\n")
        assert ends == [True, False]

    asyncio.run(talk())


@pytest.mark.skipif(not hasattr(socket, "TCP_INFO"), reason="only Linux tells")
def test_response_to_a_client_that_has_left_is_not_delivered() -> None:
    """Even when the event loop has not heard of it yet: the kernel has."""

    async def talk() -> None:
        ends: list[bool] = []
        writers: list[asyncio.StreamWriter] = []

        def serve(connection: Connection, _: HttpRequest) -> None:
            connection.on_end = ends.append
            writers[0].transport.abort()  # closes the socket in the same turn of the loop, just before the response
            asyncio.get_running_loop().call_soon(connection.respond, 200, b"late")

        async with client(serve) as (_, writer):
            writers.append(writer)
            writer.write(b"GET / HTTP/1.1\r\n\r\n")
            await asyncio.sleep(0.05)
        assert ends == [False]

    asyncio.run(talk())
