"""The layouts that rows are exported to: a name, what a row becomes, which files hold it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from synthgen.errors import UsageError
from synthgen.export.columns import column_values, table_values
from synthgen.export.containers import (
    Opening,
    opened_alpaca,
    opened_lines,
    opened_list,
    opened_mentalchat,
    opened_parquet,
    opened_shards,
    opened_table,
)
from synthgen.export.dialogues import Manner, alpaca_record, chat_record, mentalchat_record, sharegpt_record
from synthgen.export.example import Example
from synthgen.export.fitting import Need
from synthgen.export.pairs import preference_record
from synthgen.export.sessions import session_record

_ANY = Need()
_ROUNDS = Need(rounds=True)


@dataclass(frozen=True, slots=True)
class Layout:
    """One layout. `names_sides` lets the sides be called anything, `marks_loss` says which turns are trained on,
    `in_dataset_info` has LLaMA-Factory's entries written beside it, `preferences` wants two answers to a prompt,
    `is_session` whole dialogues with their notes, and `in_shards` has several files to a split.
    """

    record: Callable[[Example, Manner], Mapping[str, Any]]
    opened: Opening
    need: Need = _ANY
    names_sides: bool = False
    marks_loss: bool = False
    in_dataset_info: bool = False
    preferences: bool = False
    is_session: bool = False
    in_shards: bool = False


LAYOUTS: Mapping[str, Layout] = {
    "chat": Layout(chat_record, opened_lines, _ROUNDS, marks_loss=True),
    "sharegpt": Layout(sharegpt_record, opened_lines, _ROUNDS, names_sides=True, marks_loss=True, in_dataset_info=True),
    "alpaca": Layout(alpaca_record, opened_alpaca, _ROUNDS, in_dataset_info=True),
    "mentalchat16k": Layout(mentalchat_record, opened_mentalchat, Need(rounds=True, pair=True)),
    "psy-insight": Layout(session_record, opened_list, names_sides=True, is_session=True),
    "parquet": Layout(lambda example, manner: column_values(example), opened_parquet),
    "hf": Layout(lambda example, manner: column_values(example), opened_shards, in_shards=True),
    "csv": Layout(lambda example, manner: table_values(example), opened_table),
    "dpo": Layout(preference_record, opened_lines, _ROUNDS, preferences=True),
}


def layout_named(name: str) -> Layout:
    """Return a layout. Raises UsageError."""
    if name not in LAYOUTS:
        raise UsageError(f"--format {name}: no such format.", hint=f"there are {', '.join(LAYOUTS)}.")
    return LAYOUTS[name]
