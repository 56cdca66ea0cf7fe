"""How many requests may be in flight, and how often one may start: learned from the server, bounded by the user."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable

Clock = Callable[[], float]
Sleep = Callable[[float], Awaitable[None]]

# A server that turns away this share of requests is asked for less at once; a stray 429 is no reason.
OVERLOADED_SHARE = 0.2
# Cut by this factor when overloaded, grow by a twentieth of the most otherwise: once per window of answers.
CUT = 0.7
GROWTH = 0.05
SMALLEST_WINDOW = 16


class Gate:
    """Additive increase, multiplicative decrease of the requests in flight, judged by windows of answers."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.limit = most
        self.in_flight = 0
        self.is_closed = False
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._answers = self._overloads = 0

    async def enter(self, first: bool) -> None:
        """Wait for a place; a retry goes `first`, before requests that were never sent.

        Raises CancelledError once the gate is closed.
        """
        if self.is_closed:
            raise asyncio.CancelledError
        if self.in_flight < self.limit and not self._waiting:
            self.in_flight += 1
            return
        place: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        (self._waiting.appendleft if first else self._waiting.append)(place)
        try:
            await place
        except asyncio.CancelledError:
            if place.done() and not place.cancelled():
                self._leave()
            raise

    def leave(self, overloaded: bool) -> None:
        """Give the place back and learn from the answer."""
        self._answers += 1
        self._overloads += overloaded
        if self._answers >= max(SMALLEST_WINDOW, self.limit):
            if self._overloads > OVERLOADED_SHARE * self._answers:
                self.limit = max(1, int(self.limit * CUT))
            else:
                self.limit = min(self.most, self.limit + max(1, round(self.most * GROWTH)))
            self._answers = self._overloads = 0
        self._leave()

    def close(self) -> None:
        """Let nobody in any more; who is waiting is cancelled."""
        self.is_closed = True
        for place in self._waiting:
            place.cancel()

    def _leave(self) -> None:
        self.in_flight -= 1
        while self._waiting and self.in_flight < self.limit:
            place = self._waiting.popleft()
            if not place.done():
                self.in_flight += 1
                place.set_result(None)


class Pace:
    """At most `per_minute` units a minute, evenly spread, so that no minute can hold more."""

    def __init__(self, per_minute: float | None, clock: Clock, sleep: Sleep) -> None:
        self._seconds_each = 60 / per_minute if per_minute else 0.0
        self._clock = clock
        self._sleep = sleep
        self._next = 0.0

    @property
    def is_bound(self) -> bool:
        return self._seconds_each > 0

    async def wait(self, units: float) -> None:
        """Wait until so many units may start."""
        now = self._clock()
        start = max(now, self._next)
        self._next = start + units * self._seconds_each
        if start > now:
            await self._sleep(start - now)

    def correct(self, units: float) -> None:
        """Take back (below zero) or add units that were misjudged when they started."""
        self._next += units * self._seconds_each

    def hold(self, seconds: float) -> None:
        """Start nothing for so long, by the server's wish."""
        self._next = max(self._next, self._clock() + seconds)
