"""The OpenAI client against a real server: what is sent, what is read, what each failure becomes."""

from __future__ import annotations

import asyncio
import inspect
import json
import logging
import socket
import traceback

import aiohttp
import httpx2
import openai
import pytest

from synthgen.backends.openai_api import ERRORS, OpenAIBackend, error_for
from synthgen.calls import Headroom, Request, Sampling, Usage
from synthgen.errors import (
    AuthError,
    BadRequestError,
    ConnectionLostError,
    MalformedReplyError,
    ModelError,
    RateLimitError,
    ServerError,
    StalledError,
)
from synthgen.loopback.server import Loopback
from synthgen.loopback.settings import LoopbackSettings
from synthgen.records import Turn

KEY = "sk-very-secret-0123456789"
ASK = Request("reply", Sampling(max_tokens=50, temperature=0.5, stop=("END",)), (Turn("user", "Good morning"),))


def test_a_chat_is_sent_and_its_answer_read(converse, canned, said):
    headers = {"x-ratelimit-remaining-requests": "9", "x-ratelimit-reset-requests": "2s"}
    talk = converse([canned(said(), headers=headers)], ASK, key=KEY)
    (reply,) = talk.outcomes
    assert (reply.text, reply.finish, reply.usage) == ("Hello.", "stop", Usage(7, 3))
    assert (reply.model, reply.id) == ("tiny-1", "c-1")
    assert reply.headroom == Headroom(requests=9, tokens=None, reset_s=2.0)
    assert talk.paths == ["/v1/chat/completions"]
    assert talk.bodies[0] == {
        "model": "tiny",
        "messages": [{"role": "user", "content": "Good morning"}],
        "max_tokens": 50,
        "temperature": 0.5,
        "stop": ["END"],
    }
    assert talk.headers[0]["authorization"] == f"Bearer {KEY}"


def test_a_text_is_sent_to_completions(converse, canned):
    body = {"choices": [{"text": " there", "finish_reason": "length"}]}
    talk = converse([canned(body)], Request("query", Sampling(max_tokens=5), text="Hello"))
    assert talk.paths == ["/v1/completions"]
    assert talk.bodies[0]["prompt"] == "Hello"
    assert (talk.outcomes[0].text, talk.outcomes[0].finish) == (" there", "length")


def test_the_client_does_not_tell_about_this_machine(converse, canned, said):
    talk = converse([canned(said())], ASK)
    assert not [name for name in talk.headers[0] if name.lower().startswith("x-stainless")]


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
        (413, BadRequestError),
        (422, BadRequestError),
        (429, RateLimitError),
        (500, ServerError),
        (502, ServerError),
        (503, RateLimitError),
        (529, RateLimitError),
    ],
)
def test_each_status_becomes_its_error_with_the_servers_words(converse, canned, status, kind):
    body = {"error": {"message": "the words of the server", "type": "t"}}
    talk = converse([canned(body, status, {"retry-after": "7"})], ASK)
    (error,) = talk.outcomes
    assert type(error) is kind
    assert "the words of the server" in str(error)
    assert "openai:tiny" in str(error)
    assert str(status) in str(error)
    assert "\n" not in str(error)
    assert getattr(error, "retry_after", 7.0) == 7.0


def test_an_html_error_page_is_told_in_a_line(converse, canned):
    page = "<html><head><title>x</title></head><body>\n<h1>502 Bad Gateway</h1>\n</body></html>"
    (error,) = converse([canned(page, 502)], ASK).outcomes
    assert isinstance(error, ServerError)
    assert "HTTP 502: 502 Bad Gateway" in str(error)


def test_a_redirect_is_not_followed(converse, canned, said):
    talk = converse([canned({}, 307, {"location": "/elsewhere"}), canned(said())], ASK)
    assert isinstance(talk.outcomes[0], BadRequestError)
    assert len(talk.paths) == 1


@pytest.mark.parametrize(
    "body",
    ["<html>hello</html>", "", "[" * 100_000, [], {}, {"choices": []}, {"choices": None}, {"choices": ["a"]}],
    ids=lambda body: str(body)[:20],
)
def test_an_answer_that_is_none_is_malformed(converse, canned, body):
    assert isinstance(converse([canned(body)], ASK).outcomes[0], MalformedReplyError)


def test_an_error_with_status_200_is_an_error(converse, canned):
    upstream = canned({"error": {"message": "upstream is busy", "code": 429}})
    nameless = canned({"error": {"message": "it broke"}})
    talk = converse([upstream, nameless], ASK, ASK)
    assert [type(outcome) for outcome in talk.outcomes] == [RateLimitError, ServerError]


def test_a_filtered_prompt_is_an_empty_answer_and_not_the_end_of_the_run(converse, canned):
    body = {"error": {"message": "blocked", "code": "content_filter"}}
    (reply,) = converse([canned(body, 400)], ASK).outcomes
    assert (reply.text, reply.finish) == ("", "content_filter")


def test_an_empty_account_is_not_waited_for(converse, canned):
    body = {"error": {"message": "You exceeded your quota", "code": "insufficient_quota"}}
    (error,) = converse([canned(body, 429)], ASK).outcomes
    assert isinstance(error, AuthError)


@pytest.mark.parametrize("status", [200, 400, 401, 429, 500])
@pytest.mark.parametrize("shape", ["json", "text"])
def test_the_key_is_in_no_error_even_if_the_server_says_it_back(converse, canned, caplog, status, shape):
    caplog.set_level(logging.DEBUG)
    words = f"Incorrect key {KEY} " + "x" * 390 + KEY
    body = {"error": {"message": words, "code": KEY, "param": KEY}} if shape == "json" else words
    (error,) = converse([canned(body, status)], ASK, key=KEY).outcomes
    assert isinstance(error, ModelError)
    told = "".join(traceback.format_exception(error)) + repr(error) + str(vars(error)) + caplog.text
    assert "sk-very" not in told
    assert error.__context__ is None


def test_the_key_is_in_no_repr():
    assert KEY not in repr(OpenAIBackend("openai:m", "m", "http://127.0.0.1:9/v1", key=KEY))


def closed_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def test_a_server_that_is_not_there_is_named_with_what_to_do():
    base_url = f"http://127.0.0.1:{closed_port()}/v1"

    async def ask() -> None:
        backend = OpenAIBackend("ollama:m", "m", base_url, hint="start it.")
        try:
            await backend.complete(ASK)
        finally:
            await backend.aclose()

    with pytest.raises(ConnectionLostError) as told:
        asyncio.run(ask())
    assert base_url in str(told.value)
    assert told.value.hint == "start it."


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
    backend = OpenAIBackend("vllm:m", "m", f"http://127.0.0.1:{port}/v1", timeout_s=timeout_s)
    try:
        await backend.complete(ASK)
    except ModelError as error:
        return error
    finally:
        ended.set()
        await backend.aclose()
        server.close()
        await server.wait_closed()
    raise AssertionError("an answer came")


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
def test_a_connection_that_breaks_or_stalls(bytes_sent, hold, kind):
    error = asyncio.run(one_answer(bytes_sent, hold, timeout_s=0.3 if hold else 30))
    assert type(error) is kind


def test_no_limit_below_holds_requests_back():
    """aiohttp's own limit is 100 connections."""

    async def peak() -> int:
        async with Loopback(LoopbackSettings(latency=(1.0, 1.0))) as server:
            backend = OpenAIBackend("openai:m", "m", server.base_url)
            asked = [asyncio.create_task(backend.complete(ASK)) for _ in range(400)]
            most = 0
            while not all(task.done() for task in asked):
                most = max(most, server.log.in_flight)
                await asyncio.sleep(0.01)
            await asyncio.gather(*asked)
            await backend.aclose()
            return most

    assert asyncio.run(peak()) == 400


def test_every_exception_of_the_sdk_has_a_row():
    public = {
        kind
        for kind in (getattr(openai, name) for name in dir(openai))
        if inspect.isclass(kind) and issubclass(kind, Exception)
    }
    assert openai.APITimeoutError in public
    assert public - set(ERRORS) == set()


@pytest.mark.parametrize("library", [aiohttp, httpx2])
def test_every_exception_below_the_sdk_is_some_error(library):
    kinds = {name: getattr(library, name) for name in library.__all__ if inspect.isclass(getattr(library, name))}
    raised = {name: kind for name, kind in kinds.items() if issubclass(kind, Exception)}
    assert len(raised) > 10
    # These belong to parts that are not used: cookies by name, web sockets, warnings.
    unused = {"CookieConflict", "EofStream", "WebSocketError"}
    untold = {name for name, kind in raised.items() if error_for(kind) is None and not issubclass(kind, Warning)}
    assert untold <= unused


def test_the_body_is_json_with_all_characters(converse, canned, said):
    talk = converse([canned(said("你好"))], Request("q", Sampling(max_tokens=5), (Turn("user", "心情 \u2028 \x00"),)))
    assert talk.bodies[0]["messages"][0]["content"] == "心情 \u2028 \x00"
    assert talk.outcomes[0].text == "你好"
    assert json.dumps(talk.bodies[0])
