from __future__ import annotations

import pytest
from filter_trials import check_of, query, reason, reply, spec_of, talk

from synthgen.filters import FILTERS

check = check_of("turn_openers")
NOVEL = ["Rain fell.", "Nobody called.", "Maybe tomorrow.", "His keys rattled.", "Dogs bark.", "Trains pass.", "Soup."]


def between(*own: str, side: int = 1) -> list[str]:
    """Return a conversation in which one side says these turns and the other says something else each time."""
    turns = []
    for at, text in enumerate(own):
        turns += [NOVEL[at % 7], text] if side else [text, NOVEL[at % 7]]
    return turns if side else turns[:-1]


@pytest.mark.parametrize("side", [0, 1])
def test_three_of_the_last_four_may_not_open_alike(side: int) -> None:
    own = ["I wonder if it rains.", "I wonder if he knows.", "The door was open.", "I wonder if we can."]
    found = check(talk(*between(*own, side=side)))
    assert found is not None
    assert (found.reason, found.evidence) == ("formulaic_opening", "i wonder if")
    assert check(talk(*between(*own[:3], side=side))) is None


def test_formulas_are_known_in_whatever_words_they_go_on() -> None:
    own = ["It sounds like a long day.", "It sounds like you waited.", "It sounds like the house was quiet."]
    assert reason(check(talk(*between(*own)))) == "formulaic_opening"
    own = ["听起来你等了很久。", "听起来家里很安静。", "听起来他没有解释。"]
    assert reason(check(talk(*between(*own), language="zh"))) == "formulaic_opening"


def test_an_opening_may_not_lead_more_than_its_share() -> None:
    own = [f"{word} now." for word in ("Snow falls", "Wind howls", "Birds sing", "Night comes", "Bread bakes")]
    spread = ["So, tell me.", *own[:3], "So, go on.", *own[3:], "So, what else?", "Leaves turn now."]
    assert reason(check(talk(*between(*spread)))) == ""
    strict = FILTERS["turn_openers"](spec_of(), False, share=0.2)
    assert reason(strict(talk(*between(*spread)))) == "formulaic_opening"


def test_a_talk_that_goes_on_is_held_to_the_turns_it_will_have() -> None:
    spread = ["So, tell me.", "Snow falls now.", "Wind howls now.", "So, go on.", "Birds sing now.", "So, what else?"]
    wide = FILTERS["turn_openers"](spec_of(), False, row=5)
    assert reason(wide(talk(*between(*spread), stage="turn"))) == "formulaic_opening"
    assert wide(talk(*between(*spread), stage="turn", band=(20, 24))) is None


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_nod_is_no_formula(language: str) -> None:
    nod = "嗯。" if language == "zh" else "Yes."
    assert check(talk(*between(nod, nod, nod, nod, nod, side=0), language=language)) is None


def test_turns_may_not_close_alike_either() -> None:
    own = [
        "Your brother left. How does that sit with you?",
        "The shop is shut. How does that feel tonight?",
        "Ten years is long. How does that look from here?",
    ]
    found = check(talk(*between(*own)))
    assert found is not None
    assert (found.reason, found.evidence) == ("formulaic_closing", "how does that")
    assert FILTERS["turn_openers"](spec_of(), False, row=5)(talk(*between(*own))) is None


def test_single_messages_and_replies_pass() -> None:
    assert check(query("It sounds like rain.")) is None
    assert check(reply("It sounds like rain.")) is None
