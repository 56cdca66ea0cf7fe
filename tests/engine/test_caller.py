from __future__ import annotations

import asyncio
import random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from virtual_time import run

from synthgen.backends.patience import LONGEST_WAIT_S, LONGEST_WISH_S, MOST_TRIES, TRIES_WITHOUT_ANY_ANSWER
from synthgen.calls import Headroom, Reply, Request, Sampling, Usage
from synthgen.engine.budget import Budget, Prices, most_usage
from synthgen.engine.caller import Caller, Limits
from synthgen.errors import (
    AuthError,
    BadRequestError,
    BudgetError,
    ConnectionLostError,
    MalformedReplyError,
    ModelError,
    RateLimitError,
    SchemaError,
    ServerError,
    StalledError,
    SystemRoleError,
)
from synthgen.records import Turn

REQUEST = Request("query", Sampling(max_tokens=40), (Turn("user", "hello"),))
USED = Usage(10, 20)


class Line:
    """A backend that plays a list of outcomes in order, then answers well; each takes `latency` seconds."""

    name = "line"
    plain = fake = False
    local = True
    slots = 4

    def __init__(self, outcomes=(), latency=1.0, usage=USED, headroom=None):
        self.outcomes = list(outcomes)
        self.latency = latency
        self.usage = usage
        self.headroom = headroom
        self.starts = []
        self.seen = []

    async def complete(self, request):
        self.starts.append(asyncio.get_running_loop().time())
        self.seen.append(request)
        outcome = self.outcomes.pop(0) if self.outcomes else None
        await asyncio.sleep(self.latency)
        if outcome is not None:
            raise outcome
        return Reply("fine", "stop", self.usage, "m", headroom=self.headroom)

    async def aclose(self):
        pass


def caller_of(backend, concurrency=4, *, budget=None, **limits):
    """Return a caller; to be made inside the loop, whose clock it reads."""
    clock = asyncio.get_running_loop().time
    budget = budget or Budget(Prices())
    return Caller(backend, Limits(concurrency, **limits), budget, clock=clock, sleep=asyncio.sleep)


def called(backend, calls=1, **settings):
    """Make calls at once; return the caller, what became of each, and the seconds that all took."""

    async def trial():
        caller = caller_of(backend, **settings)
        began = asyncio.get_running_loop().time()
        ends = await asyncio.gather(*(caller.call(REQUEST) for _ in range(calls)), return_exceptions=True)
        return caller, ends, asyncio.get_running_loop().time() - began

    return run(trial())


def test_an_answer_comes_back():
    caller, [reply], seconds = called(Line())
    assert reply.text == "fine"
    assert (caller.answered, caller.retries, caller.gate.in_flight) == (1, 0, 0)
    assert seconds == pytest.approx(1)


@pytest.mark.parametrize("error", [AuthError("no"), BadRequestError("no"), ValueError("a bug")])
def test_what_no_retry_mends_is_told_at_once(error):
    backend = Line([error])
    caller, [end], _ = called(backend)
    assert end is error
    assert len(backend.starts) == 1
    assert caller.gate.in_flight == 0


@pytest.mark.parametrize("kind", [RateLimitError, ServerError, StalledError, ConnectionLostError, MalformedReplyError])
def test_a_passing_failure_is_tried_again(kind):
    backend = Line([kind("once"), kind("twice")])
    caller, [reply], _ = called(backend)
    assert reply.text == "fine"
    assert caller.retries == 2
    assert caller.gate.in_flight == 0


def test_waits_grow_and_are_bounded():
    backend = Line([ServerError("down")] * (MOST_TRIES - 1))
    called(backend)
    waits = [
        after - before - backend.latency for before, after in zip(backend.starts, backend.starts[1:], strict=False)
    ]
    assert all(0 <= wait <= min(LONGEST_WAIT_S, 0.5 * 2**at) for at, wait in enumerate(waits))


@pytest.mark.parametrize("kind", [RateLimitError, ServerError, StalledError, MalformedReplyError])
def test_a_server_that_fails_for_ever_is_given_up(kind):
    backend = Line([kind("down")] * 100)
    _, [end], _ = called(backend)
    assert isinstance(end, kind)
    assert len(backend.starts) == MOST_TRIES


def test_a_server_that_never_answered_is_given_up_soon():
    backend = Line([ConnectionLostError("refused")] * 100)
    _, [end], _ = called(backend)
    assert isinstance(end, ConnectionLostError)
    assert len(backend.starts) == TRIES_WITHOUT_ANY_ANSWER


def test_a_server_that_answered_before_gets_more_patience():
    backend = Line([None] + [ConnectionLostError("refused")] * 100)

    async def trial():
        caller = caller_of(backend)
        await caller.call(REQUEST)
        await caller.call(REQUEST)

    with pytest.raises(ConnectionLostError):
        run(trial())
    assert len(backend.starts) == 1 + MOST_TRIES


def test_the_wish_of_the_server_is_granted():
    backend = Line([RateLimitError("slow down", retry_after=17.5)])
    _, _, seconds = called(backend)
    assert seconds == pytest.approx(1 + 17.5 + 1)


@pytest.mark.parametrize("kind", [RateLimitError, ServerError, StalledError])
def test_a_wish_that_no_run_sits_through_is_told_at_once(kind):
    """Not one of those errors after which a row is given up and the next one asked about."""
    backend = Line([kind("m: HTTP 429: quota used up.", retry_after=864_000)] * 9)
    caller, [end], seconds = called(backend)
    assert type(end) is ModelError
    assert not end.retryable
    assert str(end).startswith("m: HTTP 429: quota used up: the server asks for a wait of 10 d 00 h. Hint: ")
    assert len(backend.starts) == 1
    assert seconds == pytest.approx(1)
    assert caller.gate.in_flight == 0


def test_the_longest_wish_that_is_granted():
    backend = Line([RateLimitError("slow down", retry_after=LONGEST_WISH_S)])
    _, [reply], seconds = called(backend)
    assert reply.text == "fine"
    assert seconds == pytest.approx(LONGEST_WISH_S + 2)


@pytest.mark.parametrize("kind", [SystemRoleError, SchemaError])
def test_an_adapted_backend_is_asked_again_at_once(kind):
    backend = Line([kind("asked otherwise now")])
    _, [reply], seconds = called(backend)
    assert reply.text == "fine"
    assert seconds == pytest.approx(2)


def test_adapting_is_no_overload():
    backend = Line([SchemaError("asked otherwise now")] * 40, latency=0.01)
    caller, _, _ = called(backend, calls=40, concurrency=40)
    assert caller.gate.limit == 40


def test_overload_lowers_the_limit():
    backend = Line([RateLimitError("slow down", retry_after=0.5)] * 40, latency=0.01)
    caller, ends, _ = called(backend, calls=40, concurrency=40)
    assert caller.gate.limit < 40
    assert {reply.text for reply in ends} == {"fine"}


def test_a_retry_goes_before_requests_never_sent():
    backend = Line([RateLimitError("slow down", retry_after=0.5)], latency=1)

    async def trial():
        caller = caller_of(backend, concurrency=1)
        requests = [Request("query", Sampling(1), text=str(number)) for number in range(4)]
        await asyncio.gather(*map(caller.call, requests))

    run(trial())
    assert [request.text for request in backend.seen] == ["0", "1", "0", "2", "3"]


def test_no_more_are_under_way_than_the_user_allows():
    backend = Line(latency=1)
    _, _, seconds = called(backend, calls=20, concurrency=5)
    assert seconds == pytest.approx(4)


@given(
    per_minute=st.integers(2, 240),
    concurrency=st.integers(1, 30),
    latencies=st.lists(st.sampled_from([0.01, 0.5, 2, 30, 100]), min_size=1, max_size=80),
)
@example(per_minute=6, concurrency=1, latencies=[100] + [0.01] * 11)  # what piled up may not start all at once
def test_no_minute_sees_more_requests_than_the_user_allows(per_minute, concurrency, latencies):
    class Uneven(Line):
        async def complete(self, request):
            self.latency = latencies[len(self.starts) % len(latencies)]
            return await super().complete(request)

    backend = Uneven()
    called(backend, calls=len(latencies), concurrency=concurrency, requests_per_minute=per_minute)
    for at, start in enumerate(backend.starts):
        assert len([other for other in backend.starts[at:] if other < start + 60 - 1e-6]) <= per_minute


def test_tokens_a_minute_are_kept_by_what_was_used():
    backend = Line(latency=0.1, usage=Usage(100, 100))
    _, _, seconds = called(backend, calls=121, concurrency=4, tokens_per_minute=1200)  # six requests a minute
    assert seconds == pytest.approx(120 / 6 * 60, rel=0.05)


def test_long_prompts_count_before_the_server_has_counted_them():
    backend = Line(latency=5, usage=Usage(1000, 1))

    async def trial():
        caller = caller_of(backend, concurrency=20, tokens_per_minute=6000)
        request = Request("query", Sampling(1), text="word " * 740)
        await asyncio.gather(*(caller.call(request) for _ in range(20)))

    run(trial())
    assert len([start for start in backend.starts if start < backend.starts[0] + 60]) <= 7


def test_tokens_of_a_refused_request_are_given_back():
    refused, served = Line([RateLimitError("no", retry_after=0)] * 5, latency=0.01), Line(latency=0.01)
    _, _, with_refusals = called(refused, calls=20, concurrency=1, tokens_per_minute=600)
    _, _, without = called(served, calls=20, concurrency=1, tokens_per_minute=600)
    assert with_refusals < without + 6 * 60 / 600 * 41


@pytest.mark.parametrize(("reset", "held"), [(30, 30), (LONGEST_WISH_S, LONGEST_WISH_S), (30 * 86_400, 0)])
def test_a_server_that_says_it_is_used_up_is_left_alone_for_minutes_and_not_for_days(reset, held):
    backend = Line(latency=1, headroom=Headroom(requests=0, tokens=500, reset_s=reset))

    async def trial():
        caller = caller_of(backend, concurrency=1)
        await caller.call(REQUEST)
        await caller.call(REQUEST)

    run(trial())
    assert backend.starts[1] - backend.starts[0] == pytest.approx(1 + held)


def test_a_server_with_room_left_is_not_waited_for():
    backend = Line(latency=1, headroom=Headroom(requests=3, tokens=500, reset_s=30))
    _, _, seconds = called(backend, calls=2, concurrency=1)
    assert seconds == pytest.approx(2)


def test_nothing_starts_once_the_gate_is_closed():
    backend = Line(latency=1)

    async def trial():
        caller = caller_of(backend, concurrency=2, requests_per_minute=6)
        tasks = [asyncio.create_task(caller.call(REQUEST)) for _ in range(10)]
        await asyncio.sleep(1.5)
        caller.gate.close()
        ends = await asyncio.gather(*tasks, return_exceptions=True)
        return caller, ends

    caller, ends = run(trial())
    assert len(backend.starts) == 1
    assert [type(end) for end in ends[1:]] == [asyncio.CancelledError] * 9
    assert caller.gate.in_flight == 0


def test_a_cancelled_call_gives_back_its_place_and_its_room():
    async def trial():
        budget = Budget(Prices(), max_tokens=most_usage(REQUEST).prompt_tokens + 40)
        caller = caller_of(Line(latency=5), budget=budget)
        task = asyncio.create_task(caller.call(REQUEST))
        await asyncio.sleep(1)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert caller.gate.in_flight == 0
        return (await caller.call(REQUEST)).text

    assert run(trial()) == "fine"


@pytest.mark.parametrize(
    ("kind", "counted"),
    [
        (RateLimitError, False),
        (ServerError, False),
        (SystemRoleError, False),
        (StalledError, True),
        (ConnectionLostError, True),
        (MalformedReplyError, True),
    ],
)
def test_what_may_have_been_billed_counts_against_the_budget(kind, counted):
    budget = Budget(Prices(), max_tokens=100_000)
    called(Line([kind("once")]), budget=budget)
    most = most_usage(REQUEST)
    wasted = most.prompt_tokens + most.completion_tokens if counted else 0
    assert budget.tokens == USED.prompt_tokens + USED.completion_tokens + wasted


def test_the_run_ends_when_the_budget_is_used_up():
    backend = Line(latency=1, usage=most_usage(REQUEST))
    most = sum((most_usage(REQUEST).prompt_tokens, most_usage(REQUEST).completion_tokens))
    budget = Budget(Prices(), max_tokens=5 * most + 1)
    _, ends, _ = called(backend, calls=12, concurrency=3, budget=budget)
    assert sum(isinstance(end, BudgetError) for end in ends) == 7
    assert len(backend.starts) == 5
    assert budget.tokens == 5 * most


@given(outcomes=st.lists(st.sampled_from([None, None, RateLimitError, ServerError, StalledError]), max_size=60))
def test_a_budget_holds_through_retries(outcomes):
    dice = random.Random(1)

    class Varied(Line):
        async def complete(self, request):
            reply = await super().complete(request)
            most = most_usage(request)
            used = Usage(dice.randint(0, most.prompt_tokens), dice.randint(0, most.completion_tokens))
            return Reply(reply.text, reply.finish, used, reply.model)

    budget = Budget(Prices(), max_tokens=900)
    called(Varied([kind and kind("no") for kind in outcomes]), calls=30, concurrency=8, budget=budget)
    assert budget.tokens <= 900
