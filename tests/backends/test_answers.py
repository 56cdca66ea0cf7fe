"""What a reply is read from, and what is no reply."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from asking import chat, failure_of, plain
from canned import KEY, Canned, answer, backend_of, canned_backend

from synthgen.calls import Reply, Request
from synthgen.errors import ConnectionLostError, MalformedReplyError, ModelError, StalledError
from synthgen.loopback.server import Loopback
from synthgen.loopback.settings import LoopbackSettings
from synthgen.text import estimate_tokens


def answered(response: Canned, request: Request | None = None) -> Reply:
    async def talk() -> Reply:
        async with canned_backend(response) as (_, backend):
            return await backend.complete(request or chat())

    return asyncio.run(talk())


def failed(response: Canned) -> ModelError:
    async def talk() -> ModelError:
        async with canned_backend(response) as (_, backend):
            return await failure_of(backend, chat())

    return asyncio.run(talk())


def at_loopback(timeout_s: float = 30.0, **settings: Any) -> Reply | ModelError:
    """Return what a request to a loopback server ends in."""

    async def talk() -> Reply | ModelError:
        async with (
            Loopback(LoopbackSettings(**settings)) as loopback,
            backend_of(loopback.base_url, timeout_s=timeout_s) as backend,
        ):
            try:
                return await backend.complete(chat("Answer in 20 to 30 words."))
            except ModelError as error:
                return error

    return asyncio.run(talk())


@pytest.mark.parametrize(
    "message",
    [
        {"content": "<think>\nThey sound tired.\n</think>\n\nRest well."},
        {"content": "They sound tired.</think>Rest well."},
        {"content": "Rest well.", "reasoning_content": "They sound tired.", "reasoning": "They sound tired."},
        {"content": [{"type": "thinking", "thinking": "They sound tired."}, {"type": "text", "text": "Rest well."}]},
        {"content": None, "refusal": "Rest well."},
        {"content": "", "refusal": "Rest well."},
    ],
)
def test_reasoning_is_never_in_the_text(message: dict[str, Any]) -> None:
    assert answered(answer(message=message)).text == "Rest well."


def test_the_reasoning_of_a_server_is_left_out() -> None:
    reply = at_loopback(reasoning=True)
    assert isinstance(reply, Reply)
    assert 20 <= len(reply.text.split()) <= 30
    assert "think>" not in reply.text


@pytest.mark.parametrize("finish", ["length", "content_filter"])
def test_an_answer_that_ended_before_its_first_word_is_empty(finish: str) -> None:
    reply = answered(answer(None, finish_reason=finish))
    assert (reply.text, reply.finish) == ("", finish)


def test_a_stop_that_the_server_took_no_notice_of_ends_the_text() -> None:
    said = Canned(body={"choices": [{"text": " quiet nights.\nTopic: Grief", "finish_reason": "length"}]})
    reply = answered(said, plain("Client: I want", stop=("\nTopic:",)))
    assert (reply.text, reply.finish) == ("quiet nights.", "stop")


@pytest.mark.parametrize(
    "usage",
    [
        None,
        {},
        [],
        {"prompt_tokens": None, "completion_tokens": "12"},
        {"prompt_tokens": -100, "completion_tokens": -1},
        {"prompt_tokens": 1.5, "completion_tokens": float("inf")},
        {"prompt_tokens": True, "completion_tokens": False},
        {"prompt_tokens": 10**400, "completion_tokens": 10**12},
    ],
)
def test_tokens_are_estimated_where_the_server_does_not_count(usage: Any) -> None:
    reply = answered(answer("one two three four", usage=usage), chat("alpha beta gamma", system="delta"))
    assert reply.usage.prompt_tokens == estimate_tokens("delta\nalpha beta gamma") > 0
    assert reply.usage.completion_tokens == estimate_tokens("one two three four") > 0


def test_each_count_of_the_server_is_taken() -> None:
    usage = answered(answer("one two", usage={"prompt_tokens": 91})).usage
    assert (usage.prompt_tokens, usage.completion_tokens) == (91, estimate_tokens("one two"))


@pytest.mark.parametrize(("cached", "believed"), [(40, 40), (0, 0), (92, 91), (-5, 0), (10**30, 0), ("40", 0)])
def test_no_more_is_cached_than_was_asked(cached: Any, believed: int) -> None:
    usage = {"prompt_tokens": 91, "completion_tokens": 2, "prompt_tokens_details": {"cached_tokens": cached}}
    assert answered(answer("one two", usage=usage)).usage.cached_tokens == believed


def test_a_server_that_never_counts_is_answered_with_estimates() -> None:
    reply = at_loopback(no_usage=True)
    assert isinstance(reply, Reply)
    assert reply.usage.completion_tokens == estimate_tokens(reply.text)


@pytest.mark.parametrize(
    "response",
    [
        Canned(200, b'{"choices": [{"mess'),
        Canned(200, b"\xff\xfe\x00"),
        Canned(200, b"<html>Please wait</html>", {"Content-Type": "text/html"}),
        *(Canned(200, body) for body in (None, "text", 3, {"choices": [None]})),
        *(Canned(200, {"choices": [{"message": message}]}) for message in ({}, {"content": None}, {"content": 7})),
        Canned(200, {"choices": [{"text": None}]}),
    ],
)
def test_a_body_that_is_no_answer_may_be_asked_again(response: Canned) -> None:
    failure = failed(response)
    assert type(failure) is MalformedReplyError
    assert failure.retryable
    assert failure.hint
    assert "openai:m at http://127.0.0.1:" in str(failure)


@pytest.mark.parametrize(
    ("faults", "kind"),
    [
        ({"malformed": 1.0}, MalformedReplyError),
        ({"dropped_before": 1.0}, ConnectionLostError),
        ({"dropped_after": 1.0}, ConnectionLostError),
        ({"stalled": 1.0, "timeout_s": 0.2}, StalledError),
    ],
)
def test_the_faults_of_a_server_may_pass(faults: dict[str, float], kind: type[ModelError]) -> None:
    failure = at_loopback(**faults)
    assert type(failure) is kind
    assert failure.retryable
    assert (failure.__cause__, failure.__context__) == (None, None)
    assert KEY not in repr(vars(failure)) + str(failure)


def test_a_slow_answer_within_the_timeout_is_taken() -> None:
    assert isinstance(at_loopback(latency=(0.3, 0.3)), Reply)
