from __future__ import annotations

import asyncio
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from virtual_time import run

from synthgen.calls import Request, Sampling, Usage
from synthgen.engine.budget import MESSAGE_OVERHEAD, Budget, Prices, expected_tokens, most_usage
from synthgen.errors import BudgetError
from synthgen.records import Turn


def request_of(text="What can I do?", max_tokens=50, schema=None):
    return Request("query", Sampling(max_tokens), (Turn("user", text),), schema=schema)


def test_prices_are_per_million_tokens():
    assert Prices(0.5, 1.5).cost(Usage(1_000_000, 2_000_000)) == pytest.approx(3.5)
    assert Prices().cost(Usage(10, 10)) == 0


def test_a_request_uses_at_most_its_bytes_and_its_bound():
    assert most_usage(request_of("你好")) == Usage(6 + MESSAGE_OVERHEAD, 50)
    plain = Request("query", Sampling(7), text="Client:")
    assert most_usage(plain) == Usage(7 + MESSAGE_OVERHEAD, 7)
    two = Request("query", Sampling(1), (Turn("system", "ab"), Turn("user", "c")))
    assert most_usage(two) == Usage(3 + 2 * MESSAGE_OVERHEAD, 1)
    assert most_usage(request_of(schema={"type": "object"})).prompt_tokens > most_usage(request_of()).prompt_tokens


@given(st.text(max_size=300))
def test_what_is_expected_is_not_more_than_the_most(text):
    most = most_usage(request_of(text))
    assert expected_tokens(request_of(text)) <= most.prompt_tokens + most.completion_tokens


def test_without_a_bound_nothing_is_held():
    async def trial():
        budget = Budget(Prices(1, 1))
        assert await budget.reserve(request_of()) == Usage(0, 0)
        budget.settle(Usage(0, 0), Usage(30, 12))
        return budget.tokens, budget.cost

    assert run(trial()) == (42, pytest.approx(42e-6))


def test_a_request_that_can_never_fit_is_told():
    async def trial():
        await Budget(Prices(), max_tokens=60).reserve(request_of(max_tokens=50))

    with pytest.raises(BudgetError, match=r"used up: 0 tokens, cost 0\.0000; the next call may need 80 tokens") as told:
        run(trial())
    assert "--max-tokens-total" in told.value.hint
    assert "\n" not in str(told.value)


def test_cost_is_a_bound_by_itself():
    async def trial():
        budget = Budget(Prices(1.0, 2.0), max_cost=200e-6)
        first = await budget.reserve(request_of(max_tokens=50))  # 30 + 100 millionths at most
        budget.settle(first, Usage(20, 50))
        assert budget.cost == pytest.approx(120e-6)
        with pytest.raises(BudgetError):
            await budget.reserve(request_of(max_tokens=50))

    run(trial())


def test_what_earlier_processes_spent_counts():
    async def trial():
        budget = Budget(Prices(1.0, 1.0), max_tokens=1000)
        budget.spend(Usage(900, 50), cost=0.25)
        assert (budget.tokens, budget.cost) == (950, 0.25)
        with pytest.raises(BudgetError, match="950 tokens"):
            await budget.reserve(request_of(max_tokens=50))

    run(trial())


def test_room_is_waited_for_until_others_have_settled():
    async def trial():
        budget = Budget(Prices(), max_tokens=100)
        first = await budget.reserve(request_of(max_tokens=50))  # 80 of 100
        second = asyncio.create_task(budget.reserve(request_of(max_tokens=50)))
        await asyncio.sleep(1)
        assert not second.done()
        budget.settle(first, Usage(10, 5))
        return await second

    assert run(trial()) == Usage(30, 50)


def test_who_waits_is_told_when_the_others_used_it_up():
    async def trial():
        budget = Budget(Prices(), max_tokens=100)
        first = await budget.reserve(request_of(max_tokens=50))
        waiting = [asyncio.create_task(budget.reserve(request_of(max_tokens=50))) for _ in range(3)]
        await asyncio.sleep(1)
        budget.settle(first, Usage(30, 50))
        return await asyncio.gather(*waiting, return_exceptions=True)

    assert all(isinstance(outcome, BudgetError) for outcome in run(trial()))


def test_a_failed_request_gives_everything_back():
    async def trial():
        budget = Budget(Prices(), max_tokens=80)
        for _ in range(5):
            budget.settle(await budget.reserve(request_of(max_tokens=50)), None)
        return budget.tokens

    assert run(trial()) == 0


@given(
    max_tokens=st.none() | st.integers(100, 5_000),
    max_cost=st.none() | st.floats(1e-4, 1e-2),
    calls=st.lists(st.tuples(st.integers(1, 200), st.integers(0, 300)), min_size=1, max_size=60),
    seed=st.integers(0, 2**32),
)
def test_the_budget_is_never_exceeded_and_nobody_waits_for_ever(max_tokens, max_cost, calls, seed):
    dice = random.Random(seed)
    budget = Budget(Prices(1.0, 3.0), max_tokens, max_cost)
    refused = []

    async def client(completion, length):
        request = request_of("x" * length, completion)
        await asyncio.sleep(dice.random())
        try:
            reserved = await budget.reserve(request)
        except BudgetError:
            refused.append(request)
            return
        most = most_usage(request)
        await asyncio.sleep(dice.random())
        used = Usage(dice.randint(0, most.prompt_tokens), dice.randint(0, most.completion_tokens))
        budget.settle(reserved, dice.choice([used, used, most, None]))
        within()

    def within():
        assert max_tokens is None or budget.tokens <= max_tokens
        assert max_cost is None or budget.cost <= max_cost * (1 + 1e-9)

    async def trial():
        await asyncio.gather(*(client(*call) for call in calls))

    run(trial())
    within()
    if max_tokens is None and max_cost is None:
        assert not refused
