"""The way to one model: limits, retries and budget. Nothing else in synthgen waits, counts or tries again."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass

from synthgen.backends.patience import LONGEST_WISH_S, patient
from synthgen.calls import Backend, Reply, Request, Usage
from synthgen.engine.budget import Budget, expected_tokens
from synthgen.engine.gate import Clock, Gate, Pace, Sleep
from synthgen.errors import (
    ConnectionLostError,
    MalformedReplyError,
    RateLimitError,
    RetryableModelError,
    ServerError,
    StalledError,
)

OVERLOADS = (RateLimitError, ServerError, StalledError)
# After these nobody knows whether the provider did the work: the budget counts them as if it had.
POSSIBLY_BILLED = (StalledError, ConnectionLostError, MalformedReplyError)


@dataclass(frozen=True, slots=True)
class Limits:
    """The user's bounds: requests in flight, and requests and tokens a minute (None: no bound)."""

    concurrency: int
    requests_per_minute: float | None = None
    tokens_per_minute: float | None = None


class Caller:
    """Sends requests to one backend."""

    def __init__(
        self,
        backend: Backend,
        limits: Limits,
        budget: Budget,
        *,
        clock: Clock = time.monotonic,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self.backend = backend
        self.gate = Gate(limits.concurrency)
        self.answered = 0
        self.retries = 0
        self._budget = budget
        self._requests = Pace(limits.requests_per_minute, clock, sleep)
        self._tokens = Pace(limits.tokens_per_minute, clock, sleep)
        self._retrying = patient(sleep, lambda: self.answered > 0)

    async def call(self, request: Request) -> Reply:
        """Return the model's answer, however often it has to be asked.

        Raises BudgetError, a ModelError that no retry mends, or the last RetryableModelError.
        """
        try:
            return await self._send(request, retry=False)
        except RetryableModelError as error:
            first: RetryableModelError | None = error

        async def again() -> Reply:
            nonlocal first
            if first is not None:
                fault, first = first, None
                raise fault
            return await self._send(request, retry=True)

        return await self._retrying.copy()(again)

    async def _send(self, request: Request, retry: bool) -> Reply:
        reserved = await self._budget.reserve(request)
        used: Usage | None = None
        try:
            await self.gate.enter(first=retry)
            overloaded = False
            try:
                reply = await self._paced(request)
            except RetryableModelError as error:
                self.retries += 1
                overloaded = isinstance(error, OVERLOADS)
                used = reserved if isinstance(error, POSSIBLY_BILLED) else None
                raise
            finally:
                self.gate.leave(overloaded)
            used = reply.usage
        finally:
            self._budget.settle(reserved, used)
        self.answered += 1
        return reply

    async def _paced(self, request: Request) -> Reply:
        """Send when the user's and the server's limits let it start.

        This is behind the gate: requests that had piled up before it would all start when it opens.
        """
        expected = expected_tokens(request) if self._tokens.is_bound else 0
        await self._requests.wait(1)
        await self._tokens.wait(expected)
        if self.gate.is_closed:
            raise asyncio.CancelledError
        try:
            reply = await self.backend.complete(request)
        except RetryableModelError:
            self._tokens.correct(-expected)
            raise
        self._tokens.correct(reply.usage.prompt_tokens + reply.usage.completion_tokens - expected)
        # A quota that comes back no sooner is told by the refusal of the next request.
        if (left := reply.headroom) and left.is_used_up and left.reset_s and left.reset_s <= LONGEST_WISH_S:
            self._requests.hold(left.reset_s)
        return reply
