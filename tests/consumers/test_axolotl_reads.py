"""ShareGPT exports through Axolotl's own chat template strategy."""

from __future__ import annotations

import json
from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

from synthgen.export.recipe import Exported

pytestmark = [pytest.mark.consumers, pytest.mark.filterwarnings("default")]

Package = Callable[[str], ModuleType]
Write = Callable[..., Exported]
# As a config of Axolotl's has it; docs/export.md shows the same.
DATASET = {
    "type": "chat_template",
    "field_messages": "conversations",
    "message_property_mappings": {"role": "from", "content": "value"},
    "roles": {"user": ["human"], "assistant": ["gpt"], "system": ["system"]},
}


def learned(package: Package, tokenizer: Any, record: dict[str, Any], **more: Any) -> tuple[str, list[str]]:
    """Return the whole text of a row, and the texts that are learned, the end of a turn with them."""
    package("axolotl")
    template, dicts = package("axolotl.prompt_strategies.chat_template"), package("axolotl.utils.dict")
    cfg = dicts.DictDefault({"chat_template": "chatml", "sequence_len": 2048, "train_on_inputs": False})
    strategy = template.load(tokenizer, cfg, ds_cfg=DATASET | more)
    tokens = strategy.tokenize_prompt(record)
    texts: list[list[int]] = []
    for before, label in zip([-100, *tokens["labels"]], tokens["labels"], strict=False):
        if label != -100:
            if before == -100:
                texts.append([])
            texts[-1].append(label)
    return tokenizer.decode(tokens["input_ids"]), [tokenizer.decode(text) for text in texts]


def test_the_loss_is_on_the_assistants_turns(
    package: Package, exported: Write, rows: list[dict[str, Any]], tokenizer: Any
) -> None:
    written = exported(rows, "sharegpt")
    for row, line in zip(rows, written.paths[0].read_text(encoding="utf-8").splitlines(), strict=True):
        whole, texts = learned(package, tokenizer, json.loads(line))
        said = [message["content"] for message in row["messages"] if message["role"] == "assistant"]
        assert [text.removesuffix("<|im_end|>").strip() for text in texts] == said
        for message in row["messages"]:
            assert f"<|im_start|>{message['role']}\n{message['content']}<|im_end|>" in whole


def test_the_loss_may_be_on_the_last_turn_alone(
    package: Package, exported: Write, rows: list[dict[str, Any]], tokenizer: Any
) -> None:
    written = exported(rows, "sharegpt", last_only=True)
    for row, line in zip(rows, written.paths[0].read_text(encoding="utf-8").splitlines(), strict=True):
        _, texts = learned(package, tokenizer, json.loads(line), message_field_training="train")
        assert [text.removesuffix("<|im_end|>").strip() for text in texts] == [row["messages"][-1]["content"]]
