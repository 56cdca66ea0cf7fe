"""When a request that failed is sent again, and when it is given up."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import NoReturn

from tenacity import AsyncRetrying, RetryCallState, retry_if_exception, wait_random_exponential
from tenacity.wait import wait_base

from synthgen.errors import AdaptedError, ConnectionLostError, ModelError, RetryableModelError, SynthgenError
from synthgen.report.figures import duration

# A minute and more of patience with a server that fails; one that never answered is given up soon.
MOST_TRIES = 8
TRIES_WITHOUT_ANY_ANSWER = 3
LONGEST_WAIT_S = 30.0
# Limits a minute pass within this. A server that wants more speaks of a quota of hours or days, for which no run is to
# stand still in silence.
LONGEST_WISH_S = 15 * 60.0


def patient(sleep: Callable[[float], Awaitable[None]], has_answered: Callable[[], bool]) -> AsyncRetrying:
    """Return what tries a call again while its errors are retryable; `copy` it for each, it keeps the state of one.

    `has_answered` says whether the server has answered anything yet. What is given up raises its last error, or a
    ModelError where the server asks for a longer wait than a run sits through.
    """

    def is_hopeless(state: RetryCallState) -> bool:
        error = _error_of(state)
        if _wish_of(error) > LONGEST_WISH_S:
            return True
        if isinstance(error, ConnectionLostError) and not has_answered():
            return state.attempt_number >= TRIES_WITHOUT_ANY_ANSWER
        return state.attempt_number >= MOST_TRIES

    return AsyncRetrying(
        sleep=sleep,
        retry=retry_if_exception(_is_retryable),
        wait=_Wait(),
        stop=is_hopeless,
        retry_error_callback=_given_up,
    )


def _given_up(state: RetryCallState) -> NoReturn:
    """Raise the last error, or for a wish that is not granted one that stops the run."""
    error = _error_of(state)
    assert error is not None, "only what failed is given up"
    if isinstance(error, RetryableModelError) and (wish := _wish_of(error)) > LONGEST_WISH_S:
        raise ModelError(
            f"{error.message.rstrip('.')}: the server asks for a wait of {duration(wish)}.",
            hint="run the same command again then: what was received is kept.",
        ) from error
    raise error


def _error_of(state: RetryCallState) -> BaseException | None:
    return state.outcome.exception() if state.outcome else None


def _wish_of(error: BaseException | None) -> float:
    """Return how many seconds the server wishes to be left alone, 0 where it says nothing."""
    return error.retry_after or 0.0 if isinstance(error, RetryableModelError) else 0.0


def _is_retryable(error: BaseException) -> bool:
    return isinstance(error, SynthgenError) and error.retryable


class _Wait(wait_base):
    """As long as the server wishes, else exponential with full jitter; not at all where the backend has adapted."""

    _backoff = wait_random_exponential(multiplier=0.5, max=LONGEST_WAIT_S)

    def __call__(self, retry_state: RetryCallState) -> float:
        error = _error_of(retry_state)
        if isinstance(error, AdaptedError):
            return 0.0
        if isinstance(error, RetryableModelError) and error.retry_after is not None:
            return error.retry_after
        return self._backoff(retry_state)
