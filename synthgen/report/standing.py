"""How a run stands at this moment: what its ledger notes, held against whether a process is at work on it."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from synthgen.report.summary import Summary, summarize_ledger
from synthgen.store.ledger import LOCK, Ledger
from synthgen.store.lock import lock_holder


@dataclass(frozen=True, slots=True)
class Standing:
    """How a run stands: its figures, what was noted about it, and the process at work on it."""

    folder: Path
    summary: Summary
    meta: dict[str, Any]
    process: int | None

    @property
    def status(self) -> str:
        """The status in a word, as `status_now` has it."""
        return status_now(self.summary.status, self.process)

    @property
    def told(self) -> str:
        """The status as people are told it, with the process at work."""
        return self.status if self.process is None else f"{self.status}, process {self.process}"


def read_standing(folder: Path) -> Standing:
    """Return how a run stands. Raises RunError."""
    with closing(Ledger(folder, write=False)) as ledger:
        return Standing(folder, summarize_ledger(ledger), ledger.meta(), lock_holder(folder / LOCK))


def status_now(noted: str, process: int | None) -> str:
    """Return a run's status: what was `noted`, but for a run whose process was killed, which noted no end."""
    if process is not None:
        return "running"
    return "killed" if noted == "running" else noted
