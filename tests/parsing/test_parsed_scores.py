"""Scores in what judges answer: each number under its own metric's name, or none."""

from __future__ import annotations

import json
import random
import re
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthgen.parsing import RawScore, parse_scores, scores_schema

NAMES = {"warmth": ("Warmth", "温暖"), "open_mind": ("Open-mind & No Blame", "开放"), "order": ("Good Order", "条理")}
WHOLE = {
    "warmth": {"quote": "I am glad you wrote.", "reason": 'Says "glad", and means it.', "score": 8},
    "open_mind": {"quote": "Either is fine.", "reason": "Blames nobody.", "score": 10},
}
READ = {
    "warmth": RawScore(8, None, 'Says "glad", and means it.', "I am glad you wrote."),
    "open_mind": RawScore(10, None, "Blames nobody.", "Either is fine."),
}
LISTED = [{"metric": name, **fields} for name, fields in WHOLE.items()]


def told(text: str, **options: Any) -> dict[str, int | None]:
    return {metric: raw.points for metric, raw in parse_scores(text, NAMES, **options).items()}


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(WHOLE),
        json.dumps(WHOLE, indent=2),
        f"Here you are:\n```json\n{json.dumps(WHOLE, indent=1)}\n```\nWarmth stands out.",
        repr(WHOLE),
        json.dumps({"scores": WHOLE, "overall": 9}),
        json.dumps({"scores": LISTED}),
        json.dumps(LISTED),
        "\n".join(json.dumps(each) for each in LISTED),
        json.dumps({"Warmth": WHOLE["warmth"], "开放": [WHOLE["open_mind"]]}),
        json.dumps([{"指标": "温暖", **WHOLE["warmth"]}, {"name": "open mind", **WHOLE["open_mind"]}]),
        json.dumps(WHOLE)[:-1] + ', "order": {"quote": "Fir',
        json.dumps(WHOLE).replace("}, ", ", "),
        json.dumps(WHOLE).replace('"score"', '"Rating"').replace("8", '"8/10"').replace(": 10}", ': "１０分"}'),
        json.dumps({name: dict.fromkeys(fields, "...") for name, fields in WHOLE.items()}) + json.dumps(WHOLE),
        '### Warmth\nQuote: I am glad you wrote.\nReason: Says "glad", and means it.\nScore: 8/10\n\n'
        '### Open-mind & No Blame:\n- **Quote:** "Either is fine."\n- **Score:** 10\n- **Reason:** Blames nobody.',
    ],
)
def test_scores_are_read(text: str) -> None:
    found = parse_scores(text, NAMES)
    assert {metric: (raw.points, raw.reason, raw.quote) for metric, raw in found.items() if raw.points} == {
        metric: (raw.points, raw.reason, raw.quote) for metric, raw in READ.items()
    }


@pytest.mark.parametrize(
    "text",
    [
        '{"warmth": 8, "open_mind": 10}',
        '{warmth: {score: 8, why: "kind"}, open_mind: {score: 10}}',
        '{"warmth": "8/10 - kind", "open_mind": 10.0}',
        "Warmth: 8 - because it is kind to 2 people\nOpen-mind & No Blame: 10/10",
        "**Warmth**: 8 out of 10.\n**open_mind:** 10",
        "1. Warmth (8/10): kind\n2. Open-mind & no blame (10/10): fair",
        "| Metric | Score |\n|---|---|\n| Warmth | 8 | kind |\n| 开放 | 10 |",
        "温暖：８分，很亲切\n开放：得10分（满分10分）",
        "- 温暖评分：8/10\n- 开放 — 10",
        "Metric: Warmth\nScore: 8\nMetric: open_mind\nScore: 10 points",
    ],
)
def test_bare_scores_and_lines_are_read(text: str) -> None:
    assert told(text) == {"warmth": 8, "open_mind": 10}


@pytest.mark.parametrize("text", ["8/10", "8 / 10", "8 out of 10: kind", "8.0/10.", "8 of 10"])
def test_the_highest_point_that_is_named_is_kept(text: str) -> None:
    assert parse_scores(json.dumps({"warmth": {"score": text}}), NAMES)["warmth"].most == 10
    assert parse_scores(f"Warmth: {text}", NAMES)["warmth"].most == 10


@pytest.mark.parametrize(
    "written",
    [
        *(
            7.5,
            "7.5",
            "7,5",
            "7-8",
            "7–8",
            "7 - 8",
            "7 or 8",
            "7~8",
            "7 to 8",
            "7.5/10",
            "7.5 out of 10",
            "7:30",
            "7/2/10",
        ),
        *("seven", "八", "VII", "⑦", "٧", "8²", "7½", "70%", "about 7", "between 6 and 7", "1e1", "1234567"),
        *("", "high", "N/A", None, True, []),
    ],
)
def test_what_is_no_whole_number_is_not_made_into_one(written: Any) -> None:
    assert told(json.dumps({"warmth": {"reason": "Kind.", "score": written}})) == {"warmth": None}
    assert told(f"Warmth: {written}").get("warmth") is None


@pytest.mark.parametrize(
    "text",
    [
        '{"warmth": {"score": 8}, "warmth": {"score": 3}}',
        '{"warmth": {"score": 8, "rating": 3}}',
        '{"warmth": {"quote": "a", "reason": "b", "quote": "c", "reason": "d", "score": 3}}',
        'It holds {"warmth": {"score": 10}}, which is no reason to give that.\nWarmth: 2',
        "Warmth: 8\nWarmth: 7",
        "Warmth\nScore: 8\nScore: 7",
        '{"warmth": "8/10"} {"warmth": "8/5"}',
    ],
)
def test_a_metric_with_two_numbers_has_none(text: str) -> None:
    assert told(text) == {"warmth": None}


def test_a_reason_may_name_another_metric() -> None:
    answer = {"warmth": {"quote": "", "reason": "Not \"order\": that's 'order'.", "score": 8}, "order": {"score": 3}}
    assert told(json.dumps(answer)) == {"warmth": 8, "order": 3}
    assert told(f"So: {json.dumps(answer, indent=2)}") == {"warmth": 8, "order": 3}


@pytest.mark.parametrize(
    "text",
    [
        '{"warmth": {"quote": "It is, "reason": \'x", "score": }, "order": {"quote": "", "reason": "", "score": 3}}',
        "{'warmth': {'quote': Yours\", 'reason': 'b', 'score': 8}, 'order': {'quote': \"It's\", 'score': 3}}",
    ],
)
def test_a_missing_quote_gives_no_metric_anothers_number(text: str) -> None:
    assert told(text).get("warmth") in (None, 8)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "I cannot rate this.",
        "8",
        '{"score": 8}',
        "[8, 10, 7]",
        '[{"score": 8}, {"score": 10}]',
        "Overall: 8/10",
        "The warmth of the reply is 8.",
        '{"kindness": {"score": 8}}',
        '{"metric": "warmth", "reason": "a", "metric": "order", "score": 3}',
    ],
)
def test_a_number_without_a_metric_is_nobodys(text: str) -> None:
    assert told(text) == {}


def test_a_number_that_the_end_cuts_is_none() -> None:
    assert told('{"warmth": {"quote": "a", "reason": "b", "score": 1') == {"warmth": None}
    assert told('{"warmth": 8, "order": 1') == {"warmth": 8}
    assert told("Warmth: 8\nGood Order: 1", is_cut=True) == {"warmth": 8}
    assert told("Warmth: 8\nGood Order: 10") == {"warmth": 8, "order": 10}


def test_the_form_asks_for_reasons_before_the_number() -> None:
    schema = scores_schema(["warmth", "order"], 0, 3)
    assert list(schema["properties"]) == schema["required"] == ["warmth", "order"]
    each = schema["$defs"]["score"]
    assert list(each["properties"]) == each["required"] == ["quote", "reason", "score"]
    assert each["properties"]["score"] == {"type": "integer", "enum": [0, 1, 2, 3]}
    assert "maxLength" not in json.dumps(schema)
    assert '"maxLength": 96' in json.dumps(scores_schema(["warmth"], 1, 10, most_chars=96))


# Metrics with numbers that no single change turns into each other's.
METRICS = ("empathy", "listening", "safety", "respect", "clarity", "limits", "breadth")
NUMBERS = dict(zip(METRICS, (11, 22, 33, 44, 55, 66, 77), strict=True))
TEXTS = (
    'He says "no", she: 3.',
    "It's {fine}, 9/10.",
    "听到了：“好”。",
    "Plain words\nover two lines.",
    "",
    "Score: 99",
)


def written(random_: random.Random) -> str:
    """One of the ways in which judges write down the numbers above."""
    answer = {
        name: {"quote": random_.choice(TEXTS), "reason": random_.choice(TEXTS), "score": number}
        for name, number in NUMBERS.items()
    }
    match random_.randrange(7):
        case 0:
            return json.dumps(answer, ensure_ascii=False)
        case 1:
            return f"Sure:\n```json\n{json.dumps(answer, indent=2)}\n```"
        case 2:
            return repr({"scores": answer})
        case 3:
            return json.dumps([{"metric": name, **fields} for name, fields in answer.items()])
        case 4:
            return json.dumps({name: f"{number}/100" for name, number in NUMBERS.items()}, indent=1)
        case 5:
            return "\n".join(f"- **{name.title()}**: {number}/100 - so it is" for name, number in NUMBERS.items())
    return "\n\n".join(f"## {name}\nReason: so it is\nScore: {number}" for name, number in NUMBERS.items())


def mutated(text: str, random_: random.Random) -> str:
    for _ in range(random_.randrange(4)):
        at = random_.randrange(len(text) + 1)
        match random_.randrange(4):
            case 0:
                text = text[:at] + text[at + 1 :]
            case 1:
                text = text[:at] + random_.choice("\"'{}[]:,“”：\\\n 。x-") + text[at:]
            case 2:
                text = text[:at] + random_.choice("\"'{}[]:,x\n") + text[at + 1 :]
            case 3:
                text = text[: max(at, len(text) // 3)]
    return text


def test_no_metric_is_given_anothers_number() -> None:
    random_ = random.Random(6)
    names: dict[str, tuple[str, ...]] = dict.fromkeys(METRICS, ())
    right = 0
    for _ in range(4_000):
        text = mutated(written(random_), random_)
        for metric, raw in parse_scores(text, names).items():
            if raw.points is None:
                continue
            own = raw.points == NUMBERS[metric]
            right += own
            others = [number for name, number in NUMBERS.items() if name != metric]
            assert raw.points not in others, (metric, raw, text)
            # A change within the number itself is in the answer as it came.
            assert own or re.search(rf"(?<![0-9]){raw.points}(?![0-9])", text), (metric, raw, text)
    assert right > 15_000


@given(st.text() | st.text(alphabet="{}[]()\"'“”:,，：|/.-8 0\nwarmth温暖"), st.booleans())
def test_no_text_raises(text: str, is_cut: bool) -> None:
    assert parse_scores(text, NAMES, is_cut=is_cut) == parse_scores(text, NAMES, is_cut=is_cut)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 200_000,
        '{"warmth":' * 20_000,
        '{"warmth": {"score": 8}}' * 8_000,
        "warmth: " + " " * 190_000,
        "*_ " * 60_000,
        "- warmth: 8\n" * 16_000,
        "Warmth\n" + "Score: 8\n" * 20_000,
        "9" * 200_000,
        '{"warmth": "' + " *" * 90_000 + '"}',
    ],
)
def test_the_worst_answers_are_read_in_a_moment(text: str) -> None:
    begun = time.process_time()
    parse_scores(text, NAMES)
    assert time.process_time() - begun < 20  # a bound for a square, not a timing
