"""How fast work is going, by what was done in the last half minute."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from synthgen.engine.tally import Tally

# Long enough to level out batches and slow calls, short enough to show a change.
WINDOW_S = 30.0
# Where there is no terminal, how far work has come is said this often.
LINE_EVERY_S = 10.0


@dataclass(frozen=True, slots=True)
class Speed:
    """Calls and completion tokens a second, and the seconds left (None: nothing to tell it by yet)."""

    calls: float
    tokens: float
    left_s: float | None


class Pace:
    """Keeps the figures of the last `WINDOW_S` seconds of run time."""

    def __init__(self) -> None:
        self._window = Window()

    def speed(self, tally: Tally) -> Speed:
        """Return the speed up to now, given the figures of now."""
        calls, tokens, accepted = self._window.rates(
            tally.seconds, tally.calls_now, tally.completion_tokens_now, tally.accepted_now
        )
        left = max(0, tally.wanted - tally.accepted) / accepted if accepted else None
        return Speed(calls, tokens, left)


class Window:
    """Keeps counts of the last `WINDOW_S` seconds."""

    def __init__(self) -> None:
        self._samples: deque[tuple[float, tuple[int, ...]]] = deque()

    def rates(self, seconds: float, *counts: int) -> list[float]:
        """Return how fast each count grows, a second, given those of now; 0 where nothing tells it yet."""
        if not self._samples or seconds > self._samples[-1][0]:
            self._samples.append((seconds, counts))
        while len(self._samples) > 2 and self._samples[1][0] <= seconds - WINDOW_S:
            self._samples.popleft()
        since, before = self._samples[0]
        if seconds <= since:
            return [0.0] * len(counts)
        return [(now - then) / (seconds - since) for now, then in zip(counts, before, strict=True)]
