"""Made-up conversations: as many turns as asked, each within its band, help pointed to once, closed at the end."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthgen.backends.composer import compose
from synthgen.backends.grammar import grammar
from synthgen.filters.closing import says_farewell
from synthgen.filters.crisis import gives_guidance
from synthgen.parsing import conversation_schema
from synthgen.text import cjk_share, count_units

SCRIPTS = {"en": "Write one conversation. A turn has 20 to 60 words.", "zh": "请写一段对话，每轮 40 到 120 字。"}
USERS = {
    "en": "You play one sailor in a conversation, in which the two speak in turn. Say between 20 and 60 words.",
    "zh": "你在一场对话中扮演一位水手，两人轮流说话。每次说40到120字。",
}
ASSISTANTS = {
    "en": "You are the pilot, and the two of you speak in turn. Say between 20 and 60 words.\n\nMy boat leaks.",
    "zh": "你是一场对话中的引航员，两人轮流说话。每次说40到120字。\n\n我的船漏水。",
}
BANDS = {"en": (20, 60), "zh": (40, 120)}
CLOSING = {"en": "(For you alone: say goodbye.)", "zh": "（只告诉你：道别。）"}
RISK = {
    "en": "(For you alone: a life may be at risk. Tell the emergency number, a crisis line.)",
    "zh": "（只告诉你：可能有人的生命受到威胁。说出急救电话、危机热线。）",
}
languages = pytest.mark.parametrize("language", ["en", "zh"])


def points_to_help(text: str, language: str) -> bool:
    """Whether a text holds one of the composer's own pointers: its other words are drawn from all that there are."""
    pointers = grammar(language).crisis
    assert all(map(gives_guidance, pointers))
    return any(pointer in text for pointer in pointers)


def parts(text: str, language: str) -> bool:
    farewells = [each for side in grammar(language).farewells.values() for each in side]
    assert all(says_farewell(each, language) for each in farewells)
    return text.endswith(tuple(farewells))


def turns_of(prompt: str, least: int, seed: int) -> list[tuple[str, str]]:
    answer = json.loads(compose(prompt, conversation_schema(least, least + 4), seed))
    return [(turn["speaker"], turn["text"]) for turn in answer["turns"]]


@given(st.integers(2, 20), st.sampled_from(["en", "zh"]), st.integers())
def test_a_conversation_has_its_turns_in_turn_within_the_band_and_parts_at_its_end(
    least: int, language: str, seed: int
) -> None:
    turns = turns_of(SCRIPTS[language], least, seed)
    assert [speaker for speaker, _ in turns] == (["user", "assistant"] * least)[:least]
    low, high = BANDS[language]
    for at, (_, text) in enumerate(turns):
        assert low <= count_units(text) <= high
        assert (cjk_share(text) > 0.5) == (language == "zh")
        assert parts(text, language) == (at >= least - 2)


@languages
def test_a_conversation_at_risk_points_to_help_in_its_first_reply_alone(language: str) -> None:
    for seed in range(20):
        turns = turns_of(f"{SCRIPTS[language]} {RISK[language]}", 8, seed)
        assert [at for at, (_, text) in enumerate(turns) if points_to_help(text, language)] == [1]
        assert not any(points_to_help(text, language) for _, text in turns_of(SCRIPTS[language], 8, seed))


@languages
def test_a_side_that_speaks_in_turn_parts_when_it_is_told_so(language: str) -> None:
    low, high = BANDS[language]
    for prompt in (USERS[language], ASSISTANTS[language]):
        for seed in range(40):
            going, parting = (compose(f"{prompt}\n\n{note}", None, seed) for note in ("", CLOSING[language]))
            assert (parts(going, language), parts(parting, language)) == (False, True)
            assert low <= count_units(going) <= high
            assert low <= count_units(parting) <= high
            assert ("?" in going or "？" in going) == (prompt is USERS[language])


@languages
def test_an_assistant_in_turn_points_to_help_when_a_note_at_the_end_says_so(language: str) -> None:
    prompt = ASSISTANTS[language]
    for seed in range(20):
        assert points_to_help(compose(f"{prompt}\n\n{RISK[language]}", None, seed), language)
        assert not points_to_help(compose(prompt, None, seed), language)
        # What stands far from the end was said of an earlier turn.
        far = f"{RISK[language]} {prompt} {'My boat leaks. ' * 120}"
        assert not points_to_help(compose(far, None, seed), language)


@languages
def test_a_faulty_share_of_turns_is_faulty(language: str) -> None:
    low, _ = BANDS[language]
    lengths = [
        count_units(turn["text"])
        for seed in range(60)
        for turn in json.loads(compose(SCRIPTS[language], conversation_schema(6, 8), seed, bad_share=0.4))["turns"]
    ]
    assert 0.1 < sum(length < low for length in lengths) / len(lengths) < 0.5
