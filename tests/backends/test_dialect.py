"""Requests as bodies, and what is said in words where a server takes less."""

from __future__ import annotations

import pytest

from synthgen.backends.chats import ask_in_words, fold_system
from synthgen.backends.dialect import LLAMA_CPP, OPENAI, STANDARD, VLLM, Dialect, chat_body, text_body
from synthgen.calls import Request, Sampling
from synthgen.records import Turn

FULL = Sampling(
    max_tokens=9,
    temperature=0.0,
    top_p=0.9,
    top_k=40,
    min_p=0.05,
    presence_penalty=1.0,
    frequency_penalty=0.5,
    repeat_penalty=1.1,
    seed=3,
    stop=("\n",),
)
SCHEMA = {"type": "object", "properties": {"a": {"type": "integer"}}, "required": ["a"]}
CHAT = (Turn("system", "S"), Turn("user", "U"))


@pytest.mark.parametrize(
    ("names", "extra"),
    [
        (STANDARD, {"max_tokens": 9}),
        (OPENAI, {"max_completion_tokens": 9}),
        (LLAMA_CPP, {"max_tokens": 9, "top_k": 40, "min_p": 0.05, "repeat_penalty": 1.1}),
        (VLLM, {"max_tokens": 9, "top_k": 40, "min_p": 0.05, "repetition_penalty": 1.1}),
    ],
)
def test_each_server_gets_the_parameters_that_it_takes(names, extra):
    body = chat_body("m", Request("reply", FULL, CHAT), Dialect(names))
    common = {
        "model": "m",
        "messages": [{"role": "system", "content": "S"}, {"role": "user", "content": "U"}],
        "temperature": 0.0,
        "top_p": 0.9,
        "presence_penalty": 1.0,
        "frequency_penalty": 0.5,
        "seed": 3,
        "stop": ["\n"],
    }
    assert body == {**common, **extra}


def test_what_was_not_said_is_not_sent():
    assert set(chat_body("m", Request("q", Sampling(1), CHAT), Dialect(LLAMA_CPP))) == {
        "model",
        "messages",
        "max_tokens",
    }


def test_texts_keep_the_old_name_of_the_bound():
    body = text_body("m", Request("q", Sampling(4), text="Once", schema=SCHEMA), Dialect(OPENAI))
    assert (body["prompt"], body["max_tokens"]) == ("Once", 4)
    assert body["json_schema"] == body["response_format"]["json_schema"]["schema"] == SCHEMA


CLOSED = {**SCHEMA, "additionalProperties": False}


@pytest.mark.parametrize(
    ("schema", "strict"),
    [
        (CLOSED, True),
        (SCHEMA, False),
        ({**CLOSED, "required": []}, False),
        ({"type": "array", "items": SCHEMA}, False),
        ({"anyOf": [CLOSED, {"type": "null"}]}, True),
        ({"anyOf": [SCHEMA, {"type": "null"}]}, False),
    ],
)
def test_strict_decoding_is_asked_for_where_openai_takes_it(schema, strict):
    body = chat_body("m", Request("a step: β", Sampling(1), CHAT, schema=schema), Dialect(STANDARD))
    wanted = body["response_format"]["json_schema"]
    assert (wanted["strict"], wanted["name"]) == (strict, "a_step_")


@pytest.mark.parametrize(
    ("turns", "folded"),
    [
        ((Turn("system", "S"), Turn("user", "U")), (Turn("user", "S\n\nU"),)),
        ((Turn("system", "S"), Turn("assistant", "A")), (Turn("user", "S"), Turn("assistant", "A"))),
        ((Turn("system", "S"),), (Turn("user", "S"),)),
        ((Turn("user", "U"), Turn("system", "S")), (Turn("user", "S\n\nU"),)),
        ((Turn("user", "U"),), (Turn("user", "U"),)),
    ],
)
def test_system_turns_are_folded_into_the_first_user_turn(turns, folded):
    assert fold_system(turns) == folded


def test_a_schema_in_words_goes_to_the_last_user_turn():
    turns = (Turn("user", "first"), Turn("assistant", "A"), Turn("user", "last"))
    asked = ask_in_words(Request("q", Sampling(1), turns, schema=SCHEMA))
    assert asked.schema is None
    assert asked.messages[:2] == turns[:2]
    assert asked.messages[2].content.startswith("last\n\n")
    assert '"integer"' in asked.messages[2].content


def test_a_schema_in_words_without_a_user_turn_or_in_a_text():
    alone = ask_in_words(Request("q", Sampling(1), (Turn("system", "S"),), schema=SCHEMA))
    assert [turn.role for turn in alone.messages] == ["system", "user"]
    text = ask_in_words(Request("q", Sampling(1), text="Once", schema=SCHEMA))
    assert text.text.startswith("Once\n\n")
    plain = Request("q", Sampling(1), text="Once")
    assert ask_in_words(plain) is plain
