"""What became of the rows of an export: counted, and told one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

# Hears of a row that is left out: its id, the reason, and what shows it.
Told = Callable[[str, str, Mapping[str, Any]], None]


def _nobody(name: str, reason: str, evidence: Mapping[str, Any]) -> None:
    """Rows are gone through more than once; only the last time somebody listens."""


@dataclass(slots=True)
class Tally:
    """How many rows were read, left out by reason, and changed in which way; `told` hears of each that is left out.

    `doing` is what the rows are gone through for.
    """

    told: Told = _nobody
    doing: str = "Reading rows"
    read: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)

    def leave_out(self, name: str, reason: str, **evidence: Any) -> None:
        self.left_out[reason] += 1
        self.told(name, reason, evidence)
