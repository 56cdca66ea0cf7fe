"""The figures of a run in progress, gathered a few times a second and at every commit."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable, Sequence

from synthgen.calls import Call
from synthgen.engine.caller import Caller
from synthgen.engine.sources import Seats
from synthgen.engine.tally import Tally
from synthgen.records import Row, State

SURVEY_S = 0.25
# Cells farthest behind that are told.
LAGGING = 3

Watch = Callable[[Tally], None]


class Survey:
    """Keeps a run's tally up to date: rows and calls as they are committed, the rest whenever it is looked at."""

    def __init__(self, tally: Tally, callers: Iterable[Caller], quota: Seats) -> None:
        self.tally = tally
        self._callers = set(callers)
        self._quota = quota

    async def keep(self, watch: Watch) -> None:
        """Have `watch` look at the figures until cancelled."""
        started = time.monotonic() - self.tally.seconds
        while True:
            self.tally.seconds = time.monotonic() - started
            self.look(watch)
            await asyncio.sleep(SURVEY_S)

    def look(self, watch: Watch | None) -> None:
        """Bring the figures of calls in flight and of cells up to date, and show them."""
        tally = self.tally
        tally.in_flight = sum(caller.gate.in_flight for caller in self._callers)
        tally.concurrency = sum(caller.gate.limit for caller in self._callers)
        tally.retries = sum(caller.retries for caller in self._callers)
        cells = [*self._quota.progress()]
        tally.wanted = sum(wanted for _, _, wanted in cells)
        lagging = sorted(cells, key=lambda cell: cell[1] / max(1, cell[2]))
        tally.lagging = [behind for behind in lagging[:LAGGING] if behind[1] < behind[2]]
        if watch:
            watch(tally)

    def count(self, calls: Sequence[Call], rows: Sequence[Row]) -> None:
        """Count what was committed."""
        tally = self.tally
        for row in rows:
            if row.state is State.ACCEPTED:
                tally.accepted += 1
                tally.accepted_now += 1
            elif row.state is State.SURPLUS:
                tally.surplus += 1
            elif row.state is State.DROPPED and row.drop:
                tally.dropped[row.drop.stage, row.drop.reason] += 1
        for call in calls:
            tally.calls += 1
            tally.calls_now += 1
            tally.prompt_tokens += call.reply.usage.prompt_tokens
            tally.completion_tokens += call.reply.usage.completion_tokens
            tally.completion_tokens_now += call.reply.usage.completion_tokens
            tally.cost += call.cost
