from __future__ import annotations

import pytest
from filter_trials import check_of, query, read_lines, reason, reply

check = check_of("refusal", roles={"user": "tenant", "assistant": "adviser"}, translations={"zh": {"adviser": "顾问"}})
LINES = [(language, *line) for language in ("en", "zh") for line in read_lines(f"refusal_lines_{language}.tsv")]
IN_REPLIES = "self_reference_in_reply"


@pytest.mark.parametrize(("language", "label", "text"), LINES)
def test_labelled_queries(language: str, label: str, text: str) -> None:
    wanted = "" if label in ("fine", IN_REPLIES) else label
    assert reason(check(query(text, language))) == wanted


@pytest.mark.parametrize(("language", "label", "text"), LINES)
def test_labelled_replies(language: str, label: str, text: str) -> None:
    wanted = {"fine": "", IN_REPLIES: "self_reference"}.get(label, label)
    assert reason(check(reply(text, language))) == wanted


def test_there_are_sixty_look_alikes_for_each_language() -> None:
    for language in ("en", "zh"):
        assert sum(line[:2] == (language, "fine") for line in LINES) >= 60


@pytest.mark.parametrize("text", ["I can't help with that.", "Sorry, I can't help with that, but tell me more."])
def test_an_opening_is_a_refusal_only_at_the_start(text: str) -> None:
    assert reason(check(reply(f'"{text}"'))) == "refusal"
    assert check(reply(f"My mother asks me to lift him. {text}")) is None


@pytest.mark.parametrize(
    "text",
    [
        "Here is a thought. As an AI, I have none.",
        "AS AN AI, I HAVE NONE.",
        "But as an\nAI I have none.",
        "作为AI，I have none.",
    ],
)
def test_a_model_is_heard_anywhere_and_in_any_case(text: str) -> None:
    assert reason(check(reply(text))) == "self_reference"


def test_english_refusals_are_found_in_chinese_rows_and_the_other_way_round() -> None:
    assert reason(check(query("I'm sorry, but I can't assist with that request.", "zh"))) == "refusal"
    assert reason(check(query("抱歉，我无法提供帮助。", "en"))) == "refusal"


def test_traditional_characters_are_read_too() -> None:
    assert reason(check(reply("抱歉，我無法提供幫助。", "zh-TW"))) == "refusal"


def test_the_detail_speaks_of_the_specs_roles() -> None:
    english, chinese = check(reply("As an AI, I cannot.")), check(reply("作为人工智能，我不能。", "zh"))
    assert english is not None
    assert chinese is not None
    assert "Write as the adviser" in english.detail
    assert english.evidence == "as an ai,"
    assert "请以顾问本人的口吻来写" in chinese.detail
