"""What a detector of personal data is, and what it finds."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

# Words that tell what a number is stand close before it.
_BEFORE = 48


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of personal data: `text[start:end]`."""

    kind: str
    start: int
    end: int


def always(piece: str) -> bool:
    """A shape that needs no proof."""
    return True


def never(piece: str) -> bool:
    """A shape that proves nothing."""
    return False


@dataclass(frozen=True, slots=True)
class Rule:
    """A shape, proved by the piece itself (`sound`) or by the words right before it (`told`), never if `spared`.

    `told` is searched in what stands before the piece, so it ends in `$`. A group `piece` of the pattern, if
    it has one, is what is found.
    """

    kind: str
    pattern: re.Pattern[str]
    sound: Callable[[str], bool] = always
    told: re.Pattern[str] | None = None
    spared: Callable[[str], bool] = never

    def find(self, text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[Span]:
        """Yield what is found in `text[start:end]`; what stands before it may tell."""
        group = "piece" if "piece" in self.pattern.groupindex else 0
        for match in self.pattern.finditer(text, start, end):
            piece, span = match[group], Span(self.kind, *match.span(group))
            if not self.spared(piece) and (self.sound(piece) or self._is_told(text, span.start)):
                yield span

    def _is_told(self, text: str, start: int) -> bool:
        return self.told is not None and self.told.search(text[max(0, start - _BEFORE) : start]) is not None


def apart(spans: Iterable[Span]) -> list[Span]:
    """Return spans in order without overlaps: the first to start stays, of two that start alike the first given."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda span: span.start):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept
