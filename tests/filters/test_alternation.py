from __future__ import annotations

from dataclasses import replace

import pytest
from filter_trials import check_of, query, reason, reply, talk

from synthgen.records import Turn

ROLES = {
    "roles": {"user": "tenant", "assistant": "adviser"},
    "translations": {"zh": {"tenant": "租客", "adviser": "顾问"}},
}
check = check_of("alternation", **ROLES)
FOUR = talk("The heating is off.", "Since when?", "Since Friday.", "I'll call the owner.")


@pytest.mark.parametrize(
    ("count", "wanted"), [(3, "too_few_turns"), (4, ""), (5, ""), (6, ""), (7, "too_many_turns"), (0, "too_few_turns")]
)
def test_a_conversation_has_the_turns_of_its_band(count: int, wanted: str) -> None:
    assert reason(check(talk(*["Hm."] * count, band=(4, 6)))) == wanted


@pytest.mark.parametrize("count", [0, 1, 2, 3, 40])
def test_without_a_band_any_number_will_do_and_either_side_may_end(count: int) -> None:
    assert check(talk(*["Hm."] * count)) is None


def test_a_talk_that_goes_on_is_not_too_short_but_may_be_too_long() -> None:
    assert check(talk("Hm.", stage="turn", band=(4, 6))) is None
    assert reason(check(talk(*["Hm."] * 7, stage="turn", band=(4, 6)))) == "too_many_turns"


def test_the_user_speaks_first() -> None:
    found = check(replace(FOUR, turns=FOUR.turns[1:]))
    assert found is not None
    assert (found.reason, found.evidence) == ("broken_alternation", "Since when?")
    assert found.detail.startswith("Turn 1: the adviser speaks first, but it is the tenant's turn.")


def test_nobody_speaks_twice_in_a_row() -> None:
    found = check(replace(FOUR, turns=(*FOUR.turns, FOUR.turns[3]), language="zh"))
    assert found is not None
    assert found.reason == "broken_alternation"
    assert found.detail.startswith("第5轮：同一方连续说了两轮，这里应由租客说话。")


def test_system_turns_do_not_count() -> None:
    turns = (Turn("system", "Be kind."), *FOUR.turns[:2], Turn("system", "Be brief."), *FOUR.turns[2:])
    assert check(replace(FOUR, turns=turns, band=(4, 4))) is None


def test_the_detail_says_how_many_turns_are_missing() -> None:
    short, long = check(replace(FOUR, band=(6, 8))), check(replace(FOUR, band=(2, 3)))
    assert short is not None
    assert long is not None
    assert short.detail.startswith("It has 4 turns; 6 to 8 are wanted, both sides counted. Let the talk go deeper by 2")
    assert "Leave out 1" in long.detail


def test_single_messages_and_replies_pass() -> None:
    assert check(query("Hm.")) is None
    assert check(reply("Hm.")) is None
