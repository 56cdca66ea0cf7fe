"""LLaMA-Factory's entries for the files of an export: a `dataset_info.json` to be used as it is, or copied from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from synthgen.export.dialogues import SHAREGPT_ROLES, Manner

DATASET_INFO = "dataset_info.json"
_NO_NAME = re.compile(r"[^\w-]+")


def dataset_info(layout: str, files: Mapping[str, str], name: str, manner: Manner) -> dict[str, Any]:
    """Return an entry for each split's file; `files` are their names by split, `name` is what the rows come from."""
    stem = _NO_NAME.sub("_", name).strip("_") or "rows"
    entry = _alpaca() if layout == "alpaca" else _sharegpt(manner)
    return {f"{stem}_{split}": {"file_name": file, **entry} for split, file in files.items()}


def _alpaca() -> dict[str, Any]:
    columns = {"prompt": "instruction", "query": "input", "response": "output"}
    return {"formatting": "alpaca", "columns": columns | {name: name for name in ("system", "history")}}


def _sharegpt(manner: Manner) -> dict[str, Any]:
    user, assistant = (manner.name(role, SHAREGPT_ROLES) for role in SHAREGPT_ROLES)
    return {
        "formatting": "sharegpt",
        "columns": {"messages": "conversations", "system": "system"},
        "tags": {"role_tag": "from", "content_tag": "value", "user_tag": user, "assistant_tag": assistant},
    }
