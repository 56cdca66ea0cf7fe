"""Preferences read from answers as models write them: one winner or none, and never one that nobody named."""

from __future__ import annotations

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from synthgen.parsing import parse_preference, preference_schema
from synthgen.parsing.preferences import WINNERS, RawPreference

# What may stand for each winner. The second word of a line is the opposite of its first.
SIDES = (
    ("first", "second"),
    ("1", "2"),
    ("A", "B"),
    ("Answer A", "Answer B"),
    ("the first answer", "the second answer"),
    ("Response 1", "Response 2"),
    ("第一份", "第二份"),
    ("回复一", "回复二"),
    ("甲", "乙"),
)
OPPOSITE = {"first": "second", "second": "first", "tie": "tie", None: None}


def winner_in(text: str) -> str | None:
    found = parse_preference(text)
    return found.winner if found else None


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize(
    "form",
    [
        '{{"reason": "It asks.", "winner": "{}"}}',
        '{{"winner": "{}", "reason": "It asks.',
        '```json\n{{"reason": "It asks.", "winner": "{}"}}\n```',
        "Here it is: {{'reason': 'It asks.', 'Better answer': '{}',}} I hope that helps.",
        '[{{"理由": "会问。", "胜者": "{}"}}]',
        "It asks.\n\nWinner: {}.",
        "It asks.\n**Winner**: {}",
        "胜者：{}。",
        "It asks. [[{}]]",
    ],
)
def test_either_side_is_read_in_every_form(form: str, side: tuple[str, str]) -> None:
    assert [winner_in(form.format(word)) for word in side] == ["first", "second"]


@pytest.mark.parametrize("word", ["tie", "Tie.", "draw", "both", "neither", "equal", "C", "平局", "不相上下"])
def test_a_tie_has_many_words(word: str) -> None:
    assert winner_in(json.dumps({"reason": "Alike.", "winner": word}, ensure_ascii=False)) == "tie"
    assert winner_in(f"Winner: {word}") == "tie"


@pytest.mark.parametrize("number", [1, 2])
def test_a_number_is_one_of_the_two(number: int) -> None:
    assert winner_in(json.dumps({"winner": number})) == WINNERS[number - 1]


@pytest.mark.parametrize(
    "text",
    [
        '{"winner": "first", "verdict": "second"}',
        '{"winner": "first"} On second thought: {"winner": "second"}',
        "Winner: first\nWinner: second",
        '{"winner": "first or second"}',
        '{"winner": "not the first"}',
        '{"winner": "..."}',
        '{"winner": ""}',
        '{"winner": null}',
        '{"winner": "fir',
        '{"winner": true}',
        '{"winner": 3}',
        '{"winner": ["first", "second"]}',
        '{"winner": {"answer": "first"}}',
        '{"winner": "first" | "second" | "tie"}',
    ],
)
def test_a_winner_that_is_none_or_several_is_none(text: str) -> None:
    assert parse_preference(text) == RawPreference(None)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "no",
        "The first one asks, the second does not.",
        '{"reason": "The first asks."}',
        "1",
    ],
)
def test_where_no_winner_is_spoken_of_nothing_is_read(text: str) -> None:
    assert parse_preference(text) is None


def test_the_same_winner_said_twice_is_one_and_the_reason_is_kept() -> None:
    found = parse_preference('{"reason": "It asks. The second does not.", "winner": "first"}\nWinner: first')
    assert found == RawPreference("first", "It asks. The second does not.")
    assert winner_in('{"winner": "first"}, {"winner": "Answer A"}') == "first"


def test_the_schema_has_the_winner_after_its_reason() -> None:
    schema = preference_schema()
    assert list(schema["properties"]) == schema["required"] == ["reason", "winner"]
    assert schema["properties"]["winner"]["enum"] == ["first", "second", "tie"]
    assert preference_schema(most_chars=9)["properties"]["reason"]["maxLength"] == 9


@given(
    st.text(alphabet=st.characters(exclude_categories=()), max_size=60)
    | st.text("{}[]\"':,：1ABCfirstwnead 胜者第一", max_size=40)
)
@example("\ud800" * 9)
@example('{"winner": ' * 400)
@example("[[" * 20_000)
@example("winner" + " " * 20_000)
@example('{"winner": "' + "first" * 20_000)
def test_nothing_makes_it_fail(text: str) -> None:
    found = parse_preference(text)
    assert found is None or found.winner in (None, *WINNERS)


# Nothing of these names the first one: no "first", "one", "a" or "1", and no word of a tie.
FOREIGN = st.sampled_from(
    [
        '{"',
        '"}',
        '": "',
        '", "',
        "{",
        "}",
        "[",
        "]",
        ":",
        ",",
        "winner",
        "reason",
        "verdict",
        "胜者",
        "Winner: ",
        "[[",
        "second",
        "2",
        "B",
        "第二",
        "]]",
        "\n",
        " ",
        "it listens",
        "理由",
        "***",
        "\\",
        "\ud83d",
        "0",
    ]
)


@given(st.lists(FOREIGN, max_size=24).map("".join))
def test_what_is_not_in_a_text_does_not_win(text: str) -> None:
    assert winner_in(text) in (None, "second")


PIECES = st.sampled_from(
    [
        *SIDES[0],
        *SIDES[0],
        '{"reason": "',
        '", "winner": "',
        '"}',
        "Winner: ",
        "\n",
        " ",
        ". ",
        "[[",
        "]]",
        "the ",
        " answer",
        "胜者：",
        "。",
        "tie",
        "better",
    ]
)


@given(st.lists(PIECES, max_size=14), st.sampled_from(SIDES))
@example(['{"reason": "', "the ", "first", " answer", '", "winner": "', "first", '"}'], SIDES[0])
@example(["Winner: ", "second", "\n"], SIDES[2])
def test_with_the_sides_swapped_the_other_wins(pieces: list[str], side: tuple[str, str]) -> None:
    straight = dict(zip(SIDES[0], side, strict=True))
    turned = dict(zip(SIDES[0], side[::-1], strict=True))
    one, other = ("".join(names.get(piece, piece) for piece in pieces) for names in (straight, turned))
    assert winner_in(other) == OPPOSITE[winner_in(one)]
