"""Exports through LLaMA-Factory's own reader, by the dataset_info.json beside them."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

import pytest

from synthgen.export.recipe import Exported

pytestmark = [pytest.mark.consumers, pytest.mark.filterwarnings("default")]

Package = Callable[[str], ModuleType]
Write = Callable[..., Exported]


@pytest.fixture(autouse=True)
def _no_sounds(monkeypatch: pytest.MonkeyPatch) -> None:
    """LLaMA-Factory asks for torchaudio, whose only builds want CUDA; there are no sounds here."""
    try:
        importlib.import_module("torchaudio")
    except (ImportError, OSError):
        silent = ModuleType("torchaudio")
        silent.__spec__ = ModuleSpec("torchaudio", None)
        monkeypatch.setitem(sys.modules, "torchaudio", silent)


def aligned(package: Package, written: Exported, name: str) -> list[dict[str, Any]]:
    """Return the rows of a dataset as LLaMA-Factory has them before it encodes them."""
    package("llamafactory")
    loader, parser = package("llamafactory.data.loader"), package("llamafactory.data.parser")
    hparams, transformers = package("llamafactory.hparams"), package("transformers")
    data = hparams.DataArguments(dataset=name, dataset_dir=str(written.folder), overwrite_cache=True)
    model = hparams.ModelArguments(model_name_or_path="none")
    training = transformers.Seq2SeqTrainingArguments(output_dir=str(written.folder / "model"), use_cpu=True)
    (entry,) = parser.get_dataset_list([name], data.dataset_dir)
    return list(loader._load_single_dataset(entry, model, data, training))


@pytest.mark.parametrize("layout", ["sharegpt", "alpaca"])
@pytest.mark.parametrize("settings", [{}, {"roles": {"user": "Client", "assistant": "Counselor"}}])
def test_every_turn_is_read_on_its_side(
    package: Package, exported: Write, rows: list[dict[str, Any]], layout: str, settings: dict[str, Any]
) -> None:
    if settings and layout == "alpaca":
        settings = {"system": "Be somebody else."}
    written = exported(rows, layout, split={"train": 3.0, "validation": 1.0}, **settings)
    found = [row for split in ("train", "validation") for row in aligned(package, written, f"rows_{split}")]
    assert len(found) == len(rows)
    by_text = {row["messages"][-1]["content"]: row["messages"] for row in rows}
    for row in found:
        wanted = by_text[row["_response"][0]["content"]]
        system = wanted[0]["content"] if wanted[0]["role"] == "system" else ""
        assert row["_prompt"] + row["_response"] == [message for message in wanted if message["role"] != "system"]
        assert row["_system"] == settings.get("system", system)
