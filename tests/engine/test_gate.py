from __future__ import annotations

import asyncio
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from virtual_time import now, run

from synthgen.engine.gate import SMALLEST_WINDOW, Gate, Pace


async def pass_through(gate, overloads):
    for overloaded in overloads:
        await gate.enter(first=False)
        gate.leave(overloaded)


@pytest.mark.parametrize(
    ("overloads", "limit"),
    [
        ([True] * 100, 70),  # a window of answers, all turned away: cut
        ([True] * 99, 100),  # not a window yet
        ([True] * 21 + [False] * 79, 70),
        ([True] * 20 + [False] * 80, 100),  # a fifth is no overload
        ([False] * 300, 100),  # never above the most
        ([True] * 100 + [False] * 70, 75),  # grows by a twentieth of the most
        ([True] * 170, 49),
    ],
)
def test_limit_follows_windows_of_answers(overloads, limit):
    async def trial():
        gate = Gate(100)
        await pass_through(gate, overloads)
        return gate.limit

    assert run(trial()) == limit


def test_limit_never_falls_to_nothing_and_comes_back():
    async def trial():
        gate = Gate(64)
        await pass_through(gate, [True] * 10_000)
        lowest = gate.limit
        await pass_through(gate, [False] * 2_000)
        return lowest, gate.limit

    assert run(trial()) == (1, 64)


def test_a_gate_for_one_stays_a_gate_for_one():
    async def trial():
        gate = Gate(1)
        await pass_through(gate, [True] * (3 * SMALLEST_WINDOW) + [False] * (3 * SMALLEST_WINDOW))
        return gate.limit

    assert run(trial()) == 1


@given(st.integers(0, 2**32))
def test_stray_refusals_do_not_lower_the_limit(seed):
    async def trial():
        dice = random.Random(seed)
        gate = Gate(200)
        await pass_through(gate, [dice.random() < 0.05 for _ in range(4_000)])
        return gate.limit

    assert run(trial()) == 200


class Server:
    """Serves so many at once for a second each, and turns others away after a tenth of one."""

    def __init__(self, capacity):
        self.capacity = capacity
        self.busy = self.served = self.refused = 0

    async def answer(self):
        if self.busy >= self.capacity:
            self.refused += 1
            await asyncio.sleep(0.1)
            return True
        self.busy += 1
        await asyncio.sleep(1)
        self.busy -= 1
        self.served += 1
        return False


async def drive(gate, server, seconds):
    """Keep the gate crowded for so long."""
    until = now() + seconds

    async def client():
        while now() < until:
            await gate.enter(first=False)
            gate.leave(await server.answer())

    await asyncio.gather(*(client() for _ in range(2 * gate.most)))


def test_limit_settles_near_what_an_overloaded_server_can_do_and_recovers():
    async def trial():
        gate, server = Gate(200), Server(40)
        await drive(gate, server, 60)
        settled, refused = gate.limit, server.refused
        server.served = server.refused = 0
        await drive(gate, server, 60)
        steady = server.served, server.refused
        server.capacity = 1000
        await drive(gate, server, 120)
        return settled, refused, steady, gate.limit

    settled, _, (served, refused), recovered = run(trial())
    assert 25 <= settled <= 80
    assert served >= 0.75 * 40 * 60  # the server is kept busy
    assert refused < 0.35 * (served + refused)  # and is not hammered
    assert recovered == 200


def test_no_more_than_the_limit_pass():
    async def trial():
        gate = Gate(3)
        most = 0

        async def client():
            nonlocal most
            await gate.enter(first=False)
            most = max(most, gate.in_flight)
            await asyncio.sleep(1)
            gate.leave(False)

        await asyncio.gather(*(client() for _ in range(10)))
        return most, gate.in_flight

    assert run(trial()) == (3, 0)


def test_retries_pass_before_those_who_waited_longer():
    async def trial():
        gate = Gate(1)
        await gate.enter(first=False)
        order = []

        async def client(name, first):
            await gate.enter(first=first)
            order.append(name)
            gate.leave(False)

        tasks = [asyncio.create_task(client(f"new {at}", False)) for at in range(3)]
        await asyncio.sleep(0)
        tasks += [asyncio.create_task(client("retry", True))]
        await asyncio.sleep(0)
        gate.leave(False)
        await asyncio.gather(*tasks)
        return order

    assert run(trial()) == ["retry", "new 0", "new 1", "new 2"]


def test_closing_cancels_who_waits_and_who_comes():
    async def trial():
        gate = Gate(1)
        await gate.enter(first=False)
        waiting = asyncio.create_task(gate.enter(first=False))
        await asyncio.sleep(0)
        gate.close()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        with pytest.raises(asyncio.CancelledError):
            await gate.enter(first=True)
        gate.leave(False)
        return gate.in_flight

    assert run(trial()) == 0


@given(st.lists(st.sampled_from(["cancel", "leave", "enter", "yield"]), max_size=60), st.integers(1, 4))
def test_cancelled_waiters_leak_no_place(actions, most):
    async def trial():
        gate = Gate(most)
        tasks = []
        inside = 0

        async def client():
            nonlocal inside
            await gate.enter(first=False)
            inside += 1

        for action in actions:
            if action == "enter":
                tasks.append(asyncio.create_task(client()))
            elif action == "cancel" and tasks:
                tasks.pop(0).cancel()
            elif action == "leave" and inside:
                inside -= 1
                gate.leave(False)
            else:
                await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert gate.in_flight <= most
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for _ in range(inside):
            gate.leave(False)
        return gate.in_flight

    assert run(trial()) == 0


def starts_of(per_minute, units, gaps):
    """Return when requests of `units` each start that come `gaps` seconds apart."""

    async def trial():
        loop = asyncio.get_running_loop()
        pace = Pace(per_minute, loop.time, asyncio.sleep)
        starts = []

        async def client():
            await pace.wait(units)
            starts.append(loop.time())

        tasks = []
        for gap in gaps:
            tasks.append(asyncio.create_task(client()))
            await asyncio.sleep(gap)
        await asyncio.gather(*tasks)
        return starts

    return run(trial())


@given(
    st.integers(1, 600),
    st.lists(st.sampled_from([0, 0, 0, 0.01, 0.5, 3, 61]), min_size=1, max_size=150),
)
def test_no_minute_holds_more_than_it_may(per_minute, gaps):
    starts = starts_of(per_minute, 1, gaps)
    for at, start in enumerate(starts):
        within = [other for other in starts[at:] if other < start + 60 - 1e-6]
        assert len(within) <= per_minute


def test_a_pace_is_kept_up():
    starts = starts_of(120, 1, [0] * 241)
    assert starts[-1] - starts[0] == pytest.approx(120)


def test_no_pace_waits_for_nothing():
    assert len(set(starts_of(None, 1, [0] * 100))) == 1


def test_a_hold_keeps_everybody_back_with_and_without_a_pace():
    async def trial(per_minute):
        loop = asyncio.get_running_loop()
        pace = Pace(per_minute, loop.time, asyncio.sleep)
        began = loop.time()
        pace.hold(7)
        pace.hold(3)  # a shorter wish does not shorten the longer one
        await pace.wait(1)
        return loop.time() - began

    assert run(trial(None)) == pytest.approx(7)
    assert run(trial(60)) == pytest.approx(7)


def test_what_was_misjudged_is_given_back_or_added():
    async def trial(actual):
        loop = asyncio.get_running_loop()
        pace = Pace(600, loop.time, asyncio.sleep)  # ten units a second
        began = loop.time()
        await pace.wait(100)
        pace.correct(actual - 100)
        await pace.wait(100)
        return loop.time() - began

    assert run(trial(100)) == pytest.approx(10)
    assert run(trial(20)) == pytest.approx(2)
    assert run(trial(150)) == pytest.approx(15)
