"""Exports as TRL takes them: which format it sees, what its chat template makes of them, one short training run."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from synthgen.export.recipe import Exported

pytestmark = [pytest.mark.consumers, pytest.mark.filterwarnings("default")]

Package = Callable[[str], ModuleType]
Write = Callable[..., Exported]
# ChatML, telling which tokens the assistant wrote.
TEMPLATE = (
    "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\n' }}"
    "{% if message['role'] == 'assistant' %}{% generation %}{{ message['content'] + '<|im_end|>' }}{% endgeneration %}"
    "{% else %}{{ message['content'] + '<|im_end|>' }}{% endif %}{{ '\n' }}{% endfor %}"
)
STEPS = 20


def loaded(package: Package, written: Exported) -> Any:
    return package("datasets").load_dataset(str(written.folder), split="train")


@pytest.mark.parametrize("layout", ["chat", "hf", "parquet"])
def test_messages_are_conversational_and_take_the_chat_template(
    package: Package, exported: Write, rows: list[dict[str, Any]], tokenizer: Any, layout: str
) -> None:
    trl = package("trl")
    for row, example in zip(rows, loaded(package, exported(rows, layout)), strict=True):
        assert trl.data_utils.is_conversational(example)
        text = trl.apply_chat_template({"messages": example["messages"]}, tokenizer)["text"]
        for message in row["messages"]:
            assert f"<|im_start|>{message['role']}\n{message['content']}<|im_end|>" in text


def test_pairs_of_answers_are_a_preference_dataset(
    package: Package, exported: Write, rows: list[dict[str, Any]], tokenizer: Any
) -> None:
    trl = package("trl")
    asked = {"role": "user", "content": "May I keep the lamp?"}
    answers = [
        {**row, "messages": [asked, {"role": "assistant", "content": f"Answer {row['scores']['mean']}"}]}
        for row in rows[:7]
    ]
    (example,) = loaded(package, exported(answers, "dpo"))
    assert trl.data_utils.is_conversational(example)
    told = trl.apply_chat_template(example, tokenizer)
    assert told["prompt"].endswith("<|im_start|>assistant\n")
    assert told["chosen"] == "Answer 6.0<|im_end|>\n"
    assert told["rejected"] == "Answer 0.0<|im_end|>\n"


def test_a_tiny_model_learns_from_a_chat_and_from_the_assistants_tokens_alone(
    package: Package, exported: Write, rows: list[dict[str, Any]], tokenizer: Any, tmp_path: Path
) -> None:
    transformers, trl, torch = package("transformers"), package("trl"), package("torch")
    torch.manual_seed(1)
    tokenizer.chat_template = TEMPLATE
    model = transformers.LlamaForCausalLM(
        transformers.LlamaConfig(
            vocab_size=len(tokenizer), hidden_size=32, intermediate_size=64, num_hidden_layers=2, num_attention_heads=2
        )
    )
    trainer = trl.SFTTrainer(
        model=model,
        args=trl.SFTConfig(
            output_dir=str(tmp_path / "model"),
            assistant_only_loss=True,
            max_length=512,
            max_steps=STEPS,
            learning_rate=1e-2,
            per_device_train_batch_size=2,
            logging_steps=1,
            report_to="none",
            save_strategy="no",
            use_cpu=True,
        ),
        train_dataset=loaded(package, exported(rows[:24], "chat")),
        processing_class=tokenizer,
    )
    for row, example in zip(rows[:24], trainer.train_dataset, strict=True):
        learned = spans(example["labels"] if "labels" in example else masked(example))
        said = [f"{message['content']}<|im_end|>" for message in row["messages"] if message["role"] == "assistant"]
        assert [tokenizer.decode(span) for span in learned] == said
    trainer.train()
    losses = [entry["loss"] for entry in trainer.state.log_history if "loss" in entry]
    assert len(losses) == STEPS
    assert sum(losses[-5:]) < 0.8 * sum(losses[:5])


def masked(example: dict[str, Any]) -> list[int]:
    """Return the tokens of an example, -100 for those that are not learned."""
    return [
        token if mask else -100 for token, mask in zip(example["input_ids"], example["assistant_masks"], strict=True)
    ]


def spans(labels: list[int]) -> list[list[int]]:
    """Return the runs of tokens that are learned."""
    found: list[list[int]] = []
    for before, label in zip([-100, *labels], labels, strict=False):
        if label != -100:
            if before == -100:
                found.append([])
            found[-1].append(label)
    return found
