"""Dialogues as trainers of chat models read them: OpenAI's messages, ShareGPT, Alpaca, MentalChat16K."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from synthgen.export.example import Example
from synthgen.records import Role, Turn

SHAREGPT_ROLES: Mapping[Role, str] = {"user": "human", "assistant": "gpt"}
MENTALCHAT_COLUMNS = ("instruction", "input", "output", "topic")


@dataclass(frozen=True, slots=True)
class Manner:
    """How dialogues are put down: what the sides are called, where a layout lets them be called anything, and whether
    the loss is on the assistant's last turn alone. `approaches` are the names of schools by the keys in rows.
    """

    roles: Mapping[Role, str] = field(default_factory=dict)
    last_only: bool = False
    approaches: Mapping[str, str] = field(default_factory=dict)

    def name(self, role: Role, usual: Mapping[Role, str]) -> str:
        return self.roles.get(role) or usual.get(role, role)


def chat_record(example: Example, manner: Manner) -> dict[str, Any]:
    """Return a dialogue as OpenAI's fine-tuning takes it.

    A `weight` of 0 keeps a turn of the assistant out of the loss; it is on each of them where it is on one, since
    `datasets` tells columns by the first rows.
    """
    messages: list[dict[str, Any]] = [{"role": turn.role, "content": turn.content} for turn in example.turns]
    if manner.last_only:
        for place, message in enumerate(messages, 1):
            if message["role"] == "assistant":
                message["weight"] = int(place == len(messages))
    return {"messages": messages}


def sharegpt_record(example: Example, manner: Manner) -> dict[str, Any]:
    """Return a dialogue as LLaMA-Factory and Axolotl take it.

    `system` is always there, so that all rows have the same columns. `train` is what Axolotl's
    `message_field_training` names; it is on every turn where it is on one.
    """
    system, turns = apart(example.turns)
    said: list[dict[str, Any]] = [
        {"from": manner.name(turn.role, SHAREGPT_ROLES), "value": turn.content} for turn in turns
    ]
    if manner.last_only:
        for place, entry in enumerate(said, 1):
            entry["train"] = place == len(said)
    return {"conversations": said, "system": system}


def alpaca_record(example: Example, manner: Manner) -> dict[str, Any]:
    """Return a dialogue with its last round as instruction and output, and those before as LLaMA-Factory's history.

    `input` is empty: LLaMA-Factory would join it to the instruction, which is the whole message.
    """
    system, turns = apart(example.turns)
    texts = [turn.content for turn in turns]
    history = [list(texts[at : at + 2]) for at in range(0, len(texts) - 2, 2)]
    return {"instruction": texts[-2], "input": "", "output": texts[-1], "system": system, "history": history}


def mentalchat_record(example: Example, manner: Manner) -> dict[str, Any]:
    """Return a pair with MentalChat16K's columns, the system's words as its instruction, and the topic."""
    system, turns = apart(example.turns)
    texts = [turn.content for turn in turns]
    return dict(zip(MENTALCHAT_COLUMNS, (system, *texts, example.topic), strict=True))


def apart(turns: Sequence[Turn]) -> tuple[str, Sequence[Turn]]:
    """Return what the system says, "" for nothing, and the turns of the two sides."""
    if turns and turns[0].role == "system":
        return turns[0].content, turns[1:]
    return "", turns
