"""The embedded server with the real small language model."""

from __future__ import annotations

import asyncio
import json
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from asking import QUESTION, SCHEMA, chat, insisted, plain, told

from synthgen.backends.embedded import MOST_SLOTS, EmbeddedBackend
from synthgen.backends.models import BackendOptions, open_backend
from synthgen.backends.openai_api import OpenAIBackend
from synthgen.calls import Backend, Reply, Request
from synthgen.errors import AuthError, BadRequestError, ModelFileError

pytestmark = pytest.mark.model

FEW_SHOT = """Topic: Sleep
Client: I lie awake until three most nights and my work suffers for it.

Topic: Grief
Client: My father died in spring and I still reach for the phone to call him.

Topic: Stress
Client:"""
ONCE = f"""
import asyncio
from synthgen.backends.models import BackendOptions, open_backend
from synthgen.calls import Request, Sampling
from synthgen.records import Turn

async def main():
    backend = open_backend("smollm2", BackendOptions(context=512, slots=1, threads=1))
    request = Request("reply", Sampling(max_tokens=8), messages=(Turn("user", {QUESTION!r}),))
    print((await backend.complete(request)).text)
    await backend.aclose()

asyncio.run(main())
"""

INTERRUPTED = """
import asyncio, signal
# Who is started in the background of a script inherits that SIGINT is ignored.
signal.signal(signal.SIGINT, signal.default_int_handler)
from synthgen.backends.models import BackendOptions, open_backend
from synthgen.calls import Request, Sampling

async def main():
    backend = open_backend("smollm2", BackendOptions(context=4096, slots=2, threads=1))
    await backend.complete(Request("query", Sampling(max_tokens=1), text="Once"))
    endless = [backend.complete(Request("query", Sampling(max_tokens=4000), text="One, two,")) for _ in range(2)]
    print("writing", flush=True)
    await asyncio.gather(*endless)

asyncio.run(main())
"""


def test_the_small_model_chats(runner: asyncio.Runner, small_model: Backend) -> None:
    reply = runner.run(small_model.complete(chat(system="You are kind.", max_tokens=24, temperature=0.0)))
    assert len(reply.text.split()) >= 3
    assert reply.finish in {"stop", "length"}
    assert reply.usage.prompt_tokens > 15
    assert 0 < reply.usage.completion_tokens <= 24
    assert "SmolLM2" in reply.model
    assert (small_model.plain, small_model.fake, small_model.local) == (True, False, True)


def test_it_goes_on_from_a_text_until_a_stop(runner: asyncio.Runner, small_model: Backend) -> None:
    reply = runner.run(small_model.complete(plain(FEW_SHOT, stop=("\nTopic:", "\n\n"), temperature=0.0)))
    assert len(reply.text.split()) >= 5
    assert "Topic:" not in reply.text
    assert reply.finish == "stop"


@pytest.mark.parametrize("ask", [chat, plain])
def test_it_decodes_by_a_schema(runner: asyncio.Runner, small_model: Backend, ask: Callable[..., Request]) -> None:
    reply = runner.run(
        small_model.complete(ask("How does the caller feel?", schema=SCHEMA, temperature=0.0, max_tokens=120))
    )
    answered = json.loads(reply.text)
    assert answered["slot"] == 3
    assert answered["mood"] in {"calm", "upset"}
    assert set(answered) == {"mood", "slot"}


def test_it_answers_eight_at_once(runner: asyncio.Runner, small_model: Backend) -> None:
    async def talk() -> list[Reply]:
        requests = [chat(f"Say something kind to person {n}.", seed=n, max_tokens=12) for n in range(8)]
        return await asyncio.gather(*map(small_model.complete, requests))

    replies = runner.run(talk())
    assert all(reply.text for reply in replies)
    assert len({reply.text for reply in replies}) > 1


def test_the_same_seed_says_the_same(runner: asyncio.Runner, small_model: Backend) -> None:
    request = chat(seed=7, temperature=0.9, max_tokens=12)
    first, again = (runner.run(small_model.complete(request)) for _ in range(2))
    assert first.text == again.text


def test_a_request_beyond_the_context_is_refused_for_good(runner: asyncio.Runner, small_model: Backend) -> None:
    with pytest.raises(BadRequestError) as refused:
        runner.run(small_model.complete(chat("word " * 2000)))
    assert "context" in str(refused.value)
    assert not refused.value.retryable


def test_its_server_refuses_other_keys(runner: asyncio.Runner, small_model: Backend) -> None:
    assert isinstance(small_model, EmbeddedBackend)

    async def talk() -> None:
        await small_model.complete(chat(max_tokens=1))
        assert small_model._server is not None
        stranger = OpenAIBackend("openai:m", "m", f"{small_model._server.listening_address}/v1", key="guess")
        with pytest.raises(AuthError):
            await stranger.complete(chat(max_tokens=1))
        await stranger.aclose()

    runner.run(talk())


def test_a_system_message_reaches_a_model_whose_template_refuses_it(folding_file: Path) -> None:
    """This llama.cpp folds it by itself; one that says no is asked again, folded."""

    async def talk() -> tuple[Reply, Reply]:
        backend = open_backend(f"gguf:{folding_file}", BackendOptions(context=512, slots=1, threads=1))
        try:
            alone = await backend.complete(chat(max_tokens=1))
            return alone, await insisted(backend, chat(system="You are a kind and patient listener.", max_tokens=8))
        finally:
            await backend.aclose()

    alone, told_more = asyncio.run(talk())
    assert told_more.text
    assert told_more.usage.prompt_tokens >= alone.usage.prompt_tokens + 7


def test_a_model_file_that_is_cut_off_is_told(small_model_file: Path, tmp_path: Path) -> None:
    cut = tmp_path / "cut.gguf"
    with small_model_file.open("rb") as whole:
        cut.write_bytes(whole.read(3_000_000))
    backend = open_backend(f"gguf:{cut}", BackendOptions(context=512, slots=1, threads=1))
    failure = told(backend, chat())
    assert isinstance(failure, ModelFileError)
    assert str(cut) in str(failure)
    assert "cut off" in failure.hint
    assert "\n" not in str(failure)


def test_garbage_behind_a_good_header_is_told(small_model_file: Path, tmp_path: Path) -> None:
    garbage = tmp_path / "garbage.gguf"
    with small_model_file.open("rb") as whole:
        garbage.write_bytes(whole.read(24) + b"\x07\xff" * 4000)
    failure = told(open_backend(f"gguf:{garbage}", BackendOptions(context=512, slots=1, threads=1)), chat())
    assert isinstance(failure, ModelFileError)
    assert "\n" not in str(failure)


def test_more_slots_than_memory_allows_are_not_opened(small_model_file: Path) -> None:
    assert EmbeddedBackend("gguf:x", small_model_file, timeout_s=1.0, slots=1000).slots == MOST_SLOTS


def test_a_program_that_asks_once_ends_in_silence() -> None:
    done = subprocess.run([sys.executable, "-c", ONCE], capture_output=True, text=True, timeout=300, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.strip()


def test_a_program_that_is_interrupted_ends_at_once_and_does_not_crash() -> None:
    child = subprocess.Popen([sys.executable, "-c", INTERRUPTED], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert child.stdout is not None
    assert child.stdout.readline() == b"writing\n"
    child.send_signal(signal.SIGINT)
    _, told = child.communicate(timeout=120)
    # By the signal or told as an error, never by a crash of the model's threads (SIGSEGV, SIGABRT).
    assert child.returncode in {-signal.SIGINT, 130}, told


def test_the_event_loop_goes_on_while_the_model_loads(small_model_file: Path) -> None:
    async def talk() -> int:
        backend = EmbeddedBackend("gguf:x", small_model_file, timeout_s=60.0, slots=1, context=512)
        beats = 0
        asked = asyncio.create_task(backend.complete(chat(max_tokens=1)))
        while not asked.done():
            await asyncio.sleep(0.01)
            beats += 1
        await backend.aclose()
        return beats

    assert asyncio.run(talk()) > 5
