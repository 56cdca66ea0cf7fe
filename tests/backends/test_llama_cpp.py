"""llama-cpp-python with the real small language model; set SYNTHGEN_REQUIRE_LLAMA_CPP=1 to fail without the package."""

from __future__ import annotations

import asyncio
import importlib.util
import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from asking import SCHEMA, adapted, chat, failure_of, plain, told

from synthgen.backends.models import BackendOptions, open_backend
from synthgen.calls import Backend, Reply
from synthgen.errors import BadRequestError, ModelError, ModelFileError, StalledError, SystemRoleError

REQUIRED = os.environ.get("SYNTHGEN_REQUIRE_LLAMA_CPP") == "1"
pytestmark = [
    pytest.mark.llama_cpp,
    pytest.mark.skipif(
        importlib.util.find_spec("llama_cpp") is None and not REQUIRED, reason="llama-cpp-python is not installed"
    ),
]


@pytest.fixture(scope="module")
def backend(runner: asyncio.Runner, small_model_file: Path) -> Iterator[Backend]:
    backend = open_backend(f"llama-cpp:{small_model_file}", BackendOptions(context=512, threads=1))
    yield backend
    runner.run(backend.aclose())


def test_it_chats(runner: asyncio.Runner, backend: Backend) -> None:
    reply = runner.run(backend.complete(chat(system="You are kind.", max_tokens=16)))
    assert len(reply.text.split()) >= 3
    assert 0 < reply.usage.completion_tokens <= 16
    assert reply.usage.prompt_tokens > 15
    assert (backend.slots, backend.plain, backend.fake, backend.local) == (1, False, False, True)


def test_it_goes_on_from_a_text_until_a_stop(runner: asyncio.Runner, backend: Backend) -> None:
    reply = runner.run(backend.complete(plain("Count: one, two, three, four, five,", stop=("\n", "eight"))))
    assert reply.text
    assert "eight" not in reply.text
    assert reply.finish == "stop"
    assert reply.usage.completion_tokens < 8, "it wrote on past the stop"


@pytest.mark.parametrize("ask", [chat, plain])
def test_it_decodes_by_a_schema(runner: asyncio.Runner, backend: Backend, ask: type) -> None:
    reply = runner.run(backend.complete(ask("How does the caller feel?", schema=SCHEMA)))
    answered = json.loads(reply.text)
    assert answered["slot"] == 3
    assert answered["mood"] in {"calm", "upset"}


def test_requests_wait_for_each_other(runner: asyncio.Runner, backend: Backend) -> None:
    async def talk() -> list[Reply]:
        return await asyncio.gather(*(backend.complete(chat(f"Greet person {n}.", max_tokens=6)) for n in range(3)))

    assert all(reply.text for reply in runner.run(talk()))


def test_a_request_beyond_the_context_is_refused_for_good(runner: asyncio.Runner, backend: Backend) -> None:
    failure = runner.run(failure_of(backend, chat("word " * 800)))
    assert isinstance(failure, BadRequestError)
    assert "--context" in failure.hint
    assert runner.run(backend.complete(chat(max_tokens=4))).text


def test_a_system_message_is_folded_where_the_template_refuses_it(folding_file: Path) -> None:
    async def talk() -> tuple[Reply, Reply]:
        backend = open_backend(f"llama-cpp:{folding_file}", BackendOptions(context=512, threads=1))
        try:
            request = chat(system="You are a kind and patient listener.", max_tokens=6)
            folded = await adapted(backend, request, SystemRoleError)
            return folded, await backend.complete(request)
        finally:
            await backend.aclose()

    folded, again = asyncio.run(talk())
    assert folded.text
    assert again.text
    assert folded.usage.prompt_tokens == again.usage.prompt_tokens


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(ModelFileError, match="no such file"):
        open_backend(f"llama-cpp:{tmp_path / 'none.gguf'}", BackendOptions())


def test_a_file_that_is_cut_off_is_told(
    small_model_file: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    cut = tmp_path / "cut.gguf"
    with small_model_file.open("rb") as whole:
        cut.write_bytes(whole.read(3_000_000))
    failure = told(open_backend(f"llama-cpp:{cut}", BackendOptions(context=512)), chat())
    assert isinstance(failure, ModelFileError)
    assert str(cut) in str(failure)
    assert capfd.readouterr().err == ""


def test_an_answer_that_takes_too_long_is_given_up_and_the_model_free_again(small_model_file: Path) -> None:
    async def talk() -> tuple[ModelError, Reply]:
        name = f"llama-cpp:{small_model_file}"
        backend = open_backend(name, BackendOptions(context=2048, threads=1))
        try:
            await backend.complete(chat(max_tokens=1))
            hasty = open_backend(name, BackendOptions(context=512, threads=1, timeout_s=0.05))
            failure = await failure_of(hasty, chat(max_tokens=400))
            await hasty.aclose()
            endless = asyncio.create_task(backend.complete(plain("Count: one, two,", max_tokens=2000)))
            await asyncio.sleep(0.3)
            endless.cancel()
            return failure, await backend.complete(chat(max_tokens=4))
        finally:
            await backend.aclose()

    failure, reply = asyncio.run(talk())
    assert isinstance(failure, StalledError)
    assert reply.text
