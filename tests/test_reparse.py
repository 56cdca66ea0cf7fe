"""Runs read again: real ledgers and filters; only the model that made the first run is scripted."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from synthgen.backends.composer import compose
from synthgen.backends.scripted import Scripted, prompt_of
from synthgen.calls import Request
from synthgen.errors import RunChangedError, RunError
from synthgen.hashing import content_hash, seed_of
from synthgen.recipes import Result, generate
from synthgen.reparse import reparse
from synthgen.settings import Settings
from synthgen.store.ledger import LEDGER, Ledger

SPEC = """
name: library_desk
languages: {en: 2, zh: 1}
roles: {user: reader, assistant: librarian}
translations: {zh: {reader: 读者, librarian: 馆员}}
topics:
  - {name: Loans, weight: 3, names: {zh: 借阅}}
  - {name: Fees, weight: 2, names: {zh: 费用}}
query: {words: [20, 80], batch_size: 4, examples: 1}
reply: {words: {en: [30, 120], zh: [30, 160]}}
"""
ROWS = 40


@pytest.fixture
def spec(tmp_path: Path) -> Path:
    path = tmp_path / "library.yaml"
    path.write_text(SPEC, encoding="utf-8")
    return path


def composed(request: Request) -> str:
    return compose(prompt_of(request), request.schema, seed_of(request.sampling.seed))


def misnumbered(request: Request) -> str:
    """Give the last message of a batch a slot number that nobody asked for."""
    if request.schema is None:
        return composed(request)
    found = json.loads(composed(request))
    found["messages"][-1]["slot"] = 99
    return json.dumps(found)


def made(spec: Path, answer: Any = composed) -> Result:
    return generate(Settings(topics=str(spec), n=ROWS, seed=7), spec.parent / "run", backend=Scripted(answer))


def dialogues(path: Path) -> list[Any]:
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [(row["id"].rpartition("-")[2], row["topic"], row["messages"]) for row in rows]


@pytest.mark.parametrize("answer", [composed, misnumbered])
def test_nothing_changes_where_nothing_has_changed(spec: Path, answer: Any) -> None:
    run = made(spec, answer)
    before = content_hash((run.folder / LEDGER).read_bytes())
    reread = reparse(run.folder, spec.parent / "again")
    assert all(was == now for was, now in reread.fates)
    assert reread.fates["accepted", "accepted"] == ROWS
    assert dialogues(reread.result.dataset) == dialogues(run.dataset)
    assert reread.result.summary.calls == run.summary.calls
    assert reread.result.summary.dropped == run.summary.dropped
    assert content_hash((run.folder / LEDGER).read_bytes()) == before
    assert json.loads((reread.result.folder / "run.json").read_text())["run"] != run.summary.run


def test_a_stricter_spec_opens_seats_that_generate_fills(spec: Path) -> None:
    run = made(spec)
    spec.write_text(SPEC.replace("en: [30, 120]", "en: [30, 75]"), encoding="utf-8")
    reread = reparse(run.folder, spec.parent / "again")
    assert reread.fates["accepted", "to be mended: too_long"] > 0
    kept = reread.result.summary.accepted
    assert 0 < kept < ROWS
    assert reread.result.summary.calls == run.summary.calls
    filled = generate(Settings(), reread.result.folder, backend=Scripted(composed))
    assert filled.summary.accepted == ROWS
    replies = [messages[1]["content"] for _, _, messages in dialogues(filled.dataset)]
    assert all(len(reply.split()) <= 75 for reply in replies)


def test_a_laxer_spec_takes_dropped_rows_in_where_seats_are_open(spec: Path) -> None:
    def disclaiming(request: Request) -> str:
        told = "" if request.schema or request.sampling.seed % 3 else " As an AI, I cannot visit the library."
        return composed(request) + told

    english = SPEC.replace("{en: 2, zh: 1}", "[en]").replace("en: [30, 120]", "en: [30, 160]") + "repairs: 0\n"
    spec.write_text(english + "filters: {openings: false}\n", encoding="utf-8")
    run = made(spec, disclaiming)
    # A batch of one is asked for without a schema too, so a few messages have the sentence as well.
    dropped = sum(count for name, count in run.summary.dropped.items() if name.endswith(".self_reference"))
    assert dropped > 0
    spec.write_text(english + "filters: {refusal: false, openings: false}\n", encoding="utf-8")
    reread = reparse(run.folder, spec.parent / "again")
    assert reread.fates["accepted", "accepted"] == ROWS
    refound = {now: count for (was, now), count in reread.fates.items() if was == "dropped: self_reference"}
    assert sum(refound.values()) == dropped
    # A few fail for something else: the sentence that was added makes them long.
    assert refound["surplus"] > 0.8 * dropped
    assert "dropped: self_reference" not in refound


def test_every_row_has_the_answers_that_made_it(spec: Path) -> None:
    run = made(spec, misnumbered)
    with closing(Ledger(run.folder, write=False)) as ledger:
        histories = list(ledger.histories())
    assert [row.id for row, _ in histories] == sorted(row.id for row, _ in histories)
    assert all(answers[0].purpose == "query" for _, answers in histories)
    for row, answers in histories:
        replies = [answer.text for answer in answers if answer.purpose == "reply"]
        assert bool(replies) is bool(row.reply)
        assert not replies or row.reply in replies[-1]


def test_what_cannot_be_read_again_is_told(spec: Path) -> None:
    run = made(spec)
    with pytest.raises(RunError, match="holds something already"):
        reparse(run.folder, run.folder)
    with pytest.raises(RunError, match="holds no run"):
        reparse(spec.parent / "nowhere", spec.parent / "again")
    spec.write_text(SPEC.replace("weight: 3", "weight: 30"), encoding="utf-8")
    with pytest.raises(RunChangedError, match="topics, weights, languages, facets"):
        reparse(run.folder, spec.parent / "again")
