"""The engine: rows from a source through steps, each on its own, over the ledger.

Nothing waits at a barrier. What a model answered and the change of state that it causes are one transaction,
and only what is committed is worked on further, so a kill at any instant loses at most what was in flight.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import replace

from synthgen.engine.budget import Prices
from synthgen.engine.caller import Caller
from synthgen.engine.context import StepContext
from synthgen.engine.examiner import Examining, Finding
from synthgen.engine.exemplars import Exemplars
from synthgen.engine.screen import Screen
from synthgen.engine.sources import Seats, Source
from synthgen.engine.survey import Survey, Watch
from synthgen.engine.tally import Tally
from synthgen.errors import BudgetError, RetryableModelError
from synthgen.prompts import Prompts
from synthgen.records import UNDER_WAY, Drop, Row, Slot, Stage, State
from synthgen.steps.step import Step
from synthgen.store.ledger import Ledger

# Rows drafted ahead of the replies, per request in flight: the last calls of a run are then many short
# ones that do not wait for each other, and memory stays small.
DRAFTED_AHEAD = 2
# Tasks beyond the requests in flight, so that the wire is busy while others parse and commit.
SPARE_TASKS = 0.25
# How long calls in flight may take to come in once the run is stopping.
GRACE_S = 10.0


class Engine:
    """One run of one recipe: `source` and `steps` in order, judged by `screen`, counted by `quota`."""

    def __init__(
        self,
        *,
        ledger: Ledger,
        source: Source,
        steps: Sequence[Step],
        quota: Seats,
        screen: Screen,
        examining: Examining,
        exemplars: Exemplars,
        callers: Mapping[str, Caller],
        prompts: Prompts,
        prices: Prices,
        repairs: int,
        tally: Tally,
    ) -> None:
        self._ledger = ledger
        self._source = source
        self._steps = steps
        self._quota = quota
        self._screen = screen
        self._examining = examining
        self._exemplars = exemplars
        self._callers = callers
        self._prompts = prompts
        self._prices = prices
        self._repairs = repairs
        self._next_number = ledger.next_number()
        self._ready: deque[Row] = deque(ledger.rows(*UNDER_WAY))
        self._is_drawn = False
        self._tasks: set[asyncio.Task[None]] = set()
        self._drafting = 0
        self._woken = asyncio.Event()
        self._stopping = False
        self._error: Exception | None = None
        self._survey = Survey(tally, callers.values(), quota)

    @property
    def tally(self) -> Tally:
        return self._survey.tally

    def stop(self, why: str) -> None:
        """Take up no new work; calls in flight come in and are committed. A second stop leaves them."""
        if self._stopping:
            for task in self._tasks:
                task.cancel()
        elif why != "budget":
            for caller in set(self._callers.values()):
                caller.gate.close()
        self._stopping = True
        self.tally.stopping = why
        self._woken.set()

    async def run(self, watch: Watch | None = None) -> None:
        """Work until the quota is full, cannot be filled, or the run is stopped.

        Raises the error that stopped it, after committing what came in.
        """
        surveying = asyncio.create_task(self._survey.keep(watch)) if watch else None
        try:
            while not self._stopping:
                self._woken.clear()
                while len(self._tasks) < self._most_tasks and (job := self._next_job()) is not None:
                    self._spawn(job)
                if not self._tasks:
                    break
                await self._woken.wait()
            if self._tasks:
                await self._drain()
        finally:
            if surveying:
                surveying.cancel()
            self._survey.look(watch)
        if self._error is not None:
            raise self._error

    @property
    def _most_tasks(self) -> int:
        limit = sum(caller.gate.limit for caller in set(self._callers.values()))
        return limit + max(1, int(limit * SPARE_TASKS))

    def _next_job(self) -> Awaitable[None] | None:
        ahead = DRAFTED_AHEAD * self._most_tasks
        if (intake := self._source.intake()) is not None:
            return intake
        idle = not self._ready
        if idle or len(self._ready) + self._drafting < ahead:
            slots = self._source.next(idle)
            self._is_drawn = not slots
            if slots:
                self._drafting += len(slots)
                return self._draft(slots)
        if self._ready:
            return self._advance(self._next_row())
        return None

    def _next_row(self) -> Row:
        """Return the row to go on with: once no more come, the conversation farthest from its end, so that all end
        together.
        """
        if not self._is_drawn or not self._ready[0].slot.cell.turns:
            return self._ready.popleft()
        at = min(range(len(self._ready)), key=lambda at: len(self._ready[at].messages))
        self._ready.rotate(-at)
        return self._ready.popleft()

    def _spawn(self, job: Awaitable[None]) -> None:
        task = asyncio.ensure_future(self._guard(job))
        self._tasks.add(task)
        task.add_done_callback(self._finished)

    def _finished(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._woken.set()

    async def _guard(self, job: Awaitable[None]) -> None:
        """Keep the first error and stop the run for it."""
        try:
            await job
        except Exception as error:
            if self._error is None or isinstance(self._error, BudgetError):
                self._error = error
            if not self._stopping:
                self.stop("budget" if isinstance(error, BudgetError) else "error")

    async def _drain(self) -> None:
        patience = None if self.tally.stopping == "budget" else GRACE_S
        tasks = set(self._tasks)
        _, late = await asyncio.wait(tasks, timeout=patience)
        for task in late:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _draft(self, slots: Sequence[Slot]) -> None:
        context = self._context()
        try:
            rows = await self._called(context, slots)
        finally:
            self._drafting -= len(slots)
        rows = await self._judged(rows, self._source.makes)
        await self._commit(context, rows)
        self._ready.extend(row for row in rows if row.state in UNDER_WAY)

    async def _called(self, context: StepContext, slots: Sequence[Slot]) -> list[Row]:
        answered = self._answered()
        try:
            return await self._source.draw(slots, context, self._new_id)
        except RetryableModelError as error:
            if self._answered()[context.asked] == answered[context.asked]:
                raise
            drop = _failed(self._source.makes, error)
            return [Row(self._new_id(), slot, state=State.DROPPED, drop=drop) for slot in slots]

    async def _advance(self, row: Row) -> None:
        """Take a row through the steps that are due until it is final, the run stops, or others are farther behind."""
        while not self._stopping and row.state in UNDER_WAY:
            context = self._context()
            if self._quota.is_taken(row.slot):
                # Another try at the seat was faster: no call is bought for this one any more.
                row = self._settled(row)
            elif row.drop is None and (drop := await self._screen.compare(row)) is not None:
                row = self._faulty(row, drop)
            elif (step := next((step for step in self._steps if step.is_due(row)), None)) is not None:
                row = await self._stepped(row, step, context)
            else:
                row = self._settled(row)
            await self._commit(context, [row])
            if self._is_drawn and self._ready and row.state in UNDER_WAY:
                self._ready.append(row)
                return

    async def _stepped(self, row: Row, step: Step, context: StepContext) -> Row:
        answered = self._answered()
        try:
            done = await step.run(row, context)
        except RetryableModelError as error:
            if self._answered()[context.asked] == answered[context.asked]:
                raise
            return replace(row, state=State.DROPPED, drop=_failed(step.makes, error))
        repairs = row.repairs + 1 if row.drop else 0
        drop = None if done.drop is row.drop else done.drop
        if row.drop is not None:
            # What was mended is judged anew.
            done = replace(done, judgement=replace(row.judgement, scores=None, tries=0))
        (row,) = await self._judged([replace(done, drop=drop, repairs=repairs)], step.makes)
        return row

    async def _judged(self, rows: Sequence[Row], stages: Sequence[Stage]) -> list[Row]:
        """Return rows as their filters leave them: moved on, held for a repair, dropped, accepted or surplus."""
        rows = [self._faulty(row, row.drop) if row.drop and row.state in UNDER_WAY else row for row in rows]
        for stage in stages:
            places = [at for at, row in enumerate(rows) if row.drop is None and _is_whole(row, stage)]
            findings = await self._examining.examine([self._screen.candidate(rows[at], stage) for at in places])
            for at, finding in zip(places, findings, strict=True):
                rows[at] = self._found(rows[at], stage, finding)
        return [self._passed(row) if row.drop is None else row for row in rows]

    def _found(self, row: Row, stage: Stage, finding: Finding) -> Row:
        if (drop := finding.drop or self._screen.admit(row, stage, finding.sketches)) is not None:
            return self._faulty(row, drop)
        return replace(row, risk=row.risk or finding.risk)

    def _passed(self, row: Row) -> Row:
        """Return a row whose newest texts have all passed."""
        if row.state is State.REPLIED:
            is_done = not self._screen.is_comparing and not any(step.is_due(row) for step in self._steps)
            return self._settled(row) if is_done else row
        return replace(row, repairs=0, shown=())

    def _faulty(self, row: Row, drop: Drop) -> Row:
        held = drop.repairable and row.repairs < self._repairs
        return replace(row, drop=drop, state=row.state if held else State.DROPPED)

    def _settled(self, row: Row) -> Row:
        """Seat a row that has passed everything, or that lost its seat on the way."""
        return replace(row, drop=None, state=State.ACCEPTED if self._quota.accept(row.slot) else State.SURPLUS)

    async def _commit(self, context: StepContext, rows: Sequence[Row]) -> None:
        for row in rows:
            if row.state is State.DROPPED and row.slot.seat >= 0:
                self._quota.drop(row.slot)
            if row.state in (State.DROPPED, State.SURPLUS):
                self._screen.release(row)
        await self._ledger.commit(context.calls, rows)
        for row in rows:
            self._screen.committed(row)
            if row.state is State.ACCEPTED:
                self._exemplars.add(row)
        self._survey.count(context.calls, rows)

    def _context(self) -> StepContext:
        return StepContext(self._callers, self._prompts, self._prices)

    def _answered(self) -> dict[str, int]:
        """Return how many requests of each purpose its server has answered: one that answers none stops the run."""
        return {purpose: caller.answered for purpose, caller in self._callers.items()}

    def _new_id(self) -> str:
        number = self._next_number
        self._next_number += 1
        return f"{self._ledger.run}-{number:06d}"


def _is_whole(row: Row, stage: Stage) -> bool:
    """Whether the text of a stage is there; a conversation is none until it has ended."""
    return stage != "conversation" or row.state is State.REPLIED


def _failed(makes: Sequence[Stage], error: RetryableModelError) -> Drop:
    return Drop(
        next(iter(makes), "conversation"),
        "call_failed",
        "The model's server failed this request again and again.",
        error.message[:120],
        False,
    )
