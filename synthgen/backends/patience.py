"""When a request that failed is sent again, and when it is given up."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from tenacity import AsyncRetrying, RetryCallState, retry_if_exception, wait_random_exponential
from tenacity.wait import wait_base

from synthgen.errors import AdaptedError, ConnectionLostError, RetryableModelError, SynthgenError

# A minute and more of patience with a server that fails; one that never answered is given up soon.
MOST_TRIES = 8
TRIES_WITHOUT_ANY_ANSWER = 3
LONGEST_WAIT_S = 30.0


def patient(sleep: Callable[[float], Awaitable[None]], has_answered: Callable[[], bool]) -> AsyncRetrying:
    """Return what tries a call again while its errors are retryable; `copy` it for each, it keeps the state of one.

    `has_answered` says whether the server has answered anything yet.
    """

    def is_hopeless(state: RetryCallState) -> bool:
        error = state.outcome.exception() if state.outcome else None
        if isinstance(error, ConnectionLostError) and not has_answered():
            return state.attempt_number >= TRIES_WITHOUT_ANY_ANSWER
        return state.attempt_number >= MOST_TRIES

    return AsyncRetrying(
        sleep=sleep, retry=retry_if_exception(_is_retryable), wait=_Wait(), stop=is_hopeless, reraise=True
    )


def _is_retryable(error: BaseException) -> bool:
    return isinstance(error, SynthgenError) and error.retryable


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
