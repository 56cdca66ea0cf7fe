"""How fast a run is going, by what it did in the last half minute."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from synthgen.engine.tally import Tally

# Long enough to level out batches and slow calls, short enough to show a change.
WINDOW_S = 30.0


@dataclass(frozen=True, slots=True)
class Speed:
    """Calls and completion tokens a second, and the seconds left (None: nothing to tell it by yet)."""

    calls: float
    tokens: float
    left_s: float | None


class Pace:
    """Keeps the figures of the last `WINDOW_S` seconds of run time."""

    def __init__(self) -> None:
        self._samples: deque[tuple[float, int, int, int]] = deque()

    def speed(self, tally: Tally) -> Speed:
        """Return the speed up to now, given the figures of now."""
        now = (tally.seconds, tally.calls_now, tally.completion_tokens_now, tally.accepted_now)
        if not self._samples or now[0] > self._samples[-1][0]:
            self._samples.append(now)
        while len(self._samples) > 2 and self._samples[1][0] <= now[0] - WINDOW_S:
            self._samples.popleft()
        then = self._samples[0]
        seconds = now[0] - then[0]
        if seconds <= 0:
            return Speed(0.0, 0.0, None)
        accepted = (now[3] - then[3]) / seconds
        left = max(0, tally.wanted - tally.accepted) / accepted if accepted else None
        return Speed((now[1] - then[1]) / seconds, (now[2] - then[2]) / seconds, left)
