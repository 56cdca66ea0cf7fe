"""The ceilings of a run: who is counted where, and that everything is given back."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from filter_trials import reason, spec_of
from hypothesis import given
from hypothesis import strategies as st

from synthgen.errors import SpecError
from synthgen.filters import Ceilings, build_ceilings, build_checks
from synthgen.records import Cell, Role, Stage, Turn

PAIR = Cell("Stress", "en")
TALK = Cell("Stress", "en", "2-40")
ROLES: tuple[Role, Role] = ("user", "assistant")


def ceilings(plain: bool = False, **options: float) -> Ceilings:
    # One of a kind: the second of any opening is over.
    made = build_ceilings(spec_of(filters={"openings": {"share": 0.005, "turn_share": 0.005, **options}}), plain)
    assert made is not None
    return made


def said(*texts: str) -> tuple[Turn, ...]:
    return tuple(Turn(ROLES[at % 2], text) for at, text in enumerate(texts))


def speak(counted: Ceilings, number: int, *texts: str, cell: Cell = TALK) -> None:
    """Count a talk turn by turn, as it is spoken."""
    for at in range(len(texts)):
        counted.claim(number, said(*texts[: at + 1]), cell, "turn")


def over(counted: Ceilings, number: int, *texts: str, stage: Stage = "turn", cell: Cell = TALK) -> str:
    return reason(counted.over(number, said(*texts), cell, stage, risk=False))


def test_a_pair_is_counted_by_its_reply_alone() -> None:
    counted = ceilings()
    first = said("My boat leaks a little.", "Start with the bilge pump today.")
    counted.claim(1, first[:1], PAIR, "query")
    counted.claim(1, first, PAIR, "reply")
    same = ("My boat leaks a little.", "Start with the bilge pump now.")
    assert over(counted, 2, *same[:1], stage="query", cell=PAIR) == ""
    assert over(counted, 2, *same, stage="reply", cell=PAIR) == "opening_ceiling"
    assert over(counted, 2, *same, stage="conversation") == ""
    counted.release(1)
    counted.release(1)
    assert over(counted, 2, *same, stage="reply", cell=PAIR) == ""


def test_the_sides_of_conversations_are_counted_apart() -> None:
    counted = ceilings()
    speak(counted, 1, "When the tide turned I left.", "Where did you go then?")
    assert over(counted, 2, "When the tide turned I swam.") == "opening_ceiling"
    assert over(counted, 2, "Where did you go that night?") == ""
    assert over(counted, 2, "I came late.", "When the tide turned I knew it.") == ""
    assert over(counted, 2, "I came late.", "Where did you go before?") == "opening_ceiling"


def test_a_single_turn_is_told_without_and_a_whole_conversation_with_its_number() -> None:
    counted = ceilings()
    speak(counted, 1, "When the tide turned I left.", "Where did you go then?")
    talk = said("I came late.", "Where did you go before?")
    for stage, start in (("turn", "Too many turns"), ("conversation", "Turn 2: Too many turns")):
        found = counted.over(2, talk, TALK, stage, risk=False)  # type: ignore[arg-type]
        assert found is not None
        assert found.detail.startswith(start)
        assert (found.stage, found.evidence, found.repairable) == (stage, "where did you go", True)
    chinese = Cell("Stress", "zh", "2-8")
    counted.claim(3, said("潮水退了以后呢。"), chinese, "conversation")
    found = counted.over(4, said("潮水退了以后吗。"), chinese, "conversation", risk=False)
    assert found is not None
    assert found.detail.startswith("第1轮：这批对话里以“潮水退了以后”开头的话已经太多。")


def test_turns_that_close_alike_are_no_fault() -> None:
    counted = ceilings()
    speak(counted, 1, "One is late.", "Two is early. Remember to rest.")
    assert over(counted, 2, "Three is late.", "Four is early. Remember to rest.") == ""


def test_a_turn_said_anew_takes_the_place_of_the_one_before() -> None:
    counted = ceilings()
    speak(counted, 1, "When the tide turned I left.", "Where did you go then?")
    counted.claim(1, said("When the tide turned I left.", "Tell me about the quay."), TALK, "turn")
    assert over(counted, 2, "I came late.", "Where did you go before?") == ""
    assert over(counted, 2, "I came late.", "Tell me about the rope.") == "opening_ceiling"


def test_a_conversation_that_was_spoken_turn_by_turn_is_not_counted_twice() -> None:
    counted = ceilings()
    talk = ("When the tide turned I left.", "Where did you go then?")
    speak(counted, 1, *talk)
    assert over(counted, 1, *talk, stage="conversation") == ""
    counted.claim(1, said(*talk), TALK, "conversation")
    counted.release(1)
    assert over(counted, 2, *talk, stage="conversation") == ""


def test_a_conversation_that_is_written_anew_is_looked_at_like_any_other() -> None:
    counted = ceilings()
    counted.claim(1, said("When the tide turned I left.", "Where did you go then?"), TALK, "conversation")
    old, new = ("I came late.", "Tell me about the quay."), ("We came early.", "Where did you go before?")
    assert over(counted, 2, *old, stage="conversation") == ""
    counted.claim(2, said(*old), TALK, "conversation")
    assert over(counted, 3, *new, stage="conversation") == "opening_ceiling"
    assert over(counted, 2, *new, stage="conversation") == "opening_ceiling"
    assert over(counted, 2, "We came early.", "So the rope broke.", stage="conversation") == ""
    counted.claim(2, said("We came early.", "So the rope broke."), TALK, "conversation")
    # What it said before is nobody's now, and what it says has its place.
    assert over(counted, 3, "I came home.", "Tell me about the rope.", stage="conversation") == ""
    assert over(counted, 3, "I came home.", "So the rope broke again.", stage="conversation") == "opening_ceiling"
    counted.release(2)
    assert over(counted, 3, "I came home.", "So the rope broke again.", stage="conversation") == ""


def test_a_conversation_that_gets_shorter_gives_back_its_end() -> None:
    counted = ceilings()
    long = said("I came late.", "Tell me about the quay.", "When the tide turned I left.", "So the rope broke.")
    counted.claim(1, long, TALK, "conversation")
    assert over(counted, 1, "I came home.", "Tell us more now.", stage="conversation") == ""
    counted.claim(1, said("I came home.", "Tell us more now."), TALK, "conversation")
    assert over(counted, 2, "When the tide turned I swam.", "So the rope broke too.", stage="conversation") == ""


@pytest.mark.parametrize(("cell", "stage"), [(PAIR, "reply"), (TALK, "turn"), (TALK, "conversation")])
def test_what_is_mended_may_open_as_it_did(cell: Cell, stage: Stage) -> None:
    counted = ceilings()
    counted.claim(1, said("My boat leaks a little.", "Start with the bilge pump today."), cell, stage)
    mended = ("My boat leaks a little.", "Start with the bilge pump now.")
    assert over(counted, 1, *mended, stage=stage, cell=cell) == ""
    counted.claim(1, said(*mended), cell, stage)
    assert over(counted, 2, *mended, stage=stage, cell=cell) == "opening_ceiling"


def test_very_small_models_open_replies_at_risk_as_their_examples_do() -> None:
    talk = said("I want to go.", "Your safety comes first: please call.")
    for plain, wanted in ((True, ""), (False, "opening_ceiling")):
        counted = ceilings(plain)
        counted.claim(1, said("I sink.", "Your safety comes first: call now."), TALK, "conversation")
        assert reason(counted.over(2, talk, TALK, "turn", risk=True)) == wanted
        assert reason(counted.over(2, talk, TALK, "turn", risk=False)) == "opening_ceiling"


def test_a_spec_sets_the_shares_or_switches_the_ceilings_off() -> None:
    assert build_ceilings(spec_of(filters={"openings": False}), False) is None
    counted = ceilings(turn_share=0.01)
    speak(counted, 1, "When the tide turned I left.")
    assert over(counted, 2, "When the tide turned I swam.") == ""
    assert len(build_checks(spec_of(filters={"openings": {"share": 0.1, "after": 50}}), False)) > 5
    with pytest.raises(SpecError, match=r"a\.yaml: filters\.openings\.share: must be a number from 0\.001 to 1, got 2"):
        build_checks(spec_of(filters={"openings": {"share": 2}}), False, "a.yaml")
    with pytest.raises(SpecError, match=r"filters\.openings\.part: no such option, only share, after, turn_share"):
        build_checks(spec_of(filters={"openings": {"part": 2}}), False)


@given(st.lists(st.tuples(st.integers(1, 4), st.lists(st.sampled_from("abc"), max_size=5)), max_size=30))
def test_rows_that_all_leave_leave_nothing_behind(moves: Sequence[tuple[int, list[str]]]) -> None:
    counted = ceilings()
    for number, letters in moves:
        texts = [f"{letter} was here before us" for letter in letters]
        counted.claim(number, said(*texts), TALK, "conversation")
        if len(letters) == 5:
            counted.release(number)
    for number, _ in moves:
        counted.release(number)
    for letter in "abc":
        assert over(counted, 9, f"{letter} was here before us") == ""
        assert over(counted, 9, "I came late.", f"{letter} was here before us") == ""
