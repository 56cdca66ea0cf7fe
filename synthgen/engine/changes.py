"""What has changed between what a run was begun with and what it is asked to go on with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

# Told in one line: the first changes, each value cut to what tells it apart.
MOST_TOLD = 5
VALUE_CHARS = 40


def told_changes(before: Any, now: Any) -> str:
    """Return the changes between two JSON values as one line, "" when there are none."""
    changes = list(changes_in(before, now, ""))
    told = [f"{path}: {_short(old)} is now {_short(new)}" for path, old, new in changes[:MOST_TOLD]]
    if len(changes) > MOST_TOLD:
        told.append(f"and {len(changes) - MOST_TOLD} more")
    return "; ".join(told)


def changes_in(before: Any, now: Any, path: str) -> Iterator[tuple[str, Any, Any]]:
    """Yield each place where two JSON values differ as (key path, old, new); None stands for what is not there."""
    if isinstance(before, dict) and isinstance(now, dict):
        for key in sorted({*before, *now}):
            yield from changes_in(before.get(key), now.get(key), f"{path}.{key}" if path else key)
    elif isinstance(before, list) and isinstance(now, list) and len(before) == len(now):
        for at, (old, new) in enumerate(zip(before, now, strict=True)):
            yield from changes_in(old, new, f"{path}[{at}]")
    elif before != now:
        yield path, before, now


def _short(value: Any) -> str:
    text = "unset" if value is None else repr(value)
    return text if len(text) <= VALUE_CHARS else f"{text[: VALUE_CHARS - 1]}…"
