"""`synthgen runs` and `synthgen why`: what is told of a run and of each of its rows."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from cli_trials import SPEC, Outcome, rows_of, write_spec
from talk_trials import ENGLISH
from talk_trials import run as make
from talk_trials import write_spec as write_talks

from synthgen.backends.composer import compose
from synthgen.calls import Request
from synthgen.hashing import seed_of
from synthgen.records import Row, State
from synthgen.store.ledger import Ledger

Synthgen = Callable[..., Outcome]


@pytest.fixture
def run(synthgen: Synthgen, serve: Callable[..., str], tmp_path: Path) -> Path:
    """A run in outputs/ with rows of every kind: half of what the server writes is bad, and repairs are off."""
    spec = write_spec(tmp_path / "ferry.yaml", SPEC + "repairs: 0\ndrafts_per_row: 20\n")
    model = ("--model", "openai:x", "--base-url", serve("--bad-share", "0.5", "--seed", "3"), "--concurrency", 4)
    told = synthgen("generate", "--topics", spec, "--n", 30, *model, "--out", "outputs/ferry", "-q")
    assert told.code == 0
    return tmp_path / "outputs" / "ferry"


def row_in(folder: Path, state: State) -> Row:
    with closing(Ledger(folder, write=False)) as ledger:
        return next(iter(ledger.rows(state)))


def test_runs_are_listed_and_found_by_folder_name_and_id(synthgen: Synthgen, run: Path) -> None:
    listed = synthgen("runs", "list").out
    assert "ferry" in listed
    assert "30 of 30" in listed
    record = json.loads((run / "run.json").read_text())
    for name in (run, "ferry", "fer", record["run"]):
        told = synthgen("runs", "show", name)
        assert (told.code, told.err) == (0, "")
        assert record["run"] in told.out
    shown = json.loads(synthgen("runs", "show", "ferry", "--json").out)
    assert shown["accepted"] == 30
    assert shown["process"] is None


def test_two_runs_that_begin_alike_are_told_apart(synthgen: Synthgen, run: Path) -> None:
    synthgen("generate", "--model", "scripted", "--n", 3, "--out", "outputs/ferry-two")
    assert "ferry, ferry-two" in synthgen("runs", "show", "fer").error


def test_no_runs_is_said(synthgen: Synthgen) -> None:
    told = synthgen("runs", "list")
    assert (told.code, told.out) == (0, "")
    assert "No runs in outputs/" in told.err


def test_accepted_row_tells_its_calls_models_prompts_and_filters(synthgen: Synthgen, run: Path) -> None:
    row = rows_of(run)[0]
    told = synthgen("why", row["id"])
    assert (told.code, told.err) == (0, "")
    assert told.out.startswith(f"row {row['id']}: accepted\n")
    for call in row["provenance"]["calls"]:
        assert f"call {call}: " in told.out
    for stage in ("query", "reply"):
        assert f"filters of the {stage}: passed alternation, openers, " in told.out
        assert f"{stage} by x (openai:x)" in told.out
        assert f"template {stage}/en.j2@sha256:" in told.out
    # Nothing is compared by `why`.
    assert "duplicates" not in told.out
    assert row["topic"] in told.out
    assert "see -v" in told.out
    assert row["messages"][0]["content"] in told.out
    whole = synthgen("why", row["id"], "-v").out
    assert "see -v" not in whole
    assert "answer:" in whole
    number = row["id"].rpartition("-")[2]
    assert synthgen("why", number, "--run", "ferry").out == told.out


def test_dropped_row_tells_its_fault_and_what_it_looked_like(synthgen: Synthgen, run: Path) -> None:
    row = row_in(run, State.DROPPED)
    assert row.drop is not None
    told = synthgen("why", row.id)
    assert told.code == 0
    assert told.out.startswith(f"row {row.id}: dropped at the {row.drop.stage}: {row.drop.reason}\n  {row.drop.detail}")
    assert row.query in told.out
    assert f" as {row.drop.reason}\n" in told.out


def test_repairs_of_all_texts_of_a_row_are_told(synthgen: Synthgen, serve: Callable[..., str], spec: Path) -> None:
    model = ("--model", "openai:x", "--base-url", serve("--bad-share", "0.4", "--seed", "5"), "--concurrency", 4)
    synthgen("generate", "--topics", spec, "--n", 12, *model, "--out", "mended", "-q")
    made = rows_of(Path("mended"))
    repairs = [len(row["provenance"]["calls"]) - len(row["messages"]) for row in made]
    assert max(repairs) > 0
    for row, count in zip(made, repairs, strict=True):
        assert f"\nrepairs: {count}\n" in synthgen("why", row["id"], "--run", "mended").out


def test_models_are_told_by_what_they_did(synthgen: Synthgen, serve: Callable[..., str], spec: Path) -> None:
    options = ("--topics", spec, "--n", 6, "--model", "openai:big", "--base-url", serve(), "--min-score", 1)
    made = synthgen("generate", *options, "--judge-model", "scripted", "--out", "gated")
    told = "made by big, judged by scripted (fake: no real model judged these rows)"
    assert f"library_desk: done, {told}" in made.err
    assert told in synthgen("runs", "show", "gated").out
    record = json.loads(Path("gated/run.json").read_text(encoding="utf-8"))
    assert record["roles"]["judged"] == {"models": ["scripted"], "fakes": ["scripted"]}
    assert record["fake"] is False
    assert {row["source"]["fake"] for row in rows_of(Path("gated"))} == {False}


def test_a_judge_of_two_who_is_a_fake_is_named(synthgen: Synthgen, serve: Callable[..., str], spec: Path) -> None:
    url = serve()
    synthgen("generate", "--topics", spec, "--n", 3, "--model", "openai:big", "--base-url", url, "--out", "made", "-q")
    two = ("--model", "scripted", "--second-model", "openai:big", "--base-url", url)
    assert "done, judged by big, scripted (fake: scripted)" in synthgen("judge", "made", *two, "--out", "scored").err


def test_a_talk_is_asked_about_as_it_was_in_the_run(synthgen: Synthgen, tmp_path: Path) -> None:
    """A topic at risk makes its talks so, also those that were dropped before anything was seen in them."""

    def careless(request: Request) -> str:
        return compose("A conversation.", request.schema, seed_of(request.sampling.seed))

    spec = write_talks(tmp_path, ENGLISH.replace("weight: 2", "weight: 2, risk: true") + "repairs: 0\n")
    result = make(spec, tmp_path / "run", careless, n=4, turns="4")
    with closing(Ledger(result.folder, write=False)) as ledger:
        dropped = [row for row in ledger.rows(State.DROPPED) if row.drop]
    unguided = [row.id for row in dropped if row.drop and row.drop.reason == "missing_crisis_guidance"]
    assert unguided
    for row in unguided[:3]:
        told = synthgen("why", row, "--run", result.folder)
        assert "; stopped by crisis as missing_crisis_guidance\n" in told.out


def test_row_is_told_by_the_spec_of_its_run_though_the_file_has_gone(
    synthgen: Synthgen, run: Path, tmp_path: Path
) -> None:
    row = rows_of(run)[0]["id"]
    before = synthgen("why", row).out
    (tmp_path / "ferry.yaml").unlink()
    assert synthgen("why", row) == Outcome(0, before, "")


def test_row_of_another_run_is_refused(synthgen: Synthgen, run: Path) -> None:
    assert "is run" in synthgen("why", "otherrun-1", "--run", "ferry").error
    assert "has no row 99999" in synthgen("why", "99999", "--run", "ferry").error
