"""The way to one model: limits, retries and budget. Nothing else in synthgen waits, counts or tries again."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass

from tenacity import AsyncRetrying, RetryCallState, retry_if_exception, wait_random_exponential
from tenacity.wait import wait_base

from synthgen.calls import Backend, Reply, Request, Usage
from synthgen.engine.budget import Budget, expected_tokens
from synthgen.engine.gate import Clock, Gate, Pace, Sleep
from synthgen.errors import (
    AdaptedError,
    ConnectionLostError,
    MalformedReplyError,
    RateLimitError,
    RetryableModelError,
    ServerError,
    StalledError,
    SynthgenError,
)

# A minute and more of patience with a server that fails; one that never answered is given up soon.
MOST_TRIES = 8
TRIES_WITHOUT_ANY_ANSWER = 3
LONGEST_WAIT_S = 30.0
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
        self._retrying = AsyncRetrying(
            sleep=sleep,
            retry=retry_if_exception(lambda error: isinstance(error, SynthgenError) and error.retryable),
            wait=_Wait(),
            stop=self._is_hopeless,
            reraise=True,
        )

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

        # A copy, since tenacity keeps the state of one call in the object.
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
        if reply.headroom is not None and reply.headroom.is_used_up and reply.headroom.reset_s:
            self._requests.hold(reply.headroom.reset_s)
        return reply

    def _is_hopeless(self, state: RetryCallState) -> bool:
        error = state.outcome.exception() if state.outcome else None
        if isinstance(error, ConnectionLostError) and not self.answered:
            return state.attempt_number >= TRIES_WITHOUT_ANY_ANSWER
        return state.attempt_number >= MOST_TRIES


class _Wait(wait_base):
    """As long as the server wishes, else exponential with full jitter; not at all where the backend has adapted."""

    _backoff = wait_random_exponential(multiplier=0.5, max=LONGEST_WAIT_S)

    def __call__(self, retry_state: RetryCallState) -> float:
        error = retry_state.outcome.exception() if retry_state.outcome else None
        if isinstance(error, AdaptedError):
            return 0.0
        if isinstance(error, RetryableModelError) and error.retry_after is not None:
            return error.retry_after
        return self._backoff(retry_state)
