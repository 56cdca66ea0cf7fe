"""What may not leave this machine unless the user says so: what was made from transcripts, and case reports."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from synthgen.errors import UsageError


class Placed(Protocol):
    """A model of any kind: `local` says that nothing leaves this machine."""

    name: str
    local: bool


def keep_here(models: Iterable[Placed], what: str) -> None:
    """Raise UsageError for a model that is elsewhere, to which `what` would be sent."""
    for model in models:
        if not model.local:
            raise UsageError(
                f"{model.name}: is not on this machine, and {what} would be sent to it.",
                hint="use a local model, or --allow-remote if you may send them.",
            )


def rows_from(private: str) -> str:
    """Return what rows are called that were made from transcripts, or from case reports."""
    return f"rows made from {private}"
