"""The two ways to look for twins: an index, and all pairs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from synthgen.dedup.exhaustive import MOST_TEXTS, ExhaustiveIndex
from synthgen.dedup.index import DuplicateIndex, Twin
from synthgen.dedup.rules import Rules
from synthgen.errors import UsageError


class Index(Protocol):
    """Texts that hold a place by a key, and the search for twins among them."""

    def claim(self, key: int, text: str) -> Twin | None: ...
    def find(self, text: str) -> Twin | None: ...
    def hold(self, key: int, text: str) -> None: ...
    def release(self, key: int) -> None: ...


def opened_index(rules: Rules, fetch: Callable[[int], str]) -> Index:
    """Return an empty index; `fetch` returns the text of a key that holds a place."""
    return ExhaustiveIndex(rules.similarity) if rules.exhaustive else DuplicateIndex(rules.similarity, fetch)


def check_pairs(rules: Rules, rows: int) -> None:
    """Raises UsageError when there are too many rows to compare all pairs."""
    if rules.exhaustive and rows > MOST_TEXTS:
        raise UsageError(
            f"--exhaustive: {rows:,} rows are too many to compare all pairs; {MOST_TEXTS:,} are the most.",
            hint="leave it out: the index finds more than 99 % of what it would.",
        )
