"""The memo step: a report is told as a memo, which stays with the row and is none of its messages."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest
from talk_spec import TALKS, talk_slot

from synthgen.calls import Reply, Request, Sampling, Usage
from synthgen.prompts import Prompts
from synthgen.records import Row, State
from synthgen.steps.memo import WORDS, Memo
from synthgen.steps.style import Style

TEMPLATES = Path(__file__).parents[2] / "templates"
REPORT = "The tenant wrote {{ twice }}. Nobody came."


def memo() -> Memo:
    return Memo(TALKS, Prompts([TEMPLATES]), Style(False, Sampling(max_tokens=0)), 1, lambda slot: REPORT)


def test_a_row_is_due_until_it_has_its_memo() -> None:
    row = Row("1", talk_slot())
    assert memo().is_due(row)
    assert not memo().is_due(replace(row, memo="Person: a tenant."))


@pytest.mark.parametrize(("language", "band"), [("en", "Between 120 and 320 words"), ("zh", "200 到 500 字")])
def test_the_report_is_the_user_turn_and_the_length_is_told(language: str, band: str) -> None:
    request, template = memo().draft_request(talk_slot(language=language))
    assert template == f"memo/{language}.j2"
    assert request.purpose == "memo"
    assert request.messages[1].content.endswith(f"\n\n{REPORT}")
    assert band in request.messages[0].content
    assert request.sampling.max_tokens > WORDS["zh" if language == "zh" else "*"][1]


def test_a_run_gives_the_row_its_memo_and_no_message() -> None:
    class Desk:
        async def generate(self, request: Request, template: str) -> Reply:
            return Reply("```\n**Memo:** Person: a tenant.\n```", "stop", Usage(1, 1), "fake")

    row = asyncio.run(memo().run(Row("1", talk_slot()), Desk()))
    assert (row.memo, row.messages, row.state, row.drop) == ("Person: a tenant.", (), State.DRAFTED, None)


@pytest.mark.parametrize(("text", "finish"), [("", "stop"), (" \n", "stop"), ("Person: a ten", "length")])
def test_a_memo_that_is_not_whole_is_asked_for_again(text: str, finish: str) -> None:
    row = memo().with_text(Row("1", talk_slot()), text, finish)
    assert row.memo == ""
    assert row.drop is not None
    assert (row.drop.reason, row.drop.repairable) == ("no_memo", True)
    assert memo().is_due(row)
    first, again = memo().draft_request(row.slot)[0], memo().request(row)[0]
    assert first.messages == again.messages
    assert first.sampling.seed != again.sampling.seed
