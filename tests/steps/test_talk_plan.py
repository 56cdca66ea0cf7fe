"""What is settled of a conversation in advance: dealt evenly, known to who should know it, the same every time."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from talk_spec import FACETS, TALKS, talk_slot, without

from synthgen.rules.dialogue import Phase
from synthgen.steps.talk_plan import plan_talk


def test_a_plan_is_the_same_for_the_same_seed_and_another_try_is_another_person() -> None:
    plans = [plan_talk(TALKS, talk_slot(3, attempt=attempt), 1) for attempt in range(40)]
    assert plans[0] == plan_talk(TALKS, talk_slot(3), 1)
    assert {plan.name for plan in plans} == {"Ann", "Bo"}
    assert {plan.age for plan in plans} <= set(range(20, 30))
    assert len({plan.age for plan in plans}) > 5
    assert len({plan.turns for plan in plans}) == 1


@pytest.mark.parametrize(
    ("band", "lengths"), [("8-20", range(8, 21, 2)), ("6-9", (6, 8)), ("7-7", (7,)), ("5-8", (6, 8)), ("1-1", (1,))]
)
def test_the_seats_of_a_cell_spread_over_the_even_lengths_of_its_band(band: str, lengths: list[int]) -> None:
    counts = Counter(plan_talk(TALKS, talk_slot(seat, turns=band), 5).turns for seat in range(7 * len(lengths)))
    assert counts == dict.fromkeys(lengths, 7)


def test_a_cell_without_a_band_has_the_spec_s() -> None:
    assert {plan_talk(TALKS, talk_slot(seat, turns=""), 1).turns for seat in range(9)} == {6, 8}


def test_each_side_is_told_what_it_may_know() -> None:
    plan = plan_talk(TALKS, talk_slot(), 1)
    assert plan.profile == (("years", "young"), ("mood", "sour"))
    assert plan.held_back == (("debt", "two months"),)
    assert plan.plan == (("visit", "first"),)
    assert (plan.approach, plan.approach_about) == ("firm", "step by step to the court")


def test_a_plan_speaks_the_language_of_its_cell() -> None:
    plan = plan_talk(TALKS, talk_slot(language="zh"), 1)
    assert plan.profile == (("年龄段", "年轻"), ("心情", "烦躁"))
    assert (plan.name, plan.approach, plan.approach_about) == ("小林", "强硬", "")
    assert [phase.name for phase in plan.phases] == ["倾听", "planning", "parting"]


def test_the_facts_are_the_user_s_facets_with_name_and_age() -> None:
    plan = plan_talk(TALKS, talk_slot(), 1)
    own = {facet: value for facet, value in FACETS.items() if facet != "visit"}
    assert plan.facts() == own | {"name": plan.name, "age": str(plan.age)}


def test_what_a_spec_does_not_deal_is_no_fact() -> None:
    bare = without(TALKS, names={}, ages={}, phases=[], approaches={})
    plan = plan_talk(bare, talk_slot(), 1)
    assert (plan.name, plan.age, plan.approach, plan.phases, plan.phase_at(1)) == ("", 0, "", (), None)
    assert {"name", "age"}.isdisjoint(plan.facts())


def test_phases_follow_their_shares_in_whole_exchanges() -> None:
    phases = plan_talk(TALKS, talk_slot(turns="10-10"), 1).phases
    assert [(phase.name, phase.first, phase.last) for phase in phases] == [
        ("hearing", 1, 2),
        ("planning", 3, 8),
        ("parting", 9, 10),
    ]
    assert (phases[0].about, phases[0].strategies) == ("what is broken", ("asking", "noting"))


@given(st.lists(st.floats(0.01, 100), min_size=1, max_size=6), st.integers(1, 40))
def test_every_turn_is_in_one_phase_and_every_phase_has_an_answer(shares: list[float], turns: int) -> None:
    phased = without(TALKS, phases=[Phase(name=str(at), share=share) for at, share in enumerate(shares)])
    plan = plan_talk(phased, talk_slot(turns=f"{turns}-{turns}"), 1)
    exchanges = max(1, turns // 2)
    assert 1 <= len(plan.phases) <= min(len(shares), exchanges)
    assert len(plan.phases) == len(shares) or exchanges < len(shares)
    assert [turn for phase in plan.phases for turn in range(phase.first, phase.last + 1)] == [*range(1, turns + 1)]
    assert all(phase.first % 2 == 1 for phase in plan.phases)
    assert all(plan.phase_at(turn) is phase for phase in plan.phases for turn in range(phase.first, phase.last + 1))
    assert plan.phase_at(turns + 3) is plan.phases[-1]
