"""How fast a run went, over the time that it was at work."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from synthgen.store.call_book import CallEnd

MOST_BUCKETS = 60
# In seconds; wider as the run is longer.
_FIRST_WIDTH = 0.25
# Without an answer for longer, nobody was at work: the run had been stopped, and went on later.
_MOST_IDLE = 60.0
_LONG_CALL = 1.5


class Timeline:
    """Calls, tokens and cost in buckets of time. When there would be too many, each two neighbours become one."""

    def __init__(self, most: int = MOST_BUCKETS) -> None:
        self.width = _FIRST_WIDTH
        self._last = 0.0
        self._most = most
        self._buckets: list[list[float]] = []

    def add(self, at: float, *counts: float) -> None:
        """Add counts at a time in seconds from the beginning."""
        while at >= self.width * self._most:
            self.width *= 2
            pairs = zip(self._buckets[::2], [*self._buckets[1::2], None], strict=False)
            self._buckets = [[*map(sum, zip(one, other or one, strict=True))] if other else one for one, other in pairs]
        self._last = max(self._last, at)
        place = int(at // self.width)
        while len(self._buckets) <= place:
            self._buckets.append([0.0] * len(counts))
        self._buckets[place] = [*map(sum, zip(self._buckets[place], counts, strict=True))]

    def rates(self, which: int) -> list[tuple[float, float]]:
        """Return (seconds from the beginning, how many a second from then on) of the counts at this place."""
        points: list[tuple[float, float]] = []
        for place, counts in enumerate(self._buckets):
            start = place * self.width
            # The last bucket is not full; one that has hardly begun tells nothing.
            lasted = min(self.width, self._last - start) or self.width
            if not points or lasted >= self.width / 4:
                points.append((start, counts[which] / lasted))
        return [*points, (self._last, points[-1][1])] if points else []

    def sums(self, which: int) -> list[tuple[float, float]]:
        """Return (seconds from the beginning, how many in all until then)."""
        total, points = 0.0, [(0.0, 0.0)]
        for place, counts in enumerate(self._buckets):
            total += counts[which]
            points.append(((place + 1) * self.width, total))
        return points


def pace_figures(ends: Iterable[CallEnd]) -> dict[str, Any] | None:
    """Return rates over the time at work, as JSON can hold them; None without calls.

    `seconds` is that time, without the pauses between two parts of a run that was stopped.
    """
    line, clock, before, count = Timeline(), 0.0, None, 0
    for count, end in enumerate(ends, 1):  # noqa: B007  # the last one is wanted
        idle = end.seconds if before is None else max(0.0, end.ended - before)
        clock += min(idle, max(_MOST_IDLE, _LONG_CALL * end.seconds))
        before = end.ended
        line.add(clock, 1, end.completion_tokens, end.cost)
    if not count:
        return None
    return {
        "seconds": clock,
        "calls_per_second": count / clock if clock else None,
        "width": line.width,
        "calls": line.rates(0),
        "tokens": line.rates(1),
        "cost": line.sums(2),
    }
