"""Texts, lists and steps out of what other programs wrote into a field."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from synthgen.formats.note_places import is_empty

_QUOTED = re.compile(r"""\s*+(['"])((?:\\.|(?!\1).)*+)\1\s*+(?:,|(?=\]))""", re.DOTALL)
_CLOSED = re.compile(r"\s*+\]\s*+\Z")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_STEP = re.compile(r"\A(?:(?:step |第)?\d{1,2}(?:[.)、．:：](?!\d)|步[:：，]?)|[-*]\s|•)\s*+", re.IGNORECASE)


def texts_in(value: Any, depth: int = 3) -> list[str]:
    """Return the texts in a value, numbers as texts; lists and mappings are opened so many levels deep."""
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, list | tuple):
        return [text for item in value for text in texts_in(item, depth - 1)] if depth else []
    if is_empty(value) or isinstance(value, bool):
        return []
    return [str(value)]


def listed_in(value: Any) -> list[str]:
    """Return the texts in a value that may be a list written as a text, by JSON or by Python."""
    if not isinstance(value, str) or not value.lstrip().startswith("["):
        return texts_in(value)
    try:
        return texts_in(json.loads(value))
    except (ValueError, RecursionError):
        return _python_list(value.lstrip()) or texts_in(value)


def _python_list(text: str) -> list[str]:
    """Return the texts of a list as Python writes it, none for anything else."""
    texts, at = [], 1
    while found := _QUOTED.match(text, at):
        texts.append(_ESCAPED.sub(lambda mark: {"n": "\n", "t": "\t"}.get(mark[1], mark[1]), found[2]))
        at = found.end()
    return texts_in(texts) if _CLOSED.match(text, at) else []


def steps_in(value: Any) -> list[str]:
    """Return steps: the items of a list as they are, or the lines of a text without their numbers."""
    listed = listed_in(value)
    if not isinstance(value, str) or listed != [value]:
        return listed
    return [step for line in value.splitlines() if (step := _STEP.sub("", line.strip()).strip())]
