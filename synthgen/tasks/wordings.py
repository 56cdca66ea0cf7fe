"""Which wording of its template each lesson gets: all of them equally often."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from synthgen.hashing import seed_of


@dataclass(frozen=True, slots=True)
class Wordings:
    """Deals wordings round by round, each once a round in an order of its own.

    So no two wordings of a task in a language are ever more than one apart, and none keeps company with a turn of the
    same number in every conversation.
    """

    seed: int
    _dealt: Counter[tuple[str, str]] = field(default_factory=Counter, init=False)

    def deal(self, task: str, language: str, wordings: Sequence[str]) -> str:
        """Return the next of a task's wordings in a language."""
        turn, place = divmod(self._dealt[task, language], len(wordings))
        self._dealt[task, language] += 1
        order = random.Random(seed_of(self.seed, "wording", task, language, turn)).sample(wordings, len(wordings))
        return order[place]
