from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from export_trials import exported, lines, native_row
from hypothesis import given
from hypothesis import strategies as st

from synthgen.export.example import Example
from synthgen.export.fitting import Fitting, Need, whole_turns
from synthgen.export.tally import Tally
from synthgen.records import Turn

ROLES = st.sampled_from(["system", "user", "assistant"])
TURNS = st.lists(st.builds(Turn, ROLES, st.sampled_from(["", "  ", "Yes.", "Why?\nNow."])), max_size=8)


def fitted(turns: list[Turn], need: Need) -> tuple[list[Example], Tally]:
    tally = Tally()
    return list(Fitting(need).fitted([Example("1", "", "en", tuple(turns), {})], tally)), tally


@given(TURNS)
def test_rounds_take_turns_and_lose_no_word_between_the_first_message_and_the_last_reply(turns: list[Turn]) -> None:
    found, tally = fitted(turns, Need(rounds=True))
    assert len(found) + tally.left_out.total() == 1
    for example in found:
        said = [turn for turn in example.turns if turn.role != "system"]
        assert [turn.role for turn in said] == ["user", "assistant"] * (len(said) // 2)
        assert said
        assert all(turn.content.strip() for turn in example.turns)
        assert all(before.role != after.role for before, after in pairwise(example.turns))
        first = next(at for at, turn in enumerate(turns) if turn.role == "user" and turn.content.strip())
        words = [t.content for t in turns[first:] if t.role == "assistant" and t.content.strip()]
        assert "\n".join(words) == "\n".join(turn.content for turn in said if turn.role == "assistant")


@pytest.mark.parametrize(
    ("roles", "left", "changed"),
    [
        ("uaua", "uaua", {}),
        ("suaua", "suaua", {}),
        ("auua", "ua", {"joined": 1}),
        ("uaaua", "uaua", {"joined": 1}),
        ("auau", "ua", {"trimmed": 1}),
        ("uau", "ua", {"trimmed": 1}),
    ],
)
def test_what_is_done_to_rows_is_counted(roles: str, left: str, changed: dict[str, int]) -> None:
    names: dict[str, Any] = {"u": "user", "a": "assistant", "s": "system"}
    found, tally = fitted([Turn(names[role], f"{role}{at}") for at, role in enumerate(roles)], Need(rounds=True))
    assert "".join(turn.role[0] for turn in found[0].turns) == left
    assert {name: count for name, count in tally.changed.items() if count} == changed


@pytest.mark.parametrize(("roles", "reason"), [("u", "no_message_with_reply"), ("uasua", "system_turn_within")])
def test_a_row_that_holds_no_rounds_is_left_out_by_reason(roles: str, reason: str) -> None:
    names: dict[str, Any] = {"u": "user", "a": "assistant", "s": "system"}
    found, tally = fitted([Turn(names[role], role) for role in roles], Need(rounds=True))
    assert (found, dict(tally.left_out)) == ([], {reason: 1})


def test_a_row_without_a_dialogue_is_left_out_under_its_id() -> None:
    record = exported([{"id": "odd", "note": "no turns"}, native_row(1)], "chat").record
    assert record["rows"] == {"read": 2, "written": 1}
    assert lines("out/left_out.jsonl") == [{"id": "odd", "reason": "no_dialogue"}]


@given(st.lists(st.tuples(st.sampled_from(["user", "assistant"]), st.integers(1, 9)), max_size=9), st.integers(1, 40))
def test_a_cut_keeps_as_many_whole_turns_as_fit(said: list[tuple[Any, int]], most: int) -> None:
    turns, counts = [Turn(role, "x") for role, _ in said], [count for _, count in said]
    kept = whole_turns(turns, counts, most)
    assert sum(counts[:kept]) <= most
    assert not kept or turns[kept - 1].role == "assistant"
    for more in range(kept + 1, len(turns) + 1):
        assert turns[more - 1].role == "user" or sum(counts[:more]) > most
