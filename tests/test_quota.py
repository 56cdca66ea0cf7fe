"""The quota under random drops, late answers and restarts."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthgen.plan import Plan, apportion
from synthgen.quota import FEWEST_TRIES, TRIES_PER_SEAT, Quota
from synthgen.records import Cell, Slot, State
from synthgen.spec import Spec

Keeps = Callable[[Slot, random.Random], bool]

SPEC = Spec(
    name="trial",
    languages={"en": 2, "zh": 1},
    topics=[{"name": "Rent", "weight": 5}, {"name": "Repairs", "weight": 3}, {"name": "Noise", "weight": 0.4}],
    facets={"tone": {"calm": 3, "upset": 1}, "size": {"small": 1, "middle": 2, "large": 3.5}},
)


@dataclass
class Model:
    """A world that answers in a random order: how many batches are out at once, how many in one, which are kept."""

    quota: Quota
    keeps: Keeps
    seed: int = 0
    batch: int = 5
    concurrency: int = 12
    history: list[tuple[Slot, State]] = field(default_factory=list)
    under_way: list[Slot] = field(default_factory=list)
    most_turns: int = 200_000

    def run(self) -> Model:
        """Ask until the quota wants no more."""
        dice = random.Random(self.seed)
        for _ in range(self.most_turns):
            while len(self.under_way) < self.batch * self.concurrency and (slots := self.quota.take(self.batch)):
                assert len(slots) <= self.batch
                assert len({slot.cell.language for slot in slots}) == 1
                self.under_way += slots
            if not self.under_way:
                return self
            self.land(self.under_way.pop(dice.randrange(len(self.under_way))), dice)
        raise AssertionError("the run does not end")

    def land(self, slot: Slot, dice: random.Random) -> None:
        if not self.keeps(slot, dice):
            self.quota.drop(slot)
            self.history.append((slot, State.DROPPED))
        elif self.quota.accept(slot):
            self.history.append((slot, State.ACCEPTED))
        else:
            self.history.append((slot, State.SURPLUS))

    @property
    def accepted(self) -> list[Slot]:
        return [slot for slot, state in self.history if state is State.ACCEPTED]

    def count(self, state: State) -> int:
        return sum(reached is state for _, reached in self.history)


def dropping(share: float) -> Keeps:
    return lambda slot, dice: dice.random() >= share


def quota_of(n: int, spec: Spec = SPEC, drafts_per_row: int = 12, seed: int = 0) -> tuple[Plan, Quota]:
    plan = Plan(spec, [n], seed)
    return plan, Quota(plan, drafts_per_row)


def figures(quota: Quota) -> tuple[int, list[tuple[Cell, int, int]], dict[Cell, float]]:
    """Return all that a quota says of itself."""
    cells = list(quota.progress())
    return quota.accepted, cells, {cell: quota.expected_yield(cell) for cell, _, _ in cells}


def check_exact(plan: Plan, quota: Quota, accepted: list[Slot], n: int, spec: Spec = SPEC) -> None:
    assert quota.is_full
    assert quota.accepted == quota.wanted == len(accepted) == n
    assert not quota.shortfall()
    assert len({(slot.cell, slot.seat) for slot in accepted}) == n
    assert Counter(slot.cell for slot in accepted) == Counter(plan.targets)
    for facet, weights in spec.facets.items():
        dealt = Counter(slot.facets[facet] for slot in accepted)
        assert [dealt[value] for value in weights] == apportion(list(weights.values()), n)


@given(
    n=st.integers(1, 250),
    share=st.floats(0, 0.7),
    seed=st.integers(0, 1000),
    batch=st.integers(1, 12),
    concurrency=st.integers(1, 64),
)
def test_it_ends_exactly_full_whatever_drops(n, share, seed, batch, concurrency):
    plan, quota = quota_of(n, drafts_per_row=100)
    model = Model(quota, dropping(share), seed, batch, concurrency).run()
    check_exact(plan, quota, model.accepted, n)
    assert not quota.take(batch)


def test_every_try_at_a_seat_is_another_one():
    _, quota = quota_of(80)
    model = Model(quota, dropping(0.5), seed=3).run()
    tries = Counter((slot.cell, slot.seat, slot.attempt) for slot, _ in model.history)
    assert set(tries.values()) == {1}
    assert max(slot.attempt for slot, _ in model.history) > 1


def test_all_tries_at_a_seat_have_its_facets():
    plan, quota = quota_of(60)
    model = Model(quota, dropping(0.6), seed=4).run()
    assert all(slot.facets == plan.facets(slot.cell, slot.seat) for slot, _ in model.history)


@pytest.mark.parametrize(("n", "batch", "concurrency"), [(400, 5, 16), (100, 1, 8), (2000, 5, 64)])
def test_surplus_is_small_where_three_of_ten_drop(n, batch, concurrency):
    """Up to a fifth of the run may be in flight at once; where all of it is, second tries are most of the run."""
    kept = surplus = 0
    for seed in range(5):
        _, quota = quota_of(n)
        model = Model(quota, dropping(0.3), seed, batch, concurrency).run()
        kept += quota.accepted
        surplus += model.count(State.SURPLUS)
    assert kept == 5 * n
    assert surplus < 0.1 * kept


def test_without_drops_nothing_is_asked_for_in_vain():
    _, quota = quota_of(300)
    model = Model(quota, dropping(0), batch=1, concurrency=1).run()
    assert len(model.history) == 300


def test_the_last_seats_in_flight_are_tried_a_second_time():
    """Where half drop, the tail does not wait for one try after the other."""
    _, quota = quota_of(200)
    history = Model(quota, dropping(0.5), seed=1, concurrency=4).run().history
    assert any(slot.attempt for slot, _ in history)
    _, quota = quota_of(20, drafts_per_row=100)
    dice = random.Random(0)
    first = [slot for _ in range(4) for slot in quota.take(5)]
    for slot in first[:15]:
        quota.drop(slot)
    while slots := quota.take(5):
        first += slots
    under_way = Counter((slot.cell, slot.seat) for slot in first[15:])
    assert max(under_way.values()) > 1
    for slot in dice.sample(first[15:], len(first) - 15):
        quota.accept(slot)
    assert quota.is_full


def test_a_cell_that_always_drops_is_short_after_its_cap_while_the_others_fill():
    plan, quota = quota_of(120, drafts_per_row=6)
    hopeless = Cell("Repairs", "zh")
    model = Model(quota, lambda slot, dice: slot.cell != hopeless and dice.random() > 0.2).run()
    assert quota.shortfall() == {hopeless: plan.targets[hopeless]}
    assert not quota.is_full
    assert quota.accepted == 120 - plan.targets[hopeless]
    tries = sum(slot.cell == hopeless for slot, _ in model.history)
    assert tries == max(6 * plan.targets[hopeless], FEWEST_TRIES)


def test_a_seat_that_always_drops_does_not_use_up_what_its_cell_may_try():
    spec = Spec(name="one", topics=[{"name": "Only"}])
    _, quota = quota_of(50, spec, drafts_per_row=5)
    model = Model(quota, lambda slot, dice: slot.seat != 7).run()
    assert quota.shortfall() == {Cell("Only", "en"): 1}
    assert sum(slot.seat == 7 for slot, _ in model.history) == max(FEWEST_TRIES, TRIES_PER_SEAT * 5)


def test_a_cell_that_drops_facets_of_one_kind_still_has_its_marginals():
    plan, quota = quota_of(130, drafts_per_row=200)
    model = Model(quota, lambda slot, dice: dice.random() > (0.8 if slot.facets["tone"] == "upset" else 0.1)).run()
    check_exact(plan, quota, model.accepted, 130)


@given(n=st.integers(1, 120), share=st.floats(0, 0.6), seed=st.integers(0, 500), data=st.data())
def test_any_beginning_of_a_history_is_restored_and_goes_on_to_the_end(n, share, seed, data):
    plan, quota = quota_of(n, drafts_per_row=100)
    history = Model(quota, dropping(share), seed).run().history
    known = history[: data.draw(st.integers(0, len(history)))]
    # Rows still under way when the process ended: what came next, in a state that is not final.
    later = history[len(known) : len(known) + data.draw(st.integers(0, 20))]
    pending = [(slot, data.draw(st.sampled_from([State.DRAFTED, State.REPLIED]))) for slot, _ in later]

    restored = Quota(plan, 100)
    restored.restore(known + pending)
    assert restored.accepted == sum(state is State.ACCEPTED for _, state in known)

    again = Quota(plan, 100)
    again.restore(known + pending)
    assert figures(again) == figures(restored)

    model = Model(restored, dropping(share), seed + 1, history=list(known), under_way=[slot for slot, _ in pending])
    model.run()
    accepted = [Slot(slot.cell, slot.seat, slot.attempt, plan.facets(slot.cell, slot.seat)) for slot in model.accepted]
    check_exact(plan, restored, accepted, n)


def test_a_restored_quota_says_what_the_old_one_said():
    plan, quota = quota_of(90)
    history = Model(quota, dropping(0.4), seed=5).run().history
    restored = Quota(plan, 12)
    restored.restore(history)
    assert figures(restored) == figures(quota)
    assert restored.is_full
    assert not restored.take(5)


def test_a_restored_quota_gives_no_try_a_number_that_was_used():
    plan, quota = quota_of(40)
    history = Model(quota, dropping(0.5), seed=6).run().history[:30]
    used = {(slot.cell, slot.seat, slot.attempt) for slot, _ in history}
    restored = Quota(plan, 12)
    restored.restore(history)
    model = Model(restored, dropping(0.5), seed=7).run()
    assert not used & {(slot.cell, slot.seat, slot.attempt) for slot, _ in model.history}


def test_an_extended_plan_goes_on_from_the_rows_there_are():
    plan, quota = quota_of(30)
    history = Model(quota, dropping(0.3), seed=8).run().history
    grown = Plan(SPEC, [30, 75], 0)
    extended = Quota(grown, 12)
    extended.restore(history)
    model = Model(extended, dropping(0.3), seed=9, history=list(history)).run()
    assert extended.is_full
    assert Counter(slot.cell for slot in model.accepted) == Counter(grown.targets)
    assert model.accepted[:30] == [slot for slot, state in history if state is State.ACCEPTED]
    assert plan.targets.keys() == grown.targets.keys()


def test_the_yield_is_learned_and_leans_on_the_whole_run():
    _, quota = quota_of(200)
    cells = [cell for cell, _, _ in quota.progress()]
    before = quota.expected_yield(cells[0])
    assert {quota.expected_yield(cell) for cell in cells} == {before}
    slots = [slot for _ in range(30) for slot in quota.take(5)]
    poor = next(slot.cell for slot in slots)
    for slot in slots:
        (quota.drop if slot.cell == poor else quota.accept)(slot)
    assert quota.expected_yield(poor) < before
    others = [quota.expected_yield(cell) for cell in cells if cell != poor]
    assert min(others) > quota.expected_yield(poor)


def test_a_second_good_row_for_a_seat_is_surplus():
    plan, quota = quota_of(10, Spec(name="one", topics=[{"name": "Only"}]))
    slots = quota.take(10)
    for slot in slots[:5]:
        quota.drop(slot)
    again = quota.take(5)
    twice = {slot.seat for slot in again} & {slot.seat for slot in slots[5:]}
    again += quota.take(10)
    landed = [quota.accept(slot) for slot in slots[5:] + again]
    assert landed.count(True) == 10
    assert not twice, "open seats are asked for before those in flight"
    assert all(quota.is_taken(Slot(Cell("Only", "en"), seat, 0, {})) for seat in range(10))
    assert plan.targets == {Cell("Only", "en"): 10}


def test_fewer_rows_than_cells_leave_the_rest_out():
    _, quota = quota_of(2)
    assert quota.wanted == 2
    assert len(list(quota.progress())) == 2
