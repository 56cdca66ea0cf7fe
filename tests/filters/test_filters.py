from __future__ import annotations

import pytest
from filter_trials import query, reply, spec_of
from hypothesis import given
from hypothesis import strategies as st

from synthgen.errors import SpecError
from synthgen.filters import FILTERS, build_checks
from synthgen.filters.check import EVIDENCE_CHARS, drop, snippet
from synthgen.records import Candidate

# Text that comes near to what the filters look for, so that their branches are met.
BITS = st.sampled_from(
    [
        "I can't help with that request.",
        "As an AI,",
        "[Name]",
        "Client:",
        "want to die",
        "call 988 now",
        "It sounds like",
        "\n- ",
        "想死",
        "作为人工智能，",
        "【姓名】",
        "来访者：",
        "马上拨打120",
        "抱歉，我无法",
        "“",
        '"',
        "1.",
        "\ud7ff",
        "\u200d",
        "İ",
        "ß",
        "輕生",
    ]
)
TEXTS = st.lists(st.text(max_size=40) | BITS, max_size=12).map(" ".join)
CANDIDATES = st.builds(
    Candidate,
    stage=st.sampled_from(["query", "reply"]),
    text=TEXTS,
    language=st.sampled_from(["en", "zh", "zh-TW", "ja", "de"]),
    query=TEXTS,
    finish=st.sampled_from(["stop", "length", "content_filter", ""]),
    risk=st.booleans(),
)
SPEC = spec_of(
    reply={"banned_openers": {"*": ["It", "I'm sorry"], "zh": ["我理解"]}}, roles={"user": "(a+b", "assistant": "客服"}
)


def refused(**filters: object) -> str:
    with pytest.raises(SpecError) as caught:
        build_checks(spec_of(filters=filters), plain=False)
    return str(caught.value)


def test_every_filter_is_on_by_default() -> None:
    assert len(build_checks(spec_of(), plain=False)) == len(FILTERS)


@pytest.mark.parametrize("name", FILTERS)
def test_false_switches_one_filter_off(name: str) -> None:
    assert len(build_checks(spec_of(filters={name: False}), plain=False)) == len(FILTERS) - 1


def test_true_and_an_empty_mapping_leave_a_filter_on() -> None:
    assert len(build_checks(spec_of(filters={"echo": True, "leak": {}}), plain=False)) == len(FILTERS)


def test_options_reach_their_filter() -> None:
    copy = reply("one two three four five six seven", query="one two three four five six seven eight")
    at = list(FILTERS).index("echo")
    strict = build_checks(spec_of(filters={"echo": {"run": 6, "share": 1}}), plain=False)[at]
    lax = build_checks(spec_of(filters={"echo": {"run": 9, "share": 1}}), plain=False)[at]
    assert strict(copy) is not None
    assert lax(copy) is None


def test_an_unknown_filter_is_refused_with_what_is_allowed() -> None:
    message = refused(toxicity={"max": 1})
    assert message.startswith("filters.toxicity: no such filter, only alternation, openers, ")
    assert "got {'max': 1}" in message


@pytest.mark.parametrize(
    ("filters", "start"),
    [
        ({"echo": {"runs": 3}}, "filters.echo.runs: no such option, only run, share, example_run, example_share, got "),
        ({"refusal": {"slack": 0.1}}, "filters.refusal.slack: no such option, refusal has none, got 0.1."),
        ({"echo": {"run": "long"}}, "filters.echo.run: must be a whole number from 5 to 200, got 'long'."),
        ({"echo": {"run": 12.5}}, "filters.echo.run: must be a whole number from 5 to 200, got 12.5."),
        ({"echo": {"run": True}}, "filters.echo.run: must be a whole number from 5 to 200, got True."),
        ({"echo": {"run": 4}}, "filters.echo.run: must be a whole number from 5 to 200, got 4."),
        ({"echo": {"share": 1.5}}, "filters.echo.share: must be a number from 0.05 to 1, got 1.5."),
        ({"echo": {"share": float("nan")}}, "filters.echo.share: must be a number from 0.05 to 1, got nan."),
        ({"echo": {"share": None}}, "filters.echo.share: must be a number from 0.05 to 1, got None."),
    ],
)
def test_an_option_that_cannot_be_is_refused(filters: dict[str, object], start: str) -> None:
    assert refused(**filters).startswith(start)


def test_a_refusal_is_told_as_one_and_not_as_too_short() -> None:
    checks = build_checks(spec_of(), plain=False)
    drops = [found for check in checks if (found := check(reply("I'm sorry, but I can't assist with that request.")))]
    assert [found.reason for found in drops] == ["refusal", "too_short"]


@pytest.mark.parametrize(
    ("language", "detail"), [("en", "Mend it."), ("zh", "请修改。"), ("zh-TW", "请修改。"), ("de", "Mend it.")]
)
def test_a_drop_is_told_in_chinese_to_who_writes_chinese(language: str, detail: str) -> None:
    assert drop(query("x", language), "fault", en="Mend it.", zh="请修改。").detail == detail


@given(st.text(max_size=2000))
def test_a_snippet_is_one_short_line(text: str) -> None:
    assert len(snippet(text)) <= EVIDENCE_CHARS
    assert len(snippet(text).splitlines()) <= 1


@given(CANDIDATES, st.booleans())
def test_checks_are_pure_and_their_drops_complete(candidate: Candidate, plain: bool) -> None:
    for check in build_checks(SPEC, plain):
        found = check(candidate)
        assert found == check(candidate)
        if found is not None:
            assert found.stage == candidate.stage
            assert found.reason.isidentifier()
            assert found.detail
            assert found.repairable
            assert len(found.evidence) <= EVIDENCE_CHARS
