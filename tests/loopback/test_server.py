"""The loopback server, spoken to by the real OpenAI client."""

from __future__ import annotations

import asyncio
import json
import re
import sys
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import openai
import pytest
from openai.types.chat import ChatCompletion

from synthgen.loopback.server import Loopback
from synthgen.loopback.settings import LoopbackSettings
from synthgen.text import count_units

PROMPT = "Answer in 40 to 60 words."
SCHEMA = {"type": "object", "properties": {"slot": {"type": "integer", "enum": [3]}}, "required": ["slot"]}


@asynccontextmanager
async def served(key: str = "k", **settings: Any) -> AsyncIterator[tuple[Loopback, openai.AsyncOpenAI]]:
    async with (
        Loopback(LoopbackSettings(**settings)) as loopback,
        openai.AsyncOpenAI(base_url=loopback.base_url, api_key=key, max_retries=0, timeout=30) as client,
    ):
        yield loopback, client


async def ask(client: openai.AsyncOpenAI, prompt: str = PROMPT, **body: Any) -> ChatCompletion:
    messages = body.pop("messages", [{"role": "user", "content": prompt}])
    return await client.chat.completions.create(model="loopback", messages=messages, **body)


async def refusal(answer: Awaitable[Any]) -> openai.APIStatusError:
    with pytest.raises(openai.APIStatusError) as refused:
        await answer
    return refused.value


def test_chat_is_answered_as_openai_does() -> None:
    async def talk() -> None:
        async with served() as (loopback, client):
            answer = await ask(client)
            text = answer.choices[0].message.content
            assert text is not None
            assert 40 <= count_units(text) <= 60
            assert (answer.id, answer.model, answer.object) == ("loop-1", "loopback", "chat.completion")
            assert answer.choices[0].finish_reason == "stop"
            assert answer.usage is not None
            assert answer.usage.prompt_tokens == 7
            assert answer.usage.completion_tokens == (len(text) + 3) // 4
            assert (await ask(client)).id == "loop-2"
            assert [(call.status, call.delivered, call.answered) for call in loopback.log.calls] == [
                (200, True, True)
            ] * 2

    asyncio.run(talk())


def test_texts_schemas_and_parts_of_messages_are_answered() -> None:
    async def talk() -> None:
        async with served() as (_, client):
            text = await client.completions.create(model="m", prompt="Topic: Sleep\nClient: I.\nCounselor:")
            assert text.choices[0].text.endswith(".")
            assert text.object == "text_completion"
            wanted = {"type": "json_schema", "json_schema": {"name": "answer", "schema": SCHEMA}}
            answer = await ask(client, response_format=wanted)
            assert json.loads(answer.choices[0].message.content or "") == {"slot": 3}
            parts = [{"type": "text", "text": "请用 40 到"}, {"type": "text", "text": " 60 字回答。"}]
            answer = await ask(client, messages=[{"role": "user", "content": parts}])
            assert 40 <= count_units(answer.choices[0].message.content or "") <= 60
            assert [model.id async for model in client.models.list()] == ["loopback"]

    asyncio.run(talk())


@pytest.mark.parametrize(
    ("settings", "body", "status", "words"),
    [
        ({"api_key": "secret"}, {}, 401, "Incorrect API key provided: k."),
        ({"models": ("a", "b")}, {}, 404, "The model `loopback` does not exist."),
        ({"refused_parameters": ("top_k",)}, {"extra_body": {"top_k": 5}}, 400, "Unsupported parameter: 'top_k'"),
        (
            {"no_json_schema": True},
            {"response_format": {"type": "json_schema", "json_schema": {"name": "a", "schema": SCHEMA}}},
            400,
            "'response_format' of type 'json_schema' is not supported",
        ),
        ({}, {"response_format": {"type": "json_schema", "json_schema": {"name": "a"}}}, 400, "json_schema.schema"),
        (
            {"no_system_role": True},
            {"messages": [{"role": "system", "content": "a"}]},
            400,
            "System role not supported",
        ),
        ({}, {"messages": []}, 400, "Invalid value for 'messages'"),
        ({}, {"messages": [{"role": "user", "content": 5}]}, 400, "Invalid value for 'messages'"),
        ({}, {"stream": True}, 400, "Streaming is not supported"),
        ({"window_calls": 1, "window_s": 0.0, "capacity": 1}, {}, 200, ""),
        ({"rate_limited": 1.0}, {}, 429, "Rate limit reached"),
    ],
)
def test_requests_are_refused_in_openais_words(
    settings: dict[str, Any], body: dict[str, Any], status: int, words: str
) -> None:
    async def talk() -> None:
        async with served(**settings) as (loopback, client):
            if status == 200:
                await ask(client, **body)
            else:
                refused = await refusal(ask(client, **body))
                assert refused.status_code == status
                assert words in refused.message
            assert loopback.log.stats()["by_status"] == {str(status): 1}

    asyncio.run(talk())


def test_body_that_is_no_json_is_refused() -> None:
    async def talk() -> None:
        async with served() as (loopback, _), aiohttp.ClientSession() as session:
            for body in (b"{", b"[]", b"\xff"):
                async with session.post(f"{loopback.base_url}/chat/completions", data=body) as response:
                    assert response.status == 400
            async with session.get(f"{loopback.base_url}/nothing") as response:
                assert (await response.json())["error"]["message"] == "Unknown request URL: GET /v1/nothing"

    asyncio.run(talk())


def test_rate_limited_body_passes_on_its_next_try() -> None:
    async def talk() -> None:
        async with served(rate_limited=1.0, retry_after=0.5, retry_after_ms=True) as (loopback, client):
            refused = await refusal(ask(client))
            assert refused.response.headers["retry-after"] == "0.5"
            assert refused.response.headers["retry-after-ms"] == "500"
            assert (await ask(client)).id == "loop-2"
            assert [call.fault for call in loopback.log.calls] == ["rate_limited", ""]

    asyncio.run(talk())


def test_capacity_and_windows_are_kept() -> None:
    async def talk() -> None:
        async with served(capacity=3, latency=(0.1, 0.1)) as (loopback, client):
            answers = await asyncio.gather(*(ask(client, str(n)) for n in range(10)), return_exceptions=True)
            assert sum(isinstance(answer, openai.RateLimitError) for answer in answers) == 7
            assert loopback.log.stats()["by_status"] == {"200": 3, "429": 7}
        async with served(window_calls=2, rate_headers=True) as (_, client):
            raw = await client.chat.completions.with_raw_response.create(
                model="m", messages=[{"role": "user", "content": "a"}]
            )
            assert raw.headers["x-ratelimit-remaining-requests"] == "1"
            assert raw.headers["x-ratelimit-reset-requests"].endswith("s")
            await ask(client)
            assert (await refusal(ask(client))).response.headers["x-ratelimit-remaining-requests"] == "0"

    asyncio.run(talk())


@pytest.mark.parametrize(
    ("settings", "error", "statuses"),
    [
        ({"server_errors": 1.0}, openai.InternalServerError, {500, 502, 503}),
        ({"dropped_before": 1.0}, openai.APIConnectionError, {0}),
        ({"dropped_after": 1.0}, openai.APIConnectionError, {200}),
        ({"stalled": 1.0, "stall_s": 0.02}, openai.APIConnectionError, {0}),
    ],
)
def test_faults_are_what_a_client_meets(settings: dict[str, Any], error: type[Exception], statuses: set[int]) -> None:
    async def talk() -> None:
        async with served(**settings) as (loopback, client):
            for number in range(12):
                with pytest.raises(error):
                    await ask(client, str(number))
            calls = loopback.log.calls
            assert {call.status for call in calls} == statuses
            assert not any(call.answered for call in calls)
            assert all(call.delivered == (call.status >= 500) for call in calls)
            assert loopback.log.stats()["in_flight"] == 0

    asyncio.run(talk())


def test_malformed_bodies_come_in_every_kind() -> None:
    async def talk() -> None:
        async with served(malformed=1.0) as (loopback, _), aiohttp.ClientSession() as session:
            seen: dict[str, bytes] = {}
            for number in range(30):
                body = {"model": "m", "messages": [{"role": "user", "content": str(number)}]}
                async with session.post(f"{loopback.base_url}/chat/completions", json=body) as response:
                    assert response.status == 200
                    seen[loopback.log.calls[-1].fault] = await response.read()
        assert set(seen) == {"truncated_json", "html", "empty_choices", "null_content"}
        with pytest.raises(json.JSONDecodeError):
            json.loads(seen["truncated_json"])
        assert seen["html"].startswith(b"<html>")
        assert json.loads(seen["empty_choices"])["choices"] == []
        assert json.loads(seen["null_content"])["choices"][0]["message"]["content"] is None
        assert loopback.log.stats()["delivered"] == 30
        assert loopback.log.stats()["answered"] == 0

    asyncio.run(talk())


def test_answers_may_be_cut_reasoned_and_uncounted() -> None:
    async def talk() -> None:
        async with served(cut=1.0, reasoning=True, no_usage=True) as (_, client):
            answer = await ask(client)
            text = answer.choices[0].message.content or ""
            thought, _, rest = text.partition("</think>")
            assert thought.startswith("<think>")
            assert count_units(rest) < 40
            assert answer.choices[0].message.model_extra == {"reasoning_content": thought.split("\n")[1]}
            assert answer.choices[0].finish_reason == "length"
            assert answer.usage is None
        async with served(bad_share=1.0) as (_, client):
            text = (await ask(client)).choices[0].message.content or ""
            assert count_units(text) < 40 or text.startswith(("I'm sorry", "It sounds", "I understand"))

    asyncio.run(talk())


def test_run_is_repeatable_whatever_the_order() -> None:
    settings = LoopbackSettings(rate_limited=0.2, server_errors=0.2, malformed=0.2, cut=0.2, latency=(0.0, 0.02))
    prompts = [f"prompt {number}" for number in range(40)]

    async def outcomes(order: list[str]) -> dict[str, list[tuple[int, str]]]:
        async with Loopback(settings) as loopback, aiohttp.ClientSession() as session:

            async def thrice(prompt: str) -> list[tuple[int, str]]:
                found = []
                for _ in range(3):
                    body = {"model": "m", "messages": [{"role": "user", "content": prompt}]}
                    async with session.post(f"{loopback.base_url}/chat/completions", json=body) as response:
                        found.append((response.status, re.sub(r"loop-[0-9]+", "", await response.text())[:200]))
                return found

            return dict(zip(order, await asyncio.gather(*map(thrice, order)), strict=True))

    first, second = asyncio.run(outcomes(prompts)), asyncio.run(outcomes(prompts[::-1]))
    assert first == second
    assert {status for found in first.values() for status, _ in found} == {200, 429, 500, 502, 503}


def test_stats_and_reset_are_served() -> None:
    async def talk() -> None:
        async with served(rate_limited=1.0) as (loopback, client), aiohttp.ClientSession() as session:
            root = loopback.base_url.removesuffix("/v1")
            await refusal(ask(client))
            await ask(client)
            async with session.get(f"{root}/stats") as response:
                assert await response.json() == loopback.log.stats()
            assert loopback.log.stats()["calls"] == 2
            async with session.post(f"{root}/reset") as response:
                assert response.status == 200
            assert loopback.log.stats()["calls"] == 0
            assert (await refusal(ask(client))).status_code == 429  # the body is new again

    asyncio.run(talk())


ENDLESS_CLIENT = """
import asyncio, sys, aiohttp

async def ask(session, at):
    while True:
        at += 100
        body = {"model": "m", "messages": [{"role": "user", "content": f"{at}, in 10 to 20 words"}]}
        async with session.post(sys.argv[1] + "/chat/completions", json=body) as response:
            print((await response.json())["id"], flush=True)

async def main():
    async with aiohttp.ClientSession() as session:
        await asyncio.gather(*(ask(session, at) for at in range(50)))

asyncio.run(main())
"""


def test_log_is_whole_after_the_client_is_killed(tmp_path: Path) -> None:
    """What the client has seen was delivered; what was in flight is there, and was not."""

    async def talk() -> tuple[set[str], int]:
        async with Loopback(LoopbackSettings(latency=(0.05, 0.3)), log_path=tmp_path / "log") as loopback:
            killed = await asyncio.create_subprocess_exec(
                sys.executable, "-c", ENDLESS_CLIENT, loopback.base_url, stdout=asyncio.subprocess.PIPE
            )
            assert killed.stdout is not None
            seen = [await killed.stdout.readline() for _ in range(200)]
            killed.kill()
            seen += (await killed.stdout.read()).splitlines()
            await killed.wait()
            while loopback.log.in_flight:  # noqa: ASYNC110  # the server is told by the kernel, and tells nobody
                await asyncio.sleep(0.005)
            return {line.decode().strip() for line in seen if line.endswith(b"\n")}, loopback.log.begun

    seen, begun = asyncio.run(talk())
    calls = [json.loads(line) for line in (tmp_path / "log").read_text().splitlines()]
    assert sorted(call["n"] for call in calls) == list(range(1, begun + 1))
    assert seen <= {call["id"] for call in calls if call["delivered"]}
    assert 20 < sum(not call["delivered"] for call in calls) <= 50


def test_leaving_ends_what_is_in_flight(tmp_path: Path) -> None:
    async def talk() -> None:
        async with Loopback(LoopbackSettings(latency=(60, 60)), log_path=tmp_path / "log") as loopback:
            client = openai.AsyncOpenAI(base_url=loopback.base_url, api_key="k", max_retries=0)
            asked = asyncio.create_task(ask(client))
            while not loopback.log.in_flight:  # noqa: ASYNC110
                await asyncio.sleep(0.005)
        with pytest.raises(openai.APIConnectionError):
            await asked
        await client.close()

    asyncio.run(talk())
    (call,) = map(json.loads, (tmp_path / "log").read_text().splitlines())
    assert (call["status"], call["delivered"]) == (0, False)
