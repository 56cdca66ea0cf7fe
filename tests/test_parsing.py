from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthgen.parsing import clean_message, parse_slots, slot_schema, strip_reasoning
from synthgen.parsing.entries import leaves
from synthgen.parsing.slots import MAX_CHARS, MAX_ENTRIES

LABELS = ["Client", "来访者"]

# Messages that are made to be mistaken for the structure around them, among any other text.
TRICKY = st.lists(
    st.sampled_from(
        ['"', "'", "\\", "{", "}", "[", "]", ",", ":", "\n", "1. ", "[2] ", '{"slot": 2, "message": ""}', '"}]}',
         "```", "<think>", "Message 3: ", "no", "好", "消息4：", "\\u00", "“", "\x00", "😀"]
    ),
    min_size=1,
    max_size=12,
).map("".join)  # fmt: skip
MESSAGES = st.dictionaries(
    st.integers(1, 12), (st.text(min_size=1) | TRICKY).filter(lambda text: text.strip()), min_size=1, max_size=6
)


def answer(messages: dict[int, str], **options: object) -> str:
    slots = [{"slot": slot, "message": message} for slot, message in messages.items()]
    return json.dumps({"messages": slots}, **options)  # type: ignore[arg-type]  # any option of json.dumps


@pytest.mark.parametrize(
    ("text", "stripped"),
    [
        ("<think>why</think>\n\nAnswer", "Answer"),
        ("<THINKING>why</Thinking>Answer", "Answer"),
        ("<reasoning effort='low'>why</reasoning>Answer", "Answer"),
        ("<think>a <think>b</think> c</think>Answer", "Answer"),
        ("<think>I opened <think> and closed it once</think>Answer", "Answer"),
        ("<think>never closed", ""),
        ("it was opened in the prompt</think>Answer", "Answer"),
        ("One <think>why</think>two <think>cut o", "One two"),
        ("I think a < b and b > c", "I think a < b and b > c"),
        ("", ""),
    ],
)
def test_reasoning_is_stripped(text: str, stripped: str) -> None:
    assert strip_reasoning(text) == stripped


@given(st.text(alphabet=st.sampled_from("<>/ thinkreaso")) | st.text())
def test_text_without_tags_is_only_stripped(text: str) -> None:
    if "think>" not in text and "<" not in text:
        assert strip_reasoning(text) == text.strip()
    assert strip_reasoning(f"<think>{text.replace('<', '')}</think>Answer") == "Answer"


@given(MESSAGES)
def test_json_comes_back_as_it_was_written(messages: dict[int, str]) -> None:
    for text in (
        answer(messages),
        answer(messages, ensure_ascii=False, indent=2),
        f"Here you are:\n```json\n{answer(messages)}\n```\nTell me if you want more!",
        json.dumps([{"number": str(slot), "text": message} for slot, message in messages.items()]),
        json.dumps([{"content": message, "id": f"slot {slot}"} for slot, message in messages.items()]),
        json.dumps({str(slot): message for slot, message in messages.items()}),
    ):
        found = parse_slots(text, range(1, 13))
        assert found.messages == messages
        assert found.unplaced == ()


@given(MESSAGES, st.booleans(), st.sampled_from(["", "```json\n", "Sure:\n\n"]), st.data())
def test_json_cut_off_anywhere_never_gives_a_cut_message(
    messages: dict[int, str], ascii_only: bool, before: str, data: st.DataObject
) -> None:
    text = answer(messages, ensure_ascii=ascii_only)
    cut = data.draw(st.integers(0, len(text)))
    found = parse_slots(before + text[:cut], [*messages, 99])
    assert found.messages.items() <= messages.items()


def test_json_cut_off_at_every_place_keeps_the_messages_before() -> None:
    messages = {1: 'He said "go}" and\n1. left.', 2: "我睡不着{。", 3: "Fine \\ \u00e9"}
    text = answer(messages)
    ends = [text.index(json.dumps(message)) + len(json.dumps(message)) for message in messages.values()]
    for cut in range(len(text) + 1):
        whole = {slot for slot, end in zip(messages, ends, strict=True) if end < cut}
        assert parse_slots(text[:cut], [1, 2, 3]).messages == {slot: messages[slot] for slot in whole}, text[:cut]


def test_a_mapping_that_is_cut_off_keeps_its_whole_messages() -> None:
    assert parse_slots('{"1": "one", "2": "two", "3": "thr', [1, 2, 3]).messages == {1: "one", 2: "two"}


@pytest.mark.parametrize(
    "text",
    [
        "{'messages': [{'slot': 1, 'message': 'I can\\'t sleep'}, {'slot': 2, 'message': 'She said \"no\"'}]}",
        '{"messages": [{"slot": 1, "message": "I can\'t sleep"} {"slot": 2, "message": "She said "no""},]}',
        '[{slot: 1, message: "I can\'t sleep"}, {slot: 2, message: "She said "no""}]',
        '[{"slot": 1 "message": "I can\'t sleep",}, {"message": "She said "no"", "slot": 2}',
        '{“slot”: 1, “message”: “I can\'t sleep”}\n{“slot”: “slot 2”, “message”: “She said "no"”}',
        '{"slot": 1, "message": I can\'t sleep}, {"slot": 2, "message": "She said \\"no\\""',
    ],
)
def test_broken_json_is_mended(text: str) -> None:
    found = parse_slots(text, [1, 2])
    assert found.messages.pop(2, 'She said "no"') == 'She said "no"'
    assert found.messages == {1: "I can't sleep"}
    assert found.unplaced == ()


def test_a_stray_quote_costs_no_other_message() -> None:
    text = '{"messages": [{"slot": 1, "message": "It is 5" tall {x}"}, {"slot": 2, "message": "Fine"}]}\nDone "so" }'
    assert parse_slots(text, [1, 2]).messages == {1: 'It is 5" tall {x}', 2: "Fine"}


def test_a_raw_newline_in_json_is_kept() -> None:
    assert parse_slots('{"slot": 1, "message": "One\n\ntwo"}', [1]).messages == {1: "One\n\ntwo"}


def test_broken_json_with_more_keys_gives_no_torn_message() -> None:
    assert parse_slots('{"slot": 1, "message": "He said "no", "tone": "sad"}', [1]).messages == {}


def test_numbers_that_are_missing_unwanted_or_repeated_are_unplaced() -> None:
    text = json.dumps(
        [
            {"slot": 2, "message": "two"},
            {"slot": 2, "message": "two again"},
            {"slot": 9, "message": "nine"},
            {"slot": True, "message": "true"},
            {"slot": None, "message": "none"},
            {"slot": "1 or 2", "message": "unsure"},
            {"message": "bare"},
            {"slot": 1.0, "message": "one"},
            {"slot": 3, "message": " "},
        ]
    )
    found = parse_slots(text, [1, 2, 3])
    assert found.messages == {1: "one", 2: "two"}
    assert found.unplaced == ("two again", "nine", "true", "none", "unsure", "bare")


def test_keys_that_stand_again_begin_the_next_message() -> None:
    found = parse_slots('{"slot": 1, "message": "one", "slot": 2, "message": "two", "1": "x"}', [1, 2])
    assert found.messages == {1: "one", 2: "two"}


def test_a_list_without_numbers_is_unplaced() -> None:
    assert parse_slots('{"messages": ["one", "two"]}', [1, 2]).unplaced == ("one", "two")
    assert parse_slots('["one", "two"]', [1, 2]).unplaced == ('["one", "two"]',)


@pytest.mark.parametrize(
    "form",
    ["{n}. {m}", "{n}) {m}", "[{n}] {m}", "({n}) {m}", "#{n} {m}", "{n}、{m}", "Message {n}: {m}", "**{n})** {m}",
     "**Message {n}:** {m}", "**Message {n}**\n{m}", "### Client message {n}\n{m}", "Slot {n} - {m}", "消息{n}：{m}",
     "第{n}条：{m}", "{n}: {m}", "【{n}】{m}"],
)  # fmt: skip
def test_numbered_text_is_read(form: str) -> None:
    messages = {2: "I am 34 and\n\n- tired since 2019\n- alone\n10:30 is the worst.", 1: "我睡不着。", 7: "Extra"}
    text = "Here they are\n\n" + "\n\n".join(form.format(n=n, m=m) for n, m in messages.items())
    found = parse_slots(text, [1, 2])
    assert found.messages == {1: messages[1], 2: messages[2]}
    assert found.unplaced == ("Extra",)


def test_a_list_of_another_style_stays_inside_its_message() -> None:
    found = parse_slots("Message 1: I tried\n1. tea\n2. walks\nMessage 2: Nothing helps.", [1, 2])
    assert found.messages == {1: "I tried\n1. tea\n2. walks", 2: "Nothing helps."}


def test_plain_prose_is_the_message_of_the_only_slot() -> None:
    prose = "I am 34.\n2 years ago I lost my job."
    assert parse_slots(prose, [4]).messages == {4: prose}
    assert parse_slots(prose, [4, 5]).unplaced == (prose,)


@pytest.mark.parametrize(
    "text", ['{"error": "no"}', '{"message": "bare"}', "[", "{", "```js", '```json\n{"slot": 4, "mess', "2. other"]
)
def test_structure_without_the_number_is_never_taken_for_prose(text: str) -> None:
    assert parse_slots(text, [4]).messages == {}


def test_an_empty_answer_holds_nothing() -> None:
    assert parse_slots(" \n", [1]).unplaced == ()


@given(st.text() | TRICKY, st.lists(st.integers(-2, 12), max_size=4))
def test_any_text_is_taken_and_only_wanted_slots_are_filled(text: str, wanted: list[int]) -> None:
    found = parse_slots(text, wanted)
    assert found.messages.keys() <= set(wanted)
    strip_reasoning(text)


@pytest.mark.parametrize(
    "text",
    ["[" * 100_000, "{" * 100_000, '{"a":' * 40_000, '{"a":' + "[" * 100_000 + "}", '{"slot":1,"message":"' * 10_000,
     "{slot:1}" * 20_000, '{"' + "\\" * 150_000, '{"slot":' + '"' * 150_000 + "}", '{"slot":' + "1" * 9_000 + "}",
     "3. " * 50_000, "\n" * 150_000, " " * 150_000, '{"slot": ' + " " * 150_000 + "}", "<think>" * 20_000],
)  # fmt: skip
def test_bombs_are_defused(text: str) -> None:
    # Anything quadratic or recursive would take minutes or raise.
    assert parse_slots(text, [1, 2]).messages == {}
    strip_reasoning(text)
    clean_message(text, LABELS)


def test_long_answers_are_cut() -> None:
    late = answer({1: "early"}) + " " * MAX_CHARS + answer({2: "late"})
    assert parse_slots(late, [1, 2]).messages == {1: "early"}
    many = parse_slots("1. again\n" * (MAX_ENTRIES + 50), [1])
    assert len(many.unplaced) == MAX_ENTRIES - 1


def test_what_cannot_be_stored_is_left_out() -> None:
    found = parse_slots('[{"slot": 1, "message": "a\\ud800b"}, {"message": "c\\udc00"}]', [1])
    assert found.messages == {1: "ab"}
    assert found.unplaced == ("c",)
    assert parse_slots("plain \ud800prose", [1]).messages == {1: "plain prose"}


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("  I can't sleep. \n", "I can't sleep."),
        ("Client: I can't sleep.", "I can't sleep."),
        ("**Client:** I can't sleep.", "I can't sleep."),
        ("**client**: I can't sleep.", "I can't sleep."),
        ("来访者：我睡不着。", "我睡不着。"),
        ("Client: Client: twice", "Client: twice"),
        ("Clients: many", "Clients: many"),
        ("Clients come: many", "Clients come: many"),
        ('"I can\'t sleep."', "I can't sleep."),
        ('Client: "I can\'t sleep."', "I can't sleep."),
        ('"Client: I can\'t sleep."', "I can't sleep."),
        ("“She said “no” to me.”", "She said “no” to me."),
        ("“Yes” and “no”", "“Yes” and “no”"),
        ('"Yes" and "no"', '"Yes" and "no"'),
        ('"She said "no" to me."', 'She said "no" to me.'),
        ("'It's late'", "It's late"),
        ("「我睡不着」", "我睡不着"),
        ("```\nI can't sleep.\n```", "I can't sleep."),
        ("```text\nClient: I can't sleep.\n```", "I can't sleep."),
        ("```I can't sleep.```", "I can't sleep."),
        ("```a``` or ```b```", "```a``` or ```b```"),
        ("One\r\n\r\n\r\n \r\ntwo\rthree", "One\n\ntwo\nthree"),
        ("a\u200bb\ufeffc\x00d\x1be\u202ef\ufffe\U0001ffffg", "abcdefg"),
        ("x\ud800y", "xy"),
        ("Tab\tstays", "Tab\tstays"),
        (
            "👨\u200d👩\u200d👧 and می\u200cخواهم stay, a\u200db not",
            "👨\u200d👩\u200d👧 and می\u200cخواهم stay, ab not",
        ),
        ("a\u200db", "ab"),
        ('"', '"'),
        ('""', ""),
        ("Client:", ""),
        ("", ""),
    ],
)
def test_messages_are_cleaned(text: str, cleaned: str) -> None:
    assert clean_message(text, LABELS) == cleaned


def test_labels_are_names_and_no_patterns() -> None:
    assert clean_message("Dr. A (MD): hello", ["Dr. A (MD)", ""]) == "hello"
    assert clean_message("DrXA: hello", ["Dr.A"]) == "DrXA: hello"
    assert clean_message(": hello", []) == ": hello"


@given(st.text(alphabet=st.characters() | st.sampled_from("\"'`“”\n\r\x00\ud800\u200b:*")))
def test_a_cleaned_message_can_be_stored(text: str) -> None:
    cleaned = clean_message(text, LABELS)
    assert cleaned.encode("utf-8").decode("utf-8") == cleaned
    assert cleaned == cleaned.strip()
    assert "\n\n\n" not in cleaned
    assert not {"\r", "\x00", "\u200b"} & set(cleaned)


@given(st.lists(st.integers(1, 50), min_size=1, max_size=10, unique=True))
def test_the_schema_asks_for_one_message_a_slot(wanted: list[int]) -> None:
    schema = slot_schema(wanted)
    messages = schema["properties"]["messages"]
    assert (messages["minItems"], messages["maxItems"]) == (len(wanted), len(wanted))
    assert messages["items"]["properties"]["slot"] == {"type": "integer", "enum": wanted}
    for part in (schema, messages["items"]):
        assert part["additionalProperties"] is False
        assert part["required"] == list(part["properties"])
    json.dumps(schema)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('{"a": "}{", "b": "\\\\"} {"c": "\\"}"}', ['{"a": "}{", "b": "\\\\"}', '{"c": "\\"}"}']),
        ('A 5" screen: {"a": 1}', ['{"a": 1}']),  # quotes outside of objects say nothing
        ('\\{"a": 1} {"b": 2}', ['{"b": 2}']),
        ('{"a": {"b": 1}, "c": 2}', ['{"b": 1}']),
        ('{"a": 1, "b": "cut {"', ['{"a": 1}']),
        ('{"a": 1, "b": "cut \\', ['{"a": 1}']),
    ],
)
def test_braces_within_strings_are_no_objects(text: str, found: list[str]) -> None:
    assert [leaf for leaf, _ in leaves(text)] == found
