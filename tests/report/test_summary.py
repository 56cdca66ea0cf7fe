from __future__ import annotations

import asyncio
import json
import platform
from contextlib import closing
from importlib import metadata

import pytest

from synthgen.calls import Call, Reply, Request, Sampling, Usage
from synthgen.records import Cell, Drop, Row, Slot, State, Turn
from synthgen.report.roles import Role
from synthgen.report.summary import run_record, summarize_ledger
from synthgen.store.ledger import Ledger

RENT, REPAIRS, NOISE = Cell("Rent", "en"), Cell("Repairs", "en"), Cell("Noise", "zh")
TARGETS = [["Rent", "en", 3], ["Repairs", "en", 1], ["Noise", "zh", 2], ["Pets", "en", 0]]


def row_of(number, cell, state, seat=0, drop=None):
    return Row(f"ab12-{number:06d}", Slot(cell, seat, 0, {}), (Turn("user", "Hello"),), state, drop=drop)


def call_of(model, cost):
    request = Request("query", Sampling(10), text="Topic:")
    return Call(request, Reply("Hello", "stop", Usage(100, 20), model), "openai:x", "query/en.j2", "h", cost, 1.0)


def dropped(stage, reason):
    return Drop(stage, reason, "It does not pass.")


@pytest.fixture
def ledger(tmp_path):
    rows = [
        row_of(1, RENT, State.ACCEPTED, 0),
        row_of(2, RENT, State.ACCEPTED, 1),
        row_of(3, REPAIRS, State.ACCEPTED, 0),
        row_of(4, REPAIRS, State.SURPLUS, 0),
        row_of(5, NOISE, State.DROPPED, 0, dropped("query", "length")),
        row_of(6, NOISE, State.DROPPED, 1, dropped("query", "length")),
        row_of(7, RENT, State.DROPPED, 2, dropped("reply", "refusal")),
        row_of(8, NOISE, State.DRAFTED, 0),
        row_of(9, NOISE, State.REPLIED, 1),
    ]

    async def write():
        with closing(Ledger(tmp_path / "run", write=True)) as ledger:
            await ledger.note(run="ab12", recipe="generate", spec={"name": "tenants", "hash": "h"}, targets=TARGETS)
            await ledger.note(status="interrupted", fakes=["openai:x"], seconds=12.5, settings={"n": 6}, totals=[6])
            await ledger.commit([call_of("tiny", 0.25), call_of("big", 0.5)], rows)

    asyncio.run(write())
    with closing(Ledger(tmp_path / "run", write=False)) as ledger:
        yield ledger


def test_a_summary_counts_what_the_ledger_holds(ledger):
    summary = summarize_ledger(ledger)
    assert (summary.run, summary.recipe, summary.spec, summary.status) == ("ab12", "generate", "tenants", "interrupted")
    assert (summary.wanted, summary.accepted, summary.surplus, summary.pending) == (6, 3, 1, 2)
    assert summary.dropped == {"query.length": 2, "reply.refusal": 1}
    assert list(summary.dropped) == ["query.length", "reply.refusal"]  # the most frequent first
    assert summary.cells == {RENT: (2, 3), REPAIRS: (1, 1), NOISE: (0, 2)}  # a cell that is not wanted is no cell
    assert summary.shortfall == {RENT: 1, NOISE: 2}
    assert summary.models == ("big", "tiny")
    assert summary.roles == (Role("made", ("big", "tiny"), ("big", "tiny")),)
    assert (summary.calls, summary.prompt_tokens, summary.completion_tokens) == (2, 200, 40)
    assert (summary.cost, summary.seconds, summary.fake) == (0.75, 12.5, True)


def test_a_record_is_json_with_figures_settings_and_versions(ledger):
    record = json.loads(json.dumps(run_record(summarize_ledger(ledger), ledger.meta())))
    assert record["accepted"] == 3
    assert record["roles"] == {"made": {"models": ["big", "tiny"], "fakes": ["big", "tiny"]}}
    assert record["shortfall"] == {"Rent (en)": 1, "Noise (zh)": 2}
    assert record["cells"][0] == {"topic": "Rent", "language": "en", "accepted": 2, "wanted": 3}
    assert sum(cell["wanted"] for cell in record["cells"]) == record["wanted"]
    assert (record["settings"], record["totals"], record["spec"]["name"]) == ({"n": 6}, [6], "tenants")
    assert record["versions"]["python"] == platform.python_version()
    assert record["versions"]["openai"] == metadata.version("openai")
    assert record["created"] is None


def test_a_run_that_was_only_just_begun_has_a_summary(tmp_path):
    Ledger(tmp_path, write=True).close()
    with closing(Ledger(tmp_path, write=False)) as ledger:
        summary = summarize_ledger(ledger)
    assert (summary.run, summary.status, summary.wanted, summary.accepted) == ("", "interrupted", 0, 0)
    assert (summary.shortfall, summary.models, summary.roles, summary.fake) == ({}, (), (), False)
    assert run_record(summary, {})["cells"] == []
