"""Made-up vectors, and the endpoint that gives them to the real OpenAI client."""

from __future__ import annotations

import asyncio
import math
from typing import Any

import openai
import pytest

from synthgen.loopback.server import Loopback
from synthgen.loopback.settings import LoopbackSettings
from synthgen.loopback.vectors import DIMENSIONS, vector_of


def cosine(one: str, other: str) -> float:
    return sum(a * b for a, b in zip(vector_of(one), vector_of(other), strict=True))


def test_near_texts_have_near_vectors() -> None:
    text = "my manager changes the shifts every week and never asks who can come on sundays"
    near = "every week my manager changes the shifts and never asks who may come on sundays"
    far = "a pigeon built its nest behind our boiler and now the heating will not start"
    assert cosine(text, text) == pytest.approx(1.0)
    assert cosine(text, near) > 0.85
    assert abs(cosine(text, far)) < 0.5
    assert cosine("我最近总是睡不着觉", "最近我总是睡不着觉") == pytest.approx(1.0)
    assert cosine("我最近总是睡不着觉", "房东要涨租金怎么办") < 0.5


@pytest.mark.parametrize("text", ["", "  ", "a", "\ud800", "😀"])
def test_every_text_has_a_vector(text: str) -> None:
    vector = vector_of(text)
    assert len(vector) == DIMENSIONS
    assert math.hypot(*vector) == pytest.approx(1.0) or not any(vector)


def ask(texts: Any, **settings: Any) -> Any:
    async def talk() -> Any:
        async with (
            Loopback(LoopbackSettings(**settings)) as loopback,
            openai.AsyncOpenAI(base_url=loopback.base_url, api_key="k", max_retries=0) as client,
        ):
            return await client.embeddings.create(model="m", input=texts, encoding_format="float")

    return asyncio.run(talk())


def test_the_endpoint_answers_as_openai_does() -> None:
    answer = ask(["one text", "another text"])
    assert [item.index for item in answer.data] == [0, 1]
    assert answer.data[1].embedding == pytest.approx(vector_of("another text"))
    assert answer.usage.total_tokens == 5
    assert len(ask("one text").data) == 1


@pytest.mark.parametrize("texts", ["", [], ["", "x"], [["nested"]]])
def test_what_is_no_text_is_refused(texts: Any) -> None:
    with pytest.raises(openai.BadRequestError, match="input"):
        ask(texts)


def test_a_bound_on_the_length_is_kept() -> None:
    assert ask(["x" * 50], longest_input=50).data
    with pytest.raises(openai.BadRequestError, match="maximum context length is 50"):
        ask(["x", "x" * 51], longest_input=50)
