"""What may not leave this machine unless the user says so: what was made from transcripts, and case reports."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from synthgen.calls import Backend
from synthgen.errors import UsageError
from synthgen.formats.private import PRIVATE_RECIPE
from synthgen.store.ledger import LEDGER, Ledger


def is_private(origin: Path) -> bool:
    """Whether a run was made from transcripts or case reports, itself or by way of others."""
    if not (origin / LEDGER).is_file():
        return False
    ledger = Ledger(origin, write=False)
    try:
        meta = ledger.meta()
    finally:
        ledger.close()
    return meta.get("recipe") == PRIVATE_RECIPE or bool(meta.get("private"))


def keep_here(models: Iterable[Backend], what: str) -> None:
    """Raise UsageError for a model that is elsewhere, to which `what` would be sent."""
    for model in models:
        if not model.local:
            raise UsageError(
                f"{model.name}: is not on this machine, and {what} would be sent to it.",
                hint="use a local model, or --allow-remote if you may send them.",
            )


@contextmanager
def private_files() -> Iterator[None]:
    """Have every file that is made be for its owner alone."""
    usual = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(usual)
