"""The quota's books agree whatever is taken, dropped, accepted and killed in whatever order, and cost little."""

from __future__ import annotations

import random
from collections import Counter

from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from synthgen.plan import Plan
from synthgen.quota import Quota
from synthgen.records import State
from synthgen.spec import Spec


def spec_of(topics, languages=("en",)):
    named = [{"name": f"T{at}", "weight": 1 + at % 7} for at in range(topics)]
    return Spec(name="trial", topics=named, languages=list(languages), facets={"tone": ["calm", "upset"]})


class QuotaMachine(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.plan = Plan(spec_of(3, ["en", "zh"]), [25], 1)
        self.quota = Quota(self.plan, 1000)
        self.under_way = []
        self.history = []

    @rule(most=st.integers(1, 8), idle=st.booleans())
    def take(self, most, idle):
        slots = self.quota.take(most, idle=idle)
        assert len(slots) <= most
        assert len({slot.cell.language for slot in slots}) <= 1
        assert slots or self.quota.is_full or self.under_way
        self.under_way += slots

    @precondition(lambda self: self.under_way)
    @rule(data=st.data(), good=st.booleans())
    def land(self, data, good):
        slot = self.under_way.pop(data.draw(st.integers(0, len(self.under_way) - 1)))
        was_taken = self.quota.is_taken(slot)
        if good:
            state = State.ACCEPTED if self.quota.accept(slot) else State.SURPLUS
            assert (state is State.SURPLUS) == was_taken
        else:
            self.quota.drop(slot)
            state = State.DROPPED
        self.history.append((slot, state))

    @rule(data=st.data())
    def restart(self, data):
        """A kill: final rows and some of those under way are in the ledger, the others are forgotten."""
        self.under_way = [slot for slot in self.under_way if data.draw(st.booleans())]
        self.quota = Quota(self.plan, 1000)
        self.quota.restore(self.history + [(slot, State.REPLIED) for slot in self.under_way])

    @invariant()
    def books_agree(self):
        accepted = Counter(slot.cell for slot, state in self.history if state is State.ACCEPTED)
        assert {cell: kept for cell, kept, _ in self.quota.progress() if kept} == accepted
        assert self.quota.accepted == sum(accepted.values())
        assert all(kept <= wanted for _, kept, wanted in self.quota.progress())
        assert sum(self.quota.shortfall().values()) == self.quota.wanted - self.quota.accepted
        tries = Counter((slot.cell, slot.seat, slot.attempt) for slot, _ in self.history)
        assert not tries or max(tries.values()) == 1

    def teardown(self):
        """Whatever happened, good rows fill it from here."""
        while slots := self.under_way or self.quota.take(5):
            for slot in slots:
                self.quota.accept(slot)
            self.under_way = []
        assert self.quota.is_full


QuotaMachine.TestCase.settings = hypothesis_settings(max_examples=60, stateful_step_count=60)
TestQuotaMachine = QuotaMachine.TestCase


class CountedQuota(Quota):
    pushes = 0

    def _push(self, state):
        self.pushes += 1
        super()._push(state)


def test_work_grows_with_the_rows_and_not_with_their_square():
    """What a quota does is pushing cells onto its heaps; that is counted, since a clock would measure the machine."""
    steps = {}
    for rows, topics in ((5_000, 200), (50_000, 2_000)):
        quota, dice, takes, under_way = CountedQuota(Plan(spec_of(topics), [rows], 0), 12), random.Random(0), 0, []
        while True:
            while len(under_way) < 250 and (slots := quota.take(5)):
                under_way += slots
                takes += 1
            if not under_way:
                break
            slot = under_way.pop(dice.randrange(len(under_way)))
            (quota.drop if dice.random() < 0.3 else quota.accept)(slot)
        assert quota.is_full
        steps[rows] = quota.pushes + takes
    assert steps[50_000] < 11 * steps[5_000]
