"""The generate recipe end to end: real ledger, real templates, real filters; only the model is scripted."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from synthgen.backends.composer import compose
from synthgen.backends.scripted import Scripted, prompt_of
from synthgen.calls import Reply, Request, Usage
from synthgen.errors import AuthError, BudgetError, RunChangedError, RunLockedError, ServerError
from synthgen.hashing import seed_of
from synthgen.recipes import Result, generate
from synthgen.records import Row, State
from synthgen.settings import Settings
from synthgen.store.ledger import Ledger

SPEC = """
name: library_desk
languages: {en: 2, zh: 1}
roles: {user: reader, assistant: librarian}
translations:
  zh: {reader: 读者, librarian: 馆员, tone: 语气, calm: 平静, upset: 着急, place: 地点, branch: 分馆, online: 网上}
facets: {tone: {calm: 2, upset: 1}, place: [branch, online]}
topics:
  - {name: Loans, weight: 3, names: {zh: 借阅}}
  - {name: Fees, weight: 2, names: {zh: 费用}}
  - {name: Rooms, weight: 1, names: {zh: 房间}}
query: {words: [20, 80], batch_size: 4, examples: 1}
reply: {words: {en: [30, 120], zh: [30, 160]}}
"""

Answer = Callable[[Request], str]


@pytest.fixture
def spec(tmp_path: Path) -> str:
    path = tmp_path / "library.yaml"
    path.write_text(SPEC, encoding="utf-8")
    return str(path)


def composed(request: Request) -> str:
    return compose(prompt_of(request), request.schema, seed_of(request.sampling.seed))


def run(spec: str, out: Path, answer: Any = composed, n: int = 60, **options: Any) -> Result:
    settings = Settings(topics=spec, n=n, seed=7, **options)
    return generate(settings, out, backend=Scripted(answer))


def rows_of(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.dataset.read_text(encoding="utf-8").splitlines()]


def test_counts_and_facets_are_exact(spec: str, tmp_path: Path) -> None:
    result = run(spec, tmp_path / "run", n=90)
    rows = rows_of(result)
    assert result.summary.status == "done"
    assert Counter((row["topic"], row["language"]) for row in rows) == {
        ("Loans", "en"): 30, ("Loans", "zh"): 15, ("Fees", "en"): 20, ("Fees", "zh"): 10, ("Rooms", "en"): 10,
        ("Rooms", "zh"): 5,
    }  # fmt: skip
    assert Counter(row["facets"]["tone"] for row in rows) == {"calm": 60, "upset": 30}
    assert Counter(row["facets"]["place"] for row in rows) == {"branch": 45, "online": 45}


def test_a_row_says_where_it_came_from(spec: str, tmp_path: Path) -> None:
    result = run(spec, tmp_path / "run", n=6)
    record = json.loads((result.folder / "run.json").read_text())
    for row in rows_of(result):
        assert [message["role"] for message in row["messages"]] == ["user", "assistant"]
        assert row["source"] == {"kind": "generate", "fake": True}
        assert row["provenance"]["models"] == ["scripted"]
        assert row["provenance"]["run"] == record["run"]
        for template in row["provenance"]["templates"]:
            name, _, digest = template.partition("@")
            assert record["templates"][name] == digest
    assert record["accepted"] == record["wanted"] == 6
    assert record["shortfall"] == {}


def test_drops_are_refilled_and_kept_as_evidence(spec: str, tmp_path: Path) -> None:
    def answer(request: Request) -> str:
        fails = request.purpose == "reply" and seed_of("fails", request.sampling.seed) % 3 == 0
        return "As an AI language model, I cannot help with that." if fails else composed(request)

    result = run(spec, tmp_path / "run", answer, n=60)
    assert len(rows_of(result)) == 60
    with_evidence = [row for row in ledger_rows(result, State.DROPPED) if row.drop and row.drop.evidence]
    assert with_evidence or result.summary.calls > 75
    # Every failed reply was told its fault and mended up to twice before its row was dropped.
    assert all(row.repairs == 2 for row in with_evidence if row.drop and row.drop.stage == "reply")


def test_a_repair_names_the_fault_and_shows_the_text(spec: str, tmp_path: Path) -> None:
    seen: list[Request] = []

    def answer(request: Request) -> str:
        seen.append(request)
        is_first_reply = request.purpose == "reply" and len(request.messages) == 2
        return "Too short." if is_first_reply else composed(request)

    result = run(spec, tmp_path / "run", answer, n=6)
    repairs = [request for request in seen if request.purpose == "reply" and len(request.messages) > 2]
    assert len(rows_of(result)) == 6
    assert repairs
    for request in repairs:
        assert request.messages[2].content == "Too short."
        assert "2 words" in request.messages[3].content or "字" in request.messages[3].content


def test_a_doubled_message_is_dropped_before_a_reply_is_bought(spec: str, tmp_path: Path) -> None:
    same = (
        "Yesterday the machine at your branch refused my reader card twice although I had paid every fee in March. "
        "The letter on my desk says the account is open. Could you tell me what went wrong?"
    )
    replies: list[str] = []

    def answer(request: Request) -> str:
        if request.purpose == "reply":
            replies.append(prompt_of(request))
        elif request.schema and seed_of(request.sampling.seed) % 2 == 0:
            found = json.loads(composed(request))
            found["messages"][0]["message"] = same
            return json.dumps(found)
        return composed(request)

    result = run(spec, tmp_path / "run", answer, n=60)
    assert result.summary.dropped["query.duplicate"] > 0
    assert sum(same in prompt for prompt in replies) <= 1
    assert sum(row["messages"][0]["content"] == same for row in rows_of(result)) <= 1


def test_slots_are_placed_by_number_and_the_rest_is_unplaced(spec: str, tmp_path: Path) -> None:
    def answer(request: Request) -> str:
        if request.schema is None:
            return composed(request)
        found = json.loads(composed(request))
        for item in found["messages"]:
            item["message"] += f" (slot {item['slot']} of topic)"
        found["messages"].reverse()
        found["messages"][0]["slot"] = 99
        return json.dumps(found)

    result = run(spec, tmp_path / "run", answer, n=30, batch_size=3)
    assert result.summary.dropped["query.unplaced"] == result.summary.dropped["query.no_message"] > 0
    assert len(rows_of(result)) == 30


def test_a_cell_that_cannot_be_filled_is_told_and_costs_nothing_else(spec: str, tmp_path: Path) -> None:
    def answer(request: Request) -> str:
        rooms = "Rooms" in prompt_of(request) and request.schema is None and request.purpose == "query"
        return "No." if rooms else composed(request)

    result = run(spec, tmp_path / "run", answer, n=12, batch_size=1, languages="en")
    assert result.summary.status == "shortfall"
    assert {cell.topic: lacking for cell, lacking in result.summary.shortfall.items()} == {"Rooms": 2}
    assert len(rows_of(result)) == 10


def test_a_finished_run_does_nothing_and_a_larger_n_extends_it(spec: str, tmp_path: Path) -> None:
    first = run(spec, tmp_path / "run", n=30)
    rows, calls = rows_of(first), first.summary.calls
    again = run(spec, tmp_path / "run", n=30)
    assert again.was_finished
    assert again.summary.calls == calls
    larger = run(spec, tmp_path / "run", n=45)
    assert rows_of(larger)[:30] == rows
    assert Counter(row["facets"]["tone"] for row in rows_of(larger)) == {"calm": 30, "upset": 15}


def test_rows_left_under_way_in_a_full_run_become_surplus(spec: str, tmp_path: Path) -> None:
    full = run(spec, tmp_path / "run", n=12)
    ledger = Ledger(full.folder, write=True)
    try:
        row = next(ledger.rows(State.ACCEPTED))
        left = replace(row, id=f"{ledger.run}-999999", state=State.DRAFTED, messages=row.messages[:1])
        asyncio.run(put(ledger, left))
    finally:
        ledger.close()
    again = run(spec, tmp_path / "run", n=12)
    assert (again.summary.pending, again.summary.surplus) == (0, full.summary.surplus + 1)
    assert again.summary.calls == full.summary.calls


def test_changes_are_refused_with_the_difference_unless_accepted(spec: str, tmp_path: Path) -> None:
    out = tmp_path / "run"
    run(spec, out, n=12)
    with pytest.raises(RunChangedError, match=r"making.temperature: unset is now 0.3"):
        run(spec, out, n=18, temperature=0.3)
    settings = Settings(topics=spec, n=18, seed=7, temperature=0.3)
    assert generate(settings, out, backend=Scripted(composed), accept_changes=True).summary.accepted == 18
    with pytest.raises(RunChangedError, match="--seed 7, now 8"):
        generate(Settings(seed=8), out, backend=Scripted(composed))
    with pytest.raises(RunChangedError, match="less"):
        generate(Settings(n=5), out, backend=Scripted(composed))
    Path(spec).write_text(SPEC.replace("weight: 3", "weight: 5"), encoding="utf-8")
    with pytest.raises(RunChangedError, match="topics, weights"):
        generate(Settings(n=20), out, backend=Scripted(composed), accept_changes=True)


def test_an_error_stops_the_run_and_the_same_command_goes_on(spec: str, tmp_path: Path) -> None:
    def wrong_key(request: Request) -> None:
        if request.purpose == "reply":
            raise AuthError("the key was refused.")

    settings = Settings(topics=spec, n=30, seed=7)
    stopped = generate(settings, tmp_path / "run", backend=Scripted(composed, fail=wrong_key))
    assert isinstance(stopped.error, AuthError)
    assert stopped.summary.status == "error"
    drafted = stopped.summary.pending
    assert drafted > 0
    done = run(spec, tmp_path / "run", n=30)
    assert done.summary.status == "done"
    # What was drafted before the error was not asked for again.
    assert done.summary.calls < stopped.summary.calls + 30 + 30


def test_a_request_that_always_fails_costs_its_row_only(spec: str, tmp_path: Path) -> None:
    failing: set[int] = set()

    def flaky(request: Request) -> None:
        seed = request.sampling.seed or 0
        if request.purpose == "reply" and (seed in failing or (len(failing) < 2 and seed % 5 == 0)):
            failing.add(seed)
            raise ServerError("the server failed.", retry_after=0.03)

    settings = Settings(topics=spec, n=30, seed=7, concurrency=4)
    result = generate(settings, tmp_path / "run", backend=Scripted(composed, latency=0.01, fail=flaky))
    assert result.summary.status == "done"
    assert result.summary.dropped["reply.call_failed"] == len(failing) > 0


def test_a_budget_holds_and_more_of_it_goes_on(spec: str, tmp_path: Path) -> None:
    def answer(request: Request) -> Reply:
        text = composed(request)
        return Reply(text, "stop", Usage(50, min(request.sampling.max_tokens, len(text) // 3)), "scripted")

    stopped = run(spec, tmp_path / "run", answer, n=60, max_tokens_total=9_000)
    assert isinstance(stopped.error, BudgetError)
    assert stopped.summary.status == "budget"
    assert 5_000 < stopped.summary.prompt_tokens + stopped.summary.completion_tokens <= 9_000
    done = run(spec, tmp_path / "run", answer, n=60, max_tokens_total=10**7)
    assert done.summary.status == "done"


def test_a_message_of_risk_needs_immediate_help_in_the_reply(spec: str, tmp_path: Path) -> None:
    def answer(request: Request) -> str:
        if request.purpose == "query" and request.schema is None:
            return composed(request) + " I want to kill myself tonight and nobody at the library knows it."
        return compose("An answer between 30 and 120 words.", None, seed_of(request.sampling.seed))

    result = run(spec, tmp_path / "run", answer, n=4, batch_size=1, languages="en")
    assert result.summary.accepted == 0
    assert result.summary.dropped["reply.missing_crisis_guidance"] > 0

    def helpful(request: Request) -> str:
        if request.purpose == "query":
            return composed(request) + " I want to kill myself tonight and nobody at the library knows it."
        return composed(request)

    result = run(spec, tmp_path / "helpful", helpful, n=4, batch_size=1, languages="en")
    assert [row["risk"] for row in rows_of(result)] == [True] * 4


def test_two_processes_cannot_share_a_run(spec: str, tmp_path: Path) -> None:
    run(spec, tmp_path / "run", n=6)
    held = Ledger(tmp_path / "run", write=True)
    try:
        with pytest.raises(RunLockedError, match="process"):
            run(spec, tmp_path / "run", n=12)
    finally:
        held.close()


def test_it_runs_inside_a_running_loop(spec: str, tmp_path: Path) -> None:
    async def notebook() -> Result:
        return run(spec, tmp_path / "run", n=6)

    assert asyncio.run(notebook()).summary.accepted == 6


async def put(ledger: Ledger, row: Row) -> None:
    await ledger.commit([], [row])


def ledger_rows(result: Result, *states: State) -> list[Any]:
    ledger = Ledger(result.folder, write=False)
    try:
        return list(ledger.rows(*states))
    finally:
        ledger.close()
