"""Conversations in what models answer: JSON of every condition, or lines with the speakers' names."""

from __future__ import annotations

import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthgen.parsing import conversation_schema, parse_conversation, turns_schema
from synthgen.parsing.conversation import MAX_TURNS
from synthgen.records import Role, Turn

NAMES: dict[str, Role] = {
    "client": "user",
    "counselor": "assistant",
    "来访者": "user",
    "咨询师": "assistant",
    "Ana": "user",
}
TURNS = (
    Turn("user", 'She said "go", so I went.'),
    Turn("assistant", "Where to: {home}, or\nfurther?"),
    Turn("user", "Home."),
    Turn("assistant", "And then?"),
)
FORMS = [("speaker", "text"), ("role", "content"), ("from", "value"), ("角色", "内容")]


def written(speaker: str = "speaker", text: str = "text", names: tuple[str, str] = ("user", "assistant")) -> str:
    turns = [{speaker: names[turn.role == "assistant"], text: turn.content} for turn in TURNS]
    return json.dumps({"turns": turns}, ensure_ascii=False)


WHOLE = written()


@pytest.mark.parametrize(("speaker", "text"), FORMS)
@pytest.mark.parametrize(
    "names", [("user", "assistant"), ("human", "gpt"), ("Client", "Counselor (warmly)"), ("Ana", "咨询师 2")]
)
def test_a_speaker_and_a_text_are_read_under_usual_keys(speaker: str, text: str, names: tuple[str, str]) -> None:
    assert parse_conversation(written(speaker, text, names), NAMES) == TURNS


@pytest.mark.parametrize(
    "text",
    [
        f"Here it is:\n```json\n{WHOLE}\n```\nI hope it helps, {{yes}}.",
        json.dumps(json.loads(WHOLE), indent=2),
        json.dumps(json.loads(WHOLE)["turns"]),
        "\n".join(json.dumps(turn) for turn in json.loads(WHOLE)["turns"]),
        json.dumps(
            [{"Client": TURNS[0].content, "Counselor": TURNS[1].content}, {"client": "Home.", "counselor": "And then?"}]
        ),
        json.dumps(
            {
                "client 1": TURNS[0].content,
                "counselor 1": TURNS[1].content,
                "client 2": "Home.",
                "counselor 2": "And then?",
            }
        ),
        json.dumps({"talk": [dict(turn, meta={"mood": "low"}) for turn in json.loads(WHOLE)["turns"]]}),
    ],
)
def test_json_is_read_in_whatever_form(text: str) -> None:
    assert parse_conversation(text, NAMES) == TURNS


def test_a_key_that_stands_again_is_another_turn() -> None:
    text = '{"user": "One.", "assistant": "Two.", "user": "Three."}'
    assert [turn.content for turn in parse_conversation(text, {})] == ["One.", "Two.", "Three."]


@pytest.mark.parametrize("lost", range(1, 60))
def test_what_json_was_cut_off_in_is_lost_and_the_rest_kept(lost: int) -> None:
    found = parse_conversation(WHOLE[:-lost], NAMES)
    assert found == TURNS[: len(found)]
    assert len(found) >= 2


@pytest.mark.parametrize(
    "text",
    [
        '{"turns": [{"speaker": "user", "text": "She said "go" and I went."}, '
        '{"speaker": "assistant", "text": "I "see"."}]}',
        "{'turns': [{'speaker': 'user', 'text': 'She said \"go\" and I went.'}, "
        "{'speaker': 'assistant', 'text': 'I \"see\".'}]}",
        '[{speaker: user, text: "She said "go" and I went."} {speaker: assistant, text: "I "see"."}]',
    ],
)
def test_json_that_stray_quotes_break_is_read(text: str) -> None:
    assert parse_conversation(text, {}) == (Turn("user", 'She said "go" and I went.'), Turn("assistant", 'I "see".'))


@pytest.mark.parametrize(
    "text",
    [
        "Client: I went.\nHome, that is.\nCounselor: And then?",
        "# A talk\n\n**Client:** I went.\nHome, that is.\n\n---\n\n**Counselor**: And then?",
        "Some words before.\n1. Client: I went.\nHome, that is.\n2. Counselor: And then?",
        "[1] Ana (quietly): I went.\nHome, that is.\n## Closing\n[2] counselor 1：And then?",
        "> Turn 1 - CLIENT: I went.\n> Turn 2 - COUNSELOR: And then?".replace("went.\n", "went.\nHome, that is.\n", 1),
        "第1轮 来访者（低声）：I went.\nHome, that is.\n第2轮 咨询师：And then?",
        json.dumps({"turns": ["Client: I went.\nHome, that is.", "Counselor: And then?"]}),
    ],
)
def test_lines_with_names_are_read_with_those_that_follow_them(text: str) -> None:
    assert parse_conversation(text, NAMES) == (Turn("user", "I went.\nHome, that is."), Turn("assistant", "And then?"))


def test_turns_of_one_speaker_in_a_row_stay_apart() -> None:
    text = "Client: One.\nClient: Two.\nCounselor: Three."
    assert [turn.role for turn in parse_conversation(text, NAMES)] == ["user", "user", "assistant"]


def test_each_turn_is_cleaned_and_empty_ones_are_left_out() -> None:
    turns = [
        ("user", '"Client: Hi.\u200b"'),
        ("assistant", " \n "),
        ("narrator", "It rained."),
        ("assistant", "Hello.\ud800"),
    ]
    text = json.dumps({"turns": [{"speaker": who, "text": said} for who, said in turns]})
    assert parse_conversation(text, NAMES) == (Turn("user", "Hi."), Turn("assistant", "Hello."))


@pytest.mark.parametrize(
    "text", ["", "I cannot do that.", "{", "[]", "null", '{"turns": []}', "Client:", "Others: no.", WHOLE[:30]]
)
def test_what_holds_no_conversation_gives_none(text: str) -> None:
    assert parse_conversation(text, NAMES) == ()


def test_letters_that_only_a_pattern_takes_for_the_same_are_no_name() -> None:
    assert parse_conversation("ass\u0131stant: one.\nuser: two.", {}) == (Turn("user", "two."),)


def test_no_conversation_is_endless() -> None:
    assert len(parse_conversation("Client: Yes.\n" * (3 * MAX_TURNS), NAMES)) == MAX_TURNS


@given(st.text(max_size=400), st.dictionaries(st.text(max_size=8), st.sampled_from(["user", "assistant"]), max_size=4))
def test_any_text_and_any_names_are_taken(text: str, names: dict[str, Role]) -> None:
    for turn in parse_conversation(text, names):
        assert turn.content.strip()
        turn.content.encode()


@pytest.mark.parametrize("seed", range(150))
def test_a_mutated_answer_gives_only_what_stands_in_it(seed: int) -> None:
    """What is cut out, doubled or strewn in loses turns or changes them, and raises nothing."""
    dice = random.Random(seed)
    text = WHOLE if seed % 2 else "\n".join(f"Client: {turn.content}" for turn in TURNS)
    for _ in range(dice.randint(1, 6)):
        at = dice.randrange(len(text) + 1)
        piece = dice.choice(
            ['"', "{", "}", "[", "]", ",", ":", "\\", "\n", "'", "None", "```", "\ud800", "\\u12", ": user"]
        )
        text = dice.choice(
            [text[:at] + piece + text[at:], text[:at] + text[at + 5 :], text[:at] + text[max(0, at - 9) :]]
        )
    found = parse_conversation(text, NAMES)
    assert len(found) <= 2 * len(TURNS)
    assert all(turn.role in ("user", "assistant") and turn.content for turn in found)


HOSTILE = [
    "{" * 200_000,
    '{"speaker": "user", "text": "' * 8_000,
    '{"a":' * 40_000,
    '"' * 200_000,
    "user " * 40_000,
    "user: \n" * 30_000,
    "(" * 200_000,
    " " * 100_000 + "user" + " " * 99_000 + ":",
    '{"speaker":' + " " * 199_000,
    '{"speaker": "user", "text": "' + '"}' * 90_000,
    "1" * 200_000,
    "#" * 200_000,
    "```" * 60_000,
    '{"turns": [' + '"user: a",' * 20_000 + "]}",
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:12])
def test_hostile_answers_end(text: str) -> None:
    assert len(parse_conversation(text, NAMES)) <= MAX_TURNS


def test_the_schema_bounds_the_turns_and_says_who_speaks_first() -> None:
    turns = conversation_schema(4, 8)["properties"]["turns"]
    assert (turns["minItems"], turns["maxItems"]) == (4, 8)
    assert list(turns["items"]["properties"]) == ["speaker", "text"]
    assert turns["items"]["properties"]["speaker"]["enum"] == ["user", "assistant"]


def test_a_schema_of_headings_keeps_their_order() -> None:
    schema = turns_schema(["seeker 1", "supporter 1", "seeker 2"], (20, 260))
    assert list(schema["properties"]) == schema["required"] == ["seeker 1", "supporter 1", "seeker 2"]
    assert schema["properties"]["seeker 2"] == {"type": "string", "minLength": 20, "maxLength": 260}
