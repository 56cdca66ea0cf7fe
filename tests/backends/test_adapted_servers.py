"""Servers that take less than was asked: how each says so, and what it is asked from then on."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from asking import QUESTION, SCHEMA, adapted, chat, failure_of, insisted, plain
from canned import Canned, Server, answer, backend_of, canned_backend, error

from synthgen.backends.adaptation import refuses_system
from synthgen.backends.dialect import OPENAI, STANDARD, Dialect
from synthgen.calls import Request
from synthgen.errors import (
    BadRequestError,
    ModelError,
    ParameterError,
    SchemaError,
    ServerError,
    SystemRoleError,
)
from synthgen.loopback.server import Loopback
from synthgen.loopback.settings import LoopbackSettings


def adapts(request: Request, kind: type[ModelError], refusal: Canned, **options: Any) -> Server:
    """Return what a server was asked that refuses once; the refusal has to be learned from."""

    async def talk() -> Server:
        async with canned_backend(refusal, answer(), **options) as (server, backend):
            await adapted(backend, request, kind)
            await backend.complete(request)
            return server

    server = asyncio.run(talk())
    assert len(server.bodies) == 3
    assert server.bodies[1] == server.bodies[2]  # learned once, kept
    return server


def fails(request: Request, refusal: Canned, **options: Any) -> ModelError:
    async def talk() -> ModelError:
        async with canned_backend(refusal, **options) as (_, backend):
            return await failure_of(backend, request)

    return asyncio.run(talk())


@pytest.mark.parametrize("request_", [chat(schema=SCHEMA), plain("The caller feels", schema=SCHEMA)])
def test_a_schema_that_is_refused_is_asked_for_in_words(request_: Request) -> None:
    words = "'response_format' of type 'json_schema' is not supported with this model."
    server = adapts(request_, SchemaError, error(400, words, param="response_format"))
    first, second, _ = server.bodies
    assert first["response_format"]["json_schema"] == {"name": request_.purpose, "schema": SCHEMA, "strict": True}
    assert "response_format" not in second
    asked = second["messages"][-1]["content"] if "messages" in second else second["prompt"]
    assert asked.endswith(json.dumps(SCHEMA))


@pytest.mark.parametrize(
    "refusal",
    [
        error(422, "guided_json needs a backend that is not built"),
        error(500, "failed to parse grammar"),
        Canned(400, {"object": "error", "message": "Unsupported structured output", "code": 400}),
    ],
)
def test_other_servers_refuse_a_schema_in_other_words(refusal: Canned) -> None:
    adapts(chat(schema=SCHEMA), SchemaError, refusal)


def test_a_schema_that_is_open_is_not_asked_for_strictly() -> None:
    async def talk() -> Server:
        async with canned_backend(answer()) as (server, backend):
            await backend.complete(chat(schema={**SCHEMA, "additionalProperties": True}))
            return server

    wanted = asyncio.run(talk()).bodies[0]["response_format"]["json_schema"]
    assert wanted["strict"] is False


@pytest.mark.parametrize(
    "words",
    [
        "System role not supported",
        "Conversation roles must alternate user/assistant/user/assistant/...",
        "Only user and assistant roles are supported!",
        "This model does not allow it: Developer instruction is not enabled for models/gemma",
    ],
)
@pytest.mark.parametrize("status", [400, 500])
def test_a_system_message_that_is_refused_is_folded(words: str, status: int) -> None:
    server = adapts(chat(system="You are kind."), SystemRoleError, error(status, words))
    assert [message["role"] for message in server.bodies[0]["messages"]] == ["system", "user"]
    assert server.bodies[1]["messages"] == [{"role": "user", "content": f"You are kind.\n\n{QUESTION}"}]


def test_a_template_that_takes_a_system_message_is_not_misread() -> None:
    words = "After the optional system message, conversation roles must alternate user/assistant."
    assert not refuses_system(words)
    assert type(fails(chat(system="You are kind."), error(400, words))) is BadRequestError
    # Without a system message there is nothing to fold.
    assert type(fails(chat(), error(400, "System role not supported"))) is BadRequestError


@pytest.mark.parametrize(
    ("parameter", "refusal"),
    [
        ("seed", error(400, "Unsupported parameter.", param="seed", code="unsupported_parameter")),
        ("temperature", error(400, "Only the default is there.", param="temperature", code="unsupported_value")),
        (
            "seed",
            Canned(422, {"detail": [{"type": "extra_forbidden", "loc": ["body", "seed"], "msg": "not permitted"}]}),
        ),
        ("temperature", error(400, "Unrecognized request argument supplied: temperature")),
    ],
)
def test_a_parameter_that_is_refused_is_left_out(parameter: str, refusal: Canned) -> None:
    server = adapts(chat(seed=5, temperature=0.7), ParameterError, refusal)
    assert parameter in server.bodies[0]
    assert {key: value for key, value in server.bodies[0].items() if key != parameter} == server.bodies[1]


def test_the_bound_on_a_reply_is_renamed_and_never_dropped() -> None:
    words = "Unsupported parameter: 'max_tokens' is not supported. Use 'max_completion_tokens' instead."
    refusal = error(400, words, param="max_tokens", code="unsupported_parameter")
    server = adapts(chat(), ParameterError, refusal)
    assert (server.bodies[0]["max_tokens"], server.bodies[1]["max_completion_tokens"]) == (64, 64)
    assert "max_tokens" not in server.bodies[1]

    back = error(400, "Unknown field max_completion_tokens, did you mean max_tokens?", code="unknown_parameter")
    back = Canned(400, {"error": {**back.body["error"], "param": "max_completion_tokens"}})
    assert adapts(chat(), ParameterError, back, names=OPENAI).bodies[1]["max_tokens"] == 64


def test_a_bound_that_is_refused_under_both_names_ends_in_an_error() -> None:
    async def talk() -> ModelError:
        refusals = [
            error(400, "unsupported", param=name, code="unsupported_parameter")
            for name in ("max_tokens", "max_completion_tokens")
        ]
        async with canned_backend(*refusals) as (_, backend):
            assert isinstance(await failure_of(backend, chat()), ParameterError)
            return await failure_of(backend, chat())

    assert type(asyncio.run(talk())) is BadRequestError


@pytest.mark.parametrize(
    "refusal",
    [
        error(400, "temperature must be below 2", param="temperature", code="invalid_value"),
        error(400, "max_tokens is too large: 64. This is not supported.", code="invalid_value"),
        error(400, "seed and temperature are not supported together"),
    ],
)
def test_a_value_that_is_out_of_range_is_an_error_of_the_user(refusal: Canned) -> None:
    assert type(fails(chat(temperature=3.0, seed=1), refusal)) is BadRequestError


def test_a_failure_that_is_none_of_these_stays_what_it_is() -> None:
    assert type(fails(chat(system="Be kind.", schema=SCHEMA, seed=1), error(500, "out of memory"))) is ServerError
    assert type(fails(chat(system="Be kind.", schema=SCHEMA), error(400, "no such model"))) is BadRequestError


def test_a_dialect_only_narrows() -> None:
    dialect = Dialect(STANDARD)
    narrowed = dialect.without("seed")
    assert narrowed is not None
    assert set(STANDARD) - set(narrowed.names) == {"seed"}
    renamed = dialect.without("max_tokens")
    assert renamed is not None
    assert renamed.without("max_completion_tokens") is None


def test_a_server_that_refuses_everything_is_learned_in_a_few_tries() -> None:
    async def talk() -> None:
        settings = LoopbackSettings(
            no_json_schema=True, no_system_role=True, refused_parameters=("seed", "max_tokens", "temperature")
        )
        async with Loopback(settings) as loopback, backend_of(loopback.base_url) as backend:
            request = chat(system="You are kind.", schema=SCHEMA, seed=1, temperature=0.5)
            assert (await insisted(backend, request)).text
            assert loopback.log.by_status == {400: 5, 200: 1}
            assert (await backend.complete(request)).text
            assert loopback.log.by_status == {400: 5, 200: 2}

    asyncio.run(talk())


def test_requests_in_flight_learn_together() -> None:
    async def talk() -> None:
        settings = LoopbackSettings(no_json_schema=True, no_system_role=True, latency=(0.01, 0.02))
        async with Loopback(settings) as loopback, backend_of(loopback.base_url) as backend:
            requests = [chat(f"Question {n}", system="You are kind.", schema=SCHEMA) for n in range(16)]
            replies = await asyncio.gather(*(insisted(backend, request) for request in requests))
            assert all(reply.text for reply in replies)
            assert loopback.log.by_status[400] <= 2 * len(requests)

    asyncio.run(talk())
