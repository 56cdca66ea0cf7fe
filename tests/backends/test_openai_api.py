"""The OpenAI client against a real server: what is sent, and what each failure becomes."""

from __future__ import annotations

import asyncio
import inspect
import logging
import socket
import traceback
from types import ModuleType

import aiohttp
import httpx2
import openai
import pytest
from asking import chat, failure_of, plain
from canned import KEY, Canned, Server, answer, backend_of, canned_backend, error

from synthgen.backends.openai_api import ERRORS, OpenAIBackend, error_for
from synthgen.calls import Reply, Request, Usage
from synthgen.errors import (
    AuthError,
    BadRequestError,
    ConnectionLostError,
    MalformedReplyError,
    ModelError,
    RateLimitError,
    ServerError,
    StalledError,
    TooLongError,
)
from synthgen.loopback.server import Loopback
from synthgen.loopback.settings import LoopbackSettings


def talk(request: Request, *responses: Canned) -> tuple[Reply, Server]:
    """Return the reply to a request, and what the server saw."""

    async def complete() -> tuple[Reply, Server]:
        async with canned_backend(*responses) as (server, backend):
            return await backend.complete(request), server

    return asyncio.run(complete())


def failed(*responses: Canned) -> ModelError:
    async def complete() -> ModelError:
        async with canned_backend(*responses) as (_, backend):
            return await failure_of(backend, chat())

    return asyncio.run(complete())


def test_a_chat_is_sent_and_its_answer_read() -> None:
    usage = {"prompt_tokens": 7, "completion_tokens": 3}
    request = chat("Good morning", system="Be kind.", temperature=0.5, stop=("END",))
    reply, server = talk(request, answer("Hello.", usage=usage))
    assert reply == Reply("Hello.", "stop", Usage(7, 3), model="m", id="c1")
    assert server.paths == ["/v1/chat/completions"]
    assert server.bodies[0] == {
        "model": "m",
        "messages": [{"role": "system", "content": "Be kind."}, {"role": "user", "content": "Good morning"}],
        "max_tokens": 64,
        "temperature": 0.5,
        "stop": ["END"],
    }
    assert server.headers[0]["Authorization"] == f"Bearer {KEY}"


def test_a_text_is_sent_to_completions() -> None:
    body = {"choices": [{"text": "there", "finish_reason": "length"}]}
    reply, server = talk(plain("Hello"), Canned(body=body))
    assert server.paths == ["/v1/completions"]
    assert server.bodies[0] == {"model": "m", "prompt": "Hello", "max_tokens": 64}
    assert (reply.text, reply.finish) == ("there", "length")


def test_characters_of_all_kinds_arrive() -> None:
    text = "心情 \u2028 \x00 😀"
    reply, server = talk(chat(text), answer(text))
    assert server.bodies[0]["messages"][0]["content"] == text
    assert reply.text == text


def test_nothing_is_told_about_this_machine() -> None:
    _, server = talk(chat(), answer())
    assert not [name for name in server.headers[0] if name.lower().startswith("x-stainless")]


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (301, BadRequestError),
        (400, BadRequestError),
        (401, AuthError),
        (402, AuthError),
        (403, AuthError),
        (404, BadRequestError),
        (408, StalledError),
        (409, ServerError),
        (413, TooLongError),
        (422, BadRequestError),
        (429, RateLimitError),
        (500, ServerError),
        (502, ServerError),
        (503, RateLimitError),
        (529, RateLimitError),
    ],
)
def test_each_status_becomes_its_error_with_the_servers_words(status: int, kind: type[ModelError]) -> None:
    failure = failed(error(status, "the words\nof the server"))
    assert type(failure) is kind
    assert f"HTTP {status}: the words of the server" in str(failure)
    assert "openai:m at http://127.0.0.1:" in str(failure)
    assert "\n" not in str(failure)


@pytest.mark.parametrize(
    ("statuses", "what_next"),
    [
        ((301, 302, 307), "--base-url"),
        ((400, 418, 422), "mend what the server names"),
        ((408, 429, 503, 529), "--requests-per-minute"),
        ((409, 425, 500, 502, 599), "goes on from here"),
    ],
)
def test_each_status_tells_what_next(statuses: tuple[int, ...], what_next: str) -> None:
    for status in statuses:
        assert what_next in failed(error(status, "no")).hint


def test_an_html_error_page_is_told_in_a_line() -> None:
    page = b"<html><head><title>x</title></head><body>\n<h1>502 Bad Gateway</h1>\n</body></html>"
    failure = failed(Canned(502, page, {"Content-Type": "text/html"}))
    assert isinstance(failure, ServerError)
    assert "HTTP 502: 502 Bad Gateway" in str(failure)


def test_a_redirect_is_not_followed() -> None:
    async def complete() -> list[str]:
        moved = Canned(307, {}, {"Location": "/elsewhere"})
        async with canned_backend(moved, answer()) as (server, backend):
            assert isinstance(await failure_of(backend, chat()), BadRequestError)
            return server.paths

    assert len(asyncio.run(complete())) == 1


@pytest.mark.parametrize(
    "body", [b"", b"[" * 100_000, b"null", b'{"choices": NaN}', [1], [], {}, {"choices": []}, {"choices": "ab"}]
)
def test_an_answer_that_is_none_is_malformed(body: object) -> None:
    failure = failed(Canned(body=body))
    assert type(failure) is MalformedReplyError
    assert "base URL" in failure.hint


def test_an_error_with_status_200_is_an_error() -> None:
    assert type(failed(Canned(body={"error": {"message": "busy", "code": 429}}))) is RateLimitError
    assert type(failed(Canned(body={"error": {"message": "it broke"}}))) is ServerError
    assert type(failed(Canned(body={"error": "it broke"}))) is ServerError


def test_a_filtered_prompt_is_an_empty_answer_and_not_the_end_of_the_run() -> None:
    reply, _ = talk(chat(), error(400, "blocked", code="content_filter"))
    assert (reply.text, reply.finish) == ("", "content_filter")


def test_an_empty_account_is_not_waited_for() -> None:
    assert type(failed(error(429, "You exceeded your quota", code="insufficient_quota"))) is AuthError


@pytest.mark.parametrize("words", ["context_length_exceeded", "This model's maximum context length is 8192 tokens"])
def test_a_request_that_is_too_long_is_told_what_helps(words: str) -> None:
    failure = failed(error(400, f"{words}; see json_schema", code="invalid_request_error"))
    assert type(failure) is TooLongError
    assert "--context" in failure.hint


@pytest.mark.parametrize("status", [200, 400, 401, 429, 500])
@pytest.mark.parametrize("shape", ["json", "text"])
def test_the_key_is_in_no_error_even_if_the_server_says_it_back(
    caplog: pytest.LogCaptureFixture, status: int, shape: str
) -> None:
    caplog.set_level(logging.DEBUG)
    words = f"Incorrect key {KEY} " + "x" * 370 + KEY  # the second one across the place where long words are cut
    body = {"error": {"message": words, "code": KEY, "param": KEY}} if shape == "json" else words.encode()
    failure = failed(Canned(status, body))
    told = "".join(traceback.format_exception(failure)) + repr(failure) + str(vars(failure)) + caplog.text
    assert KEY[:8] not in told
    assert failure.__context__ is None


@pytest.mark.parametrize("path", ["chat", "text"])
def test_the_key_is_in_no_answer_even_if_the_server_says_it_back(path: str) -> None:
    words = f"Your key is {KEY}."
    said = {"message": {"content": words}} if path == "chat" else {"text": words}
    body = {"id": KEY, "model": f"m-{KEY}", "choices": [{**said, "finish_reason": KEY}]}
    reply, _ = talk(chat() if path == "chat" else plain("Hello"), Canned(body=body))
    assert reply.text == "Your key is [key]."
    assert KEY not in repr(reply)


def test_a_key_that_is_a_word_is_left_in_an_answer() -> None:
    async def complete() -> str:
        async with canned_backend(answer("That is none of it."), key="none") as (_, backend):
            return (await backend.complete(chat())).text

    assert asyncio.run(complete()) == "That is none of it."


@pytest.mark.parametrize("body", [[1], {}, {"tokens": 3}])
def test_tokens_that_are_none_are_malformed(body: object) -> None:
    async def count() -> int:
        async with canned_backend(Canned(body=body)) as (server, backend):
            return await backend.count_at(f"{server.base_url}/tokenize", "one two")

    with pytest.raises(MalformedReplyError, match="the answer holds no tokens"):
        asyncio.run(count())


def test_the_key_is_in_no_repr() -> None:
    assert KEY not in repr(OpenAIBackend("openai:m", "m", "http://127.0.0.1:9/v1", key=KEY))


def closed_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def test_a_server_that_is_not_there_is_named_with_what_to_do() -> None:
    base_url = f"http://127.0.0.1:{closed_port()}/v1"

    async def complete() -> ModelError:
        async with backend_of(base_url, hint="start it.") as backend:
            return await failure_of(backend, chat())

    failure = asyncio.run(complete())
    assert type(failure) is ConnectionLostError
    assert base_url in str(failure)
    assert failure.hint == "start it."


async def one_answer(bytes_sent: bytes, hold: bool, timeout_s: float) -> ModelError:
    """Return the error for a server that sends some bytes and then holds or drops the connection."""
    ended = asyncio.Event()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(bytes_sent)
        await writer.drain()
        if hold:
            await ended.wait()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server, backend_of(f"http://127.0.0.1:{port}/v1", timeout_s=timeout_s) as backend:
        try:
            return await failure_of(backend, chat())
        finally:
            ended.set()


HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n"


@pytest.mark.parametrize(
    ("bytes_sent", "hold", "kind"),
    [
        (b"", False, ConnectionLostError),
        (HEAD + b"content-length: 100\r\n\r\n{", False, ConnectionLostError),
        (b"what is this?\r\n\r\n", False, MalformedReplyError),
        (HEAD + b"content-encoding: gzip\r\ncontent-length: 2\r\n\r\n{}", False, MalformedReplyError),
        (b"", True, StalledError),
        (HEAD + b"content-length: 100\r\n\r\n{", True, StalledError),
    ],
    ids=["closed", "cut off", "not HTTP", "not gzip", "silent", "stuck"],
)
def test_a_connection_that_breaks_or_stalls(bytes_sent: bytes, hold: bool, kind: type[ModelError]) -> None:
    assert type(asyncio.run(one_answer(bytes_sent, hold, timeout_s=0.3 if hold else 30.0))) is kind


def test_no_limit_below_holds_requests_back() -> None:
    """aiohttp's own limit is 100 connections."""

    async def peak() -> int:
        settings = LoopbackSettings(latency=(1.0, 1.0))
        async with Loopback(settings) as loopback, backend_of(loopback.base_url) as backend:
            asked = [asyncio.create_task(backend.complete(chat())) for _ in range(400)]
            most = 0
            while not all(task.done() for task in asked):
                most = max(most, loopback.log.in_flight)
                await asyncio.sleep(0.01)
            await asyncio.gather(*asked)
            return most

    assert asyncio.run(peak()) > 300


def test_every_exception_of_the_sdk_has_a_row() -> None:
    public = {
        kind
        for kind in (getattr(openai, name) for name in dir(openai) if not name.startswith("_"))
        if inspect.isclass(kind) and issubclass(kind, Exception)
    }
    assert openai.APITimeoutError in public
    assert public - set(ERRORS) == set()


@pytest.mark.parametrize("library", [aiohttp, httpx2])
def test_every_exception_below_the_sdk_is_some_error(library: ModuleType) -> None:
    kinds = {name: getattr(library, name) for name in library.__all__ if inspect.isclass(getattr(library, name))}
    raised = {name: kind for name, kind in kinds.items() if issubclass(kind, Exception)}
    assert len(raised) > 10
    # These belong to parts that are not used: cookies by name, web sockets, warnings.
    unused = {"CookieConflict", "EofStream", "WSMessageTypeError", "WebSocketError"}
    untold = {name for name, kind in raised.items() if error_for(kind) is None and not issubclass(kind, Warning)}
    assert untold <= unused
