"""Made-up answers: as long as asked, in the language asked, by the schema, alike to no other, the same everywhere."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz, process

from synthgen.backends.composer import DEFAULT_BAND, NOTE_BAND, compose
from synthgen.text import cjk_share, count_units

FORMULAS = re.compile(
    r"(i'm sorry|i'm really|it\b|it's|i understand|i hear you|that sounds|sorry|很抱歉|听起来|我理解|我明白)", re.I
)

GOLDEN_EN = (
    "Overwhelmed since abandoned, I blamed another organist most evenings. How should I paint "
    "one pilot, relieved since suspicious?"
)
GOLDEN_ZH = "年会之后先耽搁头痛。其次可以和您的师傅放弃豆浆，粗心谈谈表白。"


def slots(*numbers: int) -> dict[str, Any]:
    item = {
        "type": "object",
        "additionalProperties": False,
        "required": ["slot", "message"],
        "properties": {"slot": {"type": "integer", "enum": list(numbers)}, "message": {"type": "string"}},
    }
    messages = {"type": "array", "minItems": len(numbers), "maxItems": len(numbers), "items": item}
    return {"type": "object", "required": ["messages"], "properties": {"messages": messages}}


@pytest.mark.parametrize(
    ("prompt", "low", "high"),
    [
        ("Answer in between 300 and 550 words.", 300, 550),
        ("Answer in 300 to 550 words.", 300, 550),
        ("Answer in 300-550 words, not in 2 to 3 words.", 300, 550),
        ("Answer in 300–550 words.", 300, 550),
        ("请用 300 到 550 字回答。", 300, 550),
        ("请用300至550个字回答。", 300, 550),
        ("请用300～550字回答。", 300, 550),
        ("Answer the letter.", *DEFAULT_BAND),
        ("From 0 to 0 words, or from 2 to 99999 words?", *DEFAULT_BAND),
        ("请回答。", *DEFAULT_BAND),
    ],
)
def test_length_is_what_the_prompt_speaks_of(prompt: str, low: int, high: int) -> None:
    lengths = {count_units(compose(prompt, None, seed)) for seed in range(40)}
    assert low <= min(lengths) < max(lengths) <= high


@given(st.integers(12, 600), st.integers(8, 300), st.booleans(), st.booleans(), st.integers())
def test_length_stays_inside_any_band(low: int, width: int, chinese: bool, message: bool, seed: int) -> None:
    high = low + width
    asked = "写一条{}到{}字的留言。" if chinese else "Write one message of {} to {} words."
    answered = "请用{}到{}字回答。" if chinese else "Answer in {} to {} words."
    text = compose((asked if message else answered).format(low, high), None, seed)
    assert low <= count_units(text) <= high


@given(st.integers(1, 20), st.integers(0, 3), st.integers())
def test_bands_too_small_for_sentences_are_overshot_by_little(low: int, width: int, seed: int) -> None:
    assert count_units(compose(f"Answer in {low} to {low + width} words.", None, seed)) <= low + width + 12


def test_language_is_the_prompts() -> None:
    english = compose("Answer the letter of 王芳, who lives in 北京.", None, 1)
    chinese = compose("请回答 Anna 的来信，她住在 Leeds，在那里工作了很多年，最近感到非常疲惫。", None, 1)
    assert cjk_share(english) == 0
    assert cjk_share(chinese) == 1


@pytest.mark.parametrize("prompt", ["Write a message of 40 to 90 words.", "写一条 40 到 90 字的留言。"])
def test_message_is_in_the_first_person_and_asks(prompt: str) -> None:
    for seed in range(200):
        text = compose(prompt, None, seed)
        assert re.search(r"\b(I|me)\b|我", text)
        assert text[-1] in "?？"


@pytest.mark.parametrize(
    "prompt",
    ["Write a message.", "Answer the letter.", "写一条留言。", "请回答。", "Answer. In an emergency name a hotline."],
)
def test_texts_begin_and_end_well(prompt: str) -> None:
    for seed in range(300):
        text = compose(prompt, None, seed)
        assert not FORMULAS.match(text)
        assert not text[0].islower()
        assert text[-1] in ".?。？"
        assert text == text.strip()


@pytest.mark.parametrize(
    ("prompt", "number"),
    [
        ("Write one message of 18 to 22 words.", 2000),
        ("Answer in 18 to 22 words.", 2000),
        ("Answer in 40 to 80 words.", 1000),
        ("写一条 36 到 44 字的留言。", 2000),
        ("请用 36 到 44 字回答。", 2000),
    ],
)
def test_no_two_texts_are_alike(prompt: str, number: int) -> None:
    texts = [compose(prompt, None, seed) for seed in range(number)]
    for at, text in enumerate(texts):
        twin = process.extractOne(text, texts[:at], scorer=fuzz.ratio, score_cutoff=70)
        assert twin is None, f"{text!r} is {twin[1]:.0f} % like {twin[0]!r}"


def test_same_inputs_give_the_same_text_on_every_machine() -> None:
    assert compose("Write one message of 15 to 20 words.", None, 7) == GOLDEN_EN
    assert compose("请用 20 到 30 字回答。", None, 7) == GOLDEN_ZH


def test_prompt_and_seed_both_count() -> None:
    texts = {compose(prompt, None, seed) for prompt in ("Answer.", "Answer!") for seed in (1, 2, -1, 2**70)}
    assert len(texts) == 8


def test_batch_has_one_message_for_each_slot() -> None:
    answer = json.loads(compose("Write the messages, each of 40 to 60 words.", slots(3, 1, 4, 7), 5))
    assert [message["slot"] for message in answer["messages"]] == [3, 1, 4, 7]
    texts = [message["message"] for message in answer["messages"]]
    assert len(set(texts)) == 4
    assert all(40 <= count_units(text) <= 60 and text.endswith("?") for text in texts)


def test_schema_in_the_prompt_is_followed() -> None:
    """Servers without JSON-schema decoding are shown the schema in words."""
    prompt = f"Like {{this}} or {{'that'}}.\n\nFollow this JSON schema:\n{json.dumps(slots(1, 2))}\nNothing else."
    answer = json.loads(compose(prompt, None, 5))
    assert [message["slot"] for message in answer["messages"]] == [1, 2]


def test_properties_that_are_no_schema_leave_a_text() -> None:
    assert compose('Explain what "properties" {means.', None, 1).endswith(".")


def test_few_shot_texts_are_gone_on_with_by_the_side_whose_turn_it_is() -> None:
    query = "Messages.\n\nTopic: Sleep\nClient: I lie awake.\n\nTopic: Stress\nClient:"
    reply = "Client: I lie awake.\nCounselor:"
    assert compose(query, None, 1).endswith("?")
    assert compose(reply, None, 1).endswith(".")


@pytest.mark.parametrize(
    ("prompt", "words"),
    [
        ("Answer in 60 to 90 words. Life is at risk: name an EMERGENCY number.", "emergency number or a crisis line"),
        ("请用 60 到 90 字回答。情况紧急时要指出求助热线。", "120"),
    ],
)
def test_crisis_prompts_are_answered_with_a_pointer_to_help(prompt: str, words: str) -> None:
    for seed in range(20):
        text = compose(prompt, None, seed)
        assert words in text
        assert 60 <= count_units(text) <= 90
    assert words not in compose(re.split(r"(?<=[.。])", prompt)[0], None, 1)


def test_faulty_share_is_too_short_or_opens_with_a_formula() -> None:
    texts = [compose("Answer in 60 to 90 words.", None, seed, bad_share=0.3) for seed in range(1000)]
    short = [text for text in texts if count_units(text) < 60]
    formulas = [text for text in texts if FORMULAS.match(text)]
    assert 100 < len(short) < 200
    assert 100 < len(formulas) < 200
    untouched = set(texts) - set(short) - set(formulas)
    assert untouched <= {compose("Answer in 60 to 90 words.", None, seed) for seed in range(1000)}


def test_faulty_share_is_drawn_for_each_message_of_a_batch() -> None:
    answers = [json.loads(compose("40 to 60 words", slots(1, 2, 3), seed, bad_share=0.5)) for seed in range(100)]
    short = [sum(count_units(message["message"]) < 40 for message in answer["messages"]) for answer in answers]
    assert set(short) == {0, 1, 2, 3}
    assert 120 < sum(short) < 180


def test_strings_of_other_schemas_are_notes_unless_a_length_is_asked_for() -> None:
    schema: Mapping[str, Any] = {"type": "object", "properties": {"why": {"type": "string"}, "query": {}}}
    note = json.loads(compose("Label it.", schema, 1))
    assert NOTE_BAND[0] <= count_units(note["why"]) <= NOTE_BAND[1]
    assert DEFAULT_BAND[0] <= count_units(note["query"]) <= DEFAULT_BAND[1]
    assert note["query"].endswith("?")
    assert 50 <= count_units(json.loads(compose("Label it in 50 to 70 words.", schema, 1))["why"]) <= 70


@given(st.text(max_size=200), st.integers())
def test_any_prompt_is_answered(prompt: str, seed: int) -> None:
    assert compose(prompt, None, seed)
