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
from synthgen.formats.sources import LEDGER
from synthgen.hashing import content_hash, seed_of
from synthgen.recipes import Result, generate
from synthgen.records import Row, State
from synthgen.reparse import reparse
from synthgen.settings import Settings
from synthgen.store.ledger import Ledger

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


def gated(spec: Path, out: str, least: float, answer: Any = None, **options: Any) -> Result:
    wanted = Settings(topics=str(spec), n=12, seed=7, judge_model="scripted", min_score=least, **options)
    return generate(wanted, spec.parent / out, backend=Scripted(answer or judging))


def judging(request: Request) -> str:
    """Give every second row that is judged twos, the others eights."""
    if request.purpose != "judge":
        return composed(request)
    points = 2 if seed_of(request.messages[-1].content) % 2 else 8
    found = json.loads(composed(request))
    return json.dumps({metric: verdict | {"score": points} for metric, verdict in found.items()})


def rows_in(folder: Path, *states: State) -> list[Row]:
    with closing(Ledger(folder, write=False)) as ledger:
        return list(ledger.rows(*states))


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


def test_rows_that_a_judge_held_up_stay_out(spec: Path) -> None:
    run = gated(spec, "run", 9.9)
    assert run.summary.accepted == 0
    assert run.summary.dropped["reply.low_score"] >= 12
    reread = reparse(run.folder, spec.parent / "again")
    assert reread.result.summary.accepted == 0
    assert reread.result.summary.dropped == run.summary.dropped
    assert all(was == now for was, now in reread.fates)


def test_judged_rows_keep_their_scores(spec: Path) -> None:
    run = gated(spec, "run", 5)
    assert run.summary.dropped["reply.low_score"] > 0
    reread = reparse(run.folder, spec.parent / "again")
    assert reread.fates["accepted", "accepted"] == 12
    assert all(was == now for was, now in reread.fates)
    judged, again = (rows_in(folder, State.ACCEPTED) for folder in (run.folder, reread.result.folder))
    assert all(set((row.judgement.scores or {}).values()) == {8} for row in again)
    assert [row.judgement for row in again] == [row.judgement for row in judged]
    # The gate is among what the new run is made by.
    filled = generate(Settings(), reread.result.folder, backend=Scripted(judging))
    assert (filled.was_finished, filled.summary.calls) == (True, run.summary.calls)


def test_what_no_judge_has_seen_waits_for_one(spec: Path) -> None:
    def wordy(request: Request) -> str:
        is_wordy = request.purpose == "reply" and request.sampling.seed % 16
        return judging(request) + " As an AI, I cannot visit the library." * bool(is_wordy)

    english = SPEC.replace("{en: 2, zh: 1}", "[en]").replace("en: [30, 120]", "en: [30, 160]") + "repairs: 0\n"
    spec.write_text(f"{english}filters: {{openings: false}}\n", encoding="utf-8")
    run = gated(spec, "run", 5, wordy)
    assert 0 < run.summary.accepted < 12
    assert run.summary.dropped["reply.self_reference"] > 12
    spec.write_text(f"{english}filters: {{openings: false, refusal: false}}\n", encoding="utf-8")
    reread = reparse(run.folder, spec.parent / "again")
    assert reread.fates["dropped: self_reference", "replied"] > 0
    assert ("dropped: self_reference", "accepted") not in reread.fates
    assert reread.fates["accepted", "accepted"] == reread.result.summary.accepted == run.summary.accepted
    judged = generate(Settings(), reread.result.folder, backend=Scripted(judging))
    assert judged.summary.accepted > run.summary.accepted
    assert rows_in(judged.folder, State.REPLIED) == []
    for row in rows_in(judged.folder, State.ACCEPTED):
        assert row.judgement.scores is not None
        assert min(row.judgement.scores.values()) == 8


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
