"""Counts of things of which there may be no end, in bounded memory."""

from __future__ import annotations

from collections import Counter

# About 2 MB of short words.
MOST_KINDS = 20_000
_MOST_CHARS = 80


class Tally:
    """How often each kind was met. When there are too many kinds, those met once so far are forgotten.

    So the count of a rare kind may be too low by as many times as it was forgotten, while what is frequent stays
    exact or nearly so. `total` is always exact.
    """

    def __init__(self, most: int = MOST_KINDS) -> None:
        self.total = 0
        self.is_exact = True
        self._most = most
        self._counts: Counter[str] = Counter()

    def add(self, kind: str, count: int = 1) -> None:
        self.total += count
        self._counts[kind[:_MOST_CHARS]] += count
        if len(self._counts) > self._most:
            self._forget()

    def counts(self, most: int | None = None) -> dict[str, int]:
        """Return the most frequent kinds, the first of them first; those of one count by their name."""
        ranked = sorted(self._counts.items(), key=lambda entry: (-entry[1], entry[0]))
        return dict(ranked[:most])

    def __contains__(self, kind: str) -> bool:
        return kind[:_MOST_CHARS] in self._counts

    def __len__(self) -> int:
        return len(self._counts)

    def _forget(self) -> None:
        self.is_exact = False
        least = 1
        while len(self._counts) > self._most // 2:
            self._counts = Counter({kind: count for kind, count in self._counts.items() if count > least})
            least *= 2
