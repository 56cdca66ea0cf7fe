"""Embedding models by name, each through the real thing: a server on this machine, llama.cpp, a model2vec folder."""

from __future__ import annotations

import asyncio
import math
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy
import pytest
from canned import KEY as SECRET
from canned import Canned, error, serving
from model2vec import StaticModel
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace

from synthgen.backends.embedders import FORMS, OPENERS, open_embedder
from synthgen.backends.models import KEY, BackendOptions
from synthgen.backends.openai_api import OpenAIBackend
from synthgen.backends.servers import SERVERS
from synthgen.calls import Vector
from synthgen.errors import AuthError, ModelError, ModelFileError, ModelNameError, SynthgenError, TooLongError
from synthgen.loopback.server import Loopback
from synthgen.loopback.settings import LoopbackSettings

SLEEP = "I lie awake for hours and every worry of the day comes back to me."
SLEEP_TOO = "Every worry of the day comes back to me and I lie awake for hours."
RENT = "The landlord wants the deposit before the keys to the new flat are mine."
OPTION = "--embedding"
HIDING = """
import sys
sys.modules.update(dict.fromkeys({hidden!r}))
from synthgen.backends.embedders import open_embedder
from synthgen.backends.models import BackendOptions
from synthgen.errors import SynthgenError
try:
    open_embedder({name!r}, BackendOptions(option="--embedding"))
except SynthgenError as error:
    print(type(error).__name__, error)
"""


def cosine(one: Vector, other: Vector) -> float:
    return sum(map(float.__mul__, one, other)) / (math.hypot(*one) * math.hypot(*other))


def vectors(name: str, texts: Sequence[str], **options: Any) -> list[Vector]:
    async def talk() -> list[Vector]:
        embedder = open_embedder(name, BackendOptions(option=OPTION, **options))
        try:
            return await embedder.embed(texts)
        finally:
            await embedder.aclose()

    return asyncio.run(talk())


def refused(name: str, **options: Any) -> SynthgenError:
    with pytest.raises(SynthgenError) as failed:
        open_embedder(name, BackendOptions(option=OPTION, **options))
    assert "\n" not in str(failed.value)
    assert failed.value.message.startswith(OPTION)
    assert failed.value.hint
    return failed.value


@pytest.fixture(scope="module")
def static_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model2vec model of the words of the texts above, each with a direction of its own."""
    words = sorted({word for text in (SLEEP, RENT) for word in text.lower().replace(".", " .").split()})
    tokenizer = Tokenizer(WordLevel({"[UNK]": 0, **{word: n for n, word in enumerate(words, 1)}}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Whitespace()
    table = numpy.random.default_rng(5).normal(size=(len(words) + 1, 32)).astype(numpy.float32)
    folder = tmp_path_factory.mktemp("static")
    StaticModel(table, tokenizer).save_pretrained(folder)
    return folder


def test_a_server_tells_near_texts_from_others() -> None:
    async def talk() -> list[Vector]:
        async with Loopback() as loopback:
            embedder = open_embedder("openai:m", BackendOptions(base_url=loopback.base_url, option=OPTION))
            found = await embedder.embed([SLEEP, SLEEP_TOO, RENT, *(f"text {n}" for n in range(200))])
            await embedder.aclose()
            assert {call.kind for call in loopback.log.calls} == {"embedding"}
            assert loopback.log.begun == 4
            return found

    found = asyncio.run(talk())
    assert cosine(found[0], found[1]) > 0.95
    assert cosine(found[0], found[2]) < 0.7


def test_faults_of_a_server_are_got_over() -> None:
    """A fifth of the tries ends in some fault, and texts over 300 characters are refused."""
    settings = LoopbackSettings(
        server_errors=0.05, dropped_before=0.05, dropped_after=0.05, malformed=0.05, rate_limited=0.2,
        retry_after=0.0, longest_input=300,
    )  # fmt: skip

    async def talk() -> list[Vector]:
        async with Loopback(settings) as loopback:
            embedder = open_embedder("vllm:m", BackendOptions(base_url=loopback.base_url, option=OPTION))
            found = await embedder.embed([f"{SLEEP} {n} " * (1 + n % 9) for n in range(1000)])
            await embedder.aclose()
            assert loopback.log.by_fault.total() > 3
            return found

    assert len(asyncio.run(talk())) == 1000


def failure_at(canned: Canned) -> tuple[ModelError, dict[str, Any]]:
    async def talk() -> tuple[ModelError, dict[str, Any]]:
        async with serving([canned]) as server:
            backend = OpenAIBackend("openai:m", "m", f"{server.base_url}", key=SECRET)
            with pytest.raises(ModelError) as failed:
                await backend.embed(["one", "two"])
            await backend.aclose()
            return failed.value, server.bodies[0]

    return asyncio.run(talk())


@pytest.mark.parametrize(
    "canned",
    [
        error(400, "This model's maximum context length is 8192 tokens"),
        error(500, "input (900 tokens) is too large to process. increase the physical batch size"),
        error(413, "Payload Too Large"),
    ],
)
def test_a_text_that_is_too_long_is_told_from_a_server_that_fails(canned: Canned) -> None:
    failure, body = failure_at(canned)
    assert isinstance(failure, TooLongError)
    assert body == {"model": "m", "input": ["one", "two"]}


def test_the_key_is_in_no_error() -> None:
    failure, _ = failure_at(error(401, f"Incorrect API key provided: {SECRET}."))
    assert isinstance(failure, AuthError)
    assert SECRET not in str(failure)


def test_a_static_model_is_read_from_its_folder(static_folder: Path) -> None:
    name = f"model2vec:{static_folder}"
    found = vectors(name, [SLEEP.lower(), SLEEP_TOO.lower(), RENT.lower()])
    assert len(found[0]) == 32
    assert cosine(found[0], found[1]) > 0.99
    assert cosine(found[0], found[2]) < 0.7
    embedder = open_embedder(name, BackendOptions())
    assert (embedder.name, embedder.local) == (name, True)


@pytest.mark.parametrize("kind", ["model2vec"])
def test_a_folder_that_holds_no_model_is_told(kind: str, tmp_path: Path) -> None:
    with pytest.raises(ModelFileError, match="cannot load it") as failed:
        vectors(f"{kind}:{tmp_path}", ["text"])
    assert str(tmp_path) in failed.value.message
    assert "\n" not in str(failed.value)


def test_a_name_of_a_model_on_a_hub_is_no_folder() -> None:
    failure = refused("model2vec:minishlab/potion-base-8M")
    assert isinstance(failure, ModelFileError)
    assert "nothing is downloaded" in failure.hint


@pytest.mark.parametrize("kind", sorted(OPENERS))
def test_a_kind_wants_more_than_its_name(kind: str) -> None:
    for name in (kind, f"{kind}:"):
        failure = refused(name)
        assert isinstance(failure, ModelNameError)
        assert FORMS[kind] in failure.hint


def test_a_name_that_none_knows_is_told_those_that_there_are() -> None:
    failure = refused("word2vec:x")
    assert isinstance(failure, ModelNameError)
    assert all(form in failure.message for form in FORMS.values())


def test_openai_itself_wants_a_key_by_the_right_option() -> None:
    failure = refused("openai:text-embedding-3-small")
    assert isinstance(failure, AuthError)
    assert KEY in failure.message
    assert "--embedding-base-url" in failure.hint


@pytest.mark.parametrize("kind", sorted(set(SERVERS) - {"openai"}))
def test_a_server_that_is_not_up_says_how_it_is_started(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    async def talk() -> None:
        embedder = open_embedder(f"{kind}:m", BackendOptions(base_url="http://127.0.0.1:9/v1", option=OPTION))
        embedder._retrying = embedder._retrying.copy(sleep=lambda _: asyncio.sleep(0))  # type: ignore[attr-defined]
        try:
            await embedder.embed(["text"])
        finally:
            await embedder.aclose()

    with pytest.raises(ModelError) as failed:
        asyncio.run(talk())
    assert SERVERS[kind].start in failed.value.hint
    assert "--embedding-base-url" in failed.value.hint


@pytest.mark.parametrize(
    ("name", "package", "extra"),
    [
        ("gguf:x.gguf", "xllamacpp", "local"),
        ("model2vec:/tmp", "model2vec", "semantic"),
        ("sentence-transformers:/tmp", "sentence_transformers", "sentence-transformers"),
    ],
)
def test_a_package_that_is_not_there_is_named_with_its_extra(name: str, package: str, extra: str) -> None:
    program = HIDING.format(name=name, hidden={package})
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=120, check=True)
    assert done.stdout.startswith(f"MissingExtraError {OPTION} {name}: the package {package} is not installed.")
    assert f"pip install 'synthgen[{extra}]'" in done.stdout


@pytest.mark.model
def test_a_gguf_model_embeds_in_process(small_model_file: Path) -> None:
    """Any language model can, by the mean of its tokens; one made for it is better."""
    texts = [SLEEP, SLEEP_TOO, RENT, "我整夜睡不着。", "word " * 3000]
    found = vectors(f"gguf:{small_model_file}", texts, context=512, threads=1)
    assert {len(vector) for vector in found} == {576}
    assert cosine(found[0], found[1]) > cosine(found[0], found[2])
    assert cosine(found[0], found[0]) == pytest.approx(1.0)


def test_a_gguf_file_that_is_not_there_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(ModelFileError):
        open_embedder(f"gguf:{tmp_path / 'none.gguf'}", BackendOptions(option=OPTION))
