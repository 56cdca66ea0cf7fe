"""One dialogue in all the shapes that it is found in."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthgen.formats.rows import open_writer, rows_in
from synthgen.formats.shapes import ROLES, dialogue_of, language_of
from synthgen.records import Turn

ASKED, ANSWERED = "How do I get back to sleep at four?", "What keeps your thoughts going at that hour?"
PAIR = (Turn("user", ASKED), Turn("assistant", ANSWERED))
PART = "You are a counselor at a night line. Answer what people write."
WITH_SYSTEM = (Turn("system", PART), *PAIR)
MESSAGES = [{"role": "user", "content": ASKED}, {"role": "assistant", "content": ANSWERED}]
WITH_PART = [{"role": "system", "content": PART}, *MESSAGES]
HISTORY = [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]
BEFORE = (Turn("user", "Hi"), Turn("assistant", "Hello"))


@pytest.mark.parametrize(
    ("row", "turns"),
    [
        ({"id": "r-1", "topic": "Sleep", "messages": MESSAGES}, PAIR),
        ({"messages": [{"role": "system", "content": PART}, *MESSAGES]}, WITH_SYSTEM),
        ({"messages": [{"role": "developer", "content": PART}, *MESSAGES]}, WITH_SYSTEM),
        ({"messages": MESSAGES, "system": PART}, WITH_SYSTEM),
        ({"messages": json.dumps(MESSAGES)}, PAIR),
        (
            {"messages": [{"role": "user", "content": [{"type": "text", "text": ASKED}, {"type": "image_url"}]}]},
            PAIR[:1],
        ),
        (
            {
                "messages": [
                    MESSAGES[0],
                    {"role": "assistant", "content": None, "tool_calls": []},
                    {"role": "tool", "content": "4"},
                    MESSAGES[1],
                ]
            },
            (PAIR[0], Turn("assistant", ""), PAIR[1]),
        ),
        ({"conversations": [{"from": "human", "value": ASKED}, {"from": "gpt", "value": ANSWERED}]}, PAIR),
        (
            {
                "conversations": [
                    {"from": "system", "value": PART},
                    {"from": "human", "value": ASKED},
                    {"from": "gpt", "value": ANSWERED},
                ]
            },
            WITH_SYSTEM,
        ),
        (
            {
                "dialog_id": 3,
                "theme": "nights",
                "dialog": [
                    {"speaker": "Seeker", "participant": "A", "content": ASKED, "emotional label": ["Fear"]},
                    {"speaker": "Supporter", "participant": "B", "content": ANSWERED, "strategy": ["Question"]},
                ],
            },
            PAIR,
        ),
        ({"instruction": PART, "input": ASKED, "output": ANSWERED}, WITH_SYSTEM),
        ({"instruction": "如果你是心理咨询师，请回答来访者的问题。", "input": ASKED, "output": ANSWERED},
         (Turn("system", "如果你是心理咨询师，请回答来访者的问题。"), *PAIR)),
        ({"instruction": ASKED, "input": "", "output": ANSWERED}, PAIR),
        ({"instruction": ASKED, "output": ANSWERED}, PAIR),
        ({"instruction": "Shorten this.", "input": ASKED, "output": "Sleep?"},
         (Turn("user", f"Shorten this.\n\n{ASKED}"), Turn("assistant", "Sleep?"))),
        ({"instruction": PART, "input": "", "output": ANSWERED}, (Turn("user", PART), PAIR[1])),
        ({"instruction": ASKED, "input": "", "output": ANSWERED, "system": PART, "history": [["Hi", "Hello"]]},
         (Turn("system", PART), Turn("user", "Hi"), Turn("assistant", "Hello"), *PAIR)),
        # A history is read in each of its shapes, also as tables have it; without an answer its message stays.
        ({"instruction": ASKED, "output": ANSWERED, "history": json.dumps([["Hi", "Hello"]])}, (*BEFORE, *PAIR)),
        ({"question": ASKED, "answer": ANSWERED, "history": json.dumps(HISTORY, indent=1)}, (*BEFORE, *PAIR)),
        ({"question": ASKED, "answer": ANSWERED, "history": HISTORY}, (*BEFORE, *PAIR)),
        ({"messages": WITH_PART, "history": HISTORY}, (WITH_SYSTEM[0], *BEFORE, *PAIR)),
        ({"messages": WITH_PART, "history": [WITH_PART[0], *HISTORY]}, (WITH_SYSTEM[0], *BEFORE, *PAIR)),
        ({"question": ASKED, "answer": ANSWERED, "history": [WITH_PART[0], *HISTORY]},
         (WITH_SYSTEM[0], *BEFORE, *PAIR)),
        ({"instruction": PART, "input": ASKED, "output": ANSWERED, "history": HISTORY},
         (WITH_SYSTEM[0], *BEFORE, *PAIR)),
        ({"question": ASKED, "answer": ANSWERED, "history": [["Hi", None], [None, "Hello"]]}, (*BEFORE, *PAIR)),
        ({"question": ASKED, "answer": ANSWERED, "history": [["Hi", None]]}, (BEFORE[0], *PAIR)),
        *(({"question": ASKED, "answer": ANSWERED, "history": nothing}, PAIR) for nothing in ("", " ", "[]", [], None,
                                                                                             float("nan"))),
        *(({"question": ASKED, "answer": ANSWERED, "history": strange}, None) for strange in (
            "He came in May.", "[[1, 2]]", '[["Hi"', [["Hi", "Hello", "!"]], ["Hi", "Hello"], [["Hi", 5]], {"a": 1}, 3,
            [{"role": "narrator", "content": "Hi"}])),
        # What is blank is not there: a table of rows of several makers has all their columns.
        ({"instruction": "", "input": "", "output": "", "question": ASKED, "answer": ANSWERED}, PAIR),
        ({"instruction": " ", "input": ASKED, "output": ANSWERED}, PAIR),
        ({"messages": "", "prompt": "\n", "completion": "x", "query": ASKED, "reply": ANSWERED}, PAIR),
        ({"Question": "", "question": ASKED, "answer": ANSWERED}, PAIR),
        ({"question": float("nan"), "answer": "x", "input": ASKED, "output": ANSWERED}, PAIR),
        ({"question": ASKED, "answer": " "}, PAIR[:1]),
        ({"question": ASKED, "answer": " ", "prompt": ASKED, "completion": ANSWERED}, PAIR),
        ({"question": " ", "answer": ANSWERED}, None),
        ({"question": ASKED, "answer": ANSWERED, "system": " "}, PAIR),
        ({"prompt": ASKED, "completion": ANSWERED}, PAIR),
        ({"prompt": MESSAGES[:1], "completion": MESSAGES[1:]}, PAIR),
        ({"query": ASKED, "reply": ANSWERED}, PAIR),
        ({"question": ASKED, "answer": ANSWERED}, PAIR),
        ({"Question": ASKED, "Answer": ANSWERED}, PAIR),
        ({"Context": ASKED, "Response": ANSWERED}, PAIR),
        ({"questionText": ASKED, "answerText": ANSWERED}, PAIR),
        ({"question": ASKED}, PAIR[:1]),
        ({"query": "sleep", "prompt": ASKED, "completion": ANSWERED}, PAIR),
        ({"text": ASKED}, None),
        ({"question": None, "answer": ANSWERED}, None),
        ({"messages": []}, None),
        ({"messages": [{"role": "narrator", "content": ASKED}]}, None),
        ({"messages": [ASKED, ANSWERED]}, None),
        ({"messages": '[{"role": "user"'}, None),
        ({"messages": {"role": "user"}}, None),
        ({}, None),
    ],
)  # fmt: skip
def test_a_dialogue_is_found_in_its_shape(row: dict, turns: tuple[Turn, ...] | None) -> None:
    assert dialogue_of(row) == turns


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.sampled_from(["user", "gpt", "[{", "[]", PART]),
    lambda below: (
        st.lists(below, max_size=3)
        | st.dictionaries(st.sampled_from(["role", "from", "content", "value", "speaker"]), below)
    ),
    max_leaves=8,
)
KEYS = [
    "messages",
    "conversations",
    "dialog",
    "instruction",
    "input",
    "output",
    "history",
    "system",
    "prompt",
    "Answer",
]


@given(st.dictionaries(st.sampled_from(KEYS), VALUES))
def test_no_row_crashes_it_and_every_dialogue_is_sound(row: dict) -> None:
    turns = dialogue_of(row)
    assert turns is None or turns
    assert all(turn.role in {*ROLES.values()} and isinstance(turn.content, str) for turn in turns or ())


@pytest.mark.parametrize(
    ("row", "text", "language"),
    [
        ({"language": "de"}, "我又睡不着了", "de"),
        ({"lang": " Chinese "}, "Sleep", "zh"),
        ({"language": 3}, "我又睡不着了", "zh"),
        ({"language": " ", "lang": "de"}, "我又睡不着了", "de"),
        ({}, "夜中の三時に目が覚めて、それから眠れません。", "ja"),
        ({}, "새벽 세 시에 깨면 다시 잠들 수가 없어요.", "ko"),
        ({}, "我又睡不着了，看了三集 Friends 也没用", "zh"),
        ({}, "I said 你好 to my neighbour and she laughed.", "en"),
        ({}, "", "en"),
    ],
)
def test_the_language_is_what_the_row_says_or_the_script_shows(row: dict, text: str, language: str) -> None:
    assert language_of(row, (Turn("user", text),)) == language


def test_a_row_that_does_not_say_its_language_is_told_among_some() -> None:
    turns = (Turn("user", "Ich kann seit drei Wochen nicht mehr schlafen, und der Arzt weiß auch nichts."),)
    assert language_of({}, turns) == "en"
    assert language_of({}, turns, ["en", "de"]) == "de"
    assert language_of({"language": "fr"}, turns, ["en", "de"]) == "fr"


def test_a_history_comes_back_from_a_table_that_synthgen_writes(tmp_path: Path) -> None:
    row = {"instruction": ASKED, "input": "", "output": ANSWERED, "history": [["Hi", "Hello"]]}
    for name in ("rows.csv", "rows.tsv"):
        with open_writer(tmp_path / name) as writer:
            writer.write(row)
        assert [dialogue_of(read) for read in rows_in(tmp_path / name)] == [(*BEFORE, *PAIR)]
