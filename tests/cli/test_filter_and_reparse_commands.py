from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from cli_trials import Outcome

from synthgen.filters import CEILING, FILTERS

Run = Callable[..., Outcome]
SHORT = {"question": "Can I keep the deposit back from the last rent payment?", "answer": "No."}


@pytest.fixture
def run(synthgen: Run, spec: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "run"
    assert synthgen("generate", "--topics", spec, "--n", 20, "--model", "scripted", "--out", folder).code == 0
    return folder


def test_a_run_is_filtered_by_its_own_spec(synthgen: Run, run: Path) -> None:
    outcome = synthgen("filter", run)
    assert (outcome.code, outcome.out) == (0, "")
    assert "passed" in outcome.err
    assert "100 %" in outcome.err


def test_each_drop_is_a_line(synthgen: Run, spec: Path, tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(json.dumps(SHORT) + "\n", encoding="utf-8")
    outcome = synthgen("filter", path, "--spec", spec, "--only", "length")
    assert outcome.code == 0
    assert len(outcome.out.splitlines()) == 1
    assert outcome.out.startswith("row 1: ")
    assert "too_short: It has" in outcome.out
    assert "dropped by length" in outcome.err


def test_files_take_the_rows_and_the_faults(synthgen: Run, spec: Path, run: Path, tmp_path: Path) -> None:
    kept, dropped = tmp_path / "kept.jsonl", tmp_path / "dropped.csv"
    outcome = synthgen("filter", run, "--spec", spec, "--out", kept, "--dropped", dropped)
    assert outcome.out.splitlines() == [str(kept), str(dropped)]
    assert kept.read_bytes() == (run / "dataset.jsonl").read_bytes()


def test_rows_come_from_stdin_too(synthgen: Run, spec: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(json.dumps(SHORT).encode())))
    assert synthgen("filter", "-", "--spec", spec, "--only", "length").out.startswith("row 1: ")


def test_the_filters_are_listed(synthgen: Run) -> None:
    outcome = synthgen("filter", "--list")
    assert outcome.code == 0
    for name in (*FILTERS, CEILING):
        assert f" {name} " in outcome.out


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["filter"], "which file?"),
        (["filter", "rows.jsonl"], "rows.jsonl: no such file"),
        (["filter", "."], "by which spec?"),
        (["filter", "rows.jsonl", "--spec", "33"], "rows.jsonl"),
        (["filter", "rows.doc", "--spec", "33"], "its name tells no format"),
        (["filter", "rows.jsonl", "--spec", "33", "--only", "grammar"], "grammar: no such filter"),
        (["reparse", "nowhere"], "nowhere"),
    ],
)
def test_what_cannot_be_is_told_in_a_line(
    synthgen: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, args: list[str], words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    outcome = synthgen(*args)
    assert outcome.code in (1, 2)
    assert len(outcome.err.splitlines()) == 1
    assert words in outcome.err


def test_a_run_made_by_a_rubric_needs_a_spec(synthgen: Run, run: Path, spec: Path, tmp_path: Path) -> None:
    judged = tmp_path / "judged"
    assert synthgen("judge", run, "--model", "scripted", "--out", judged).code == 0
    assert "judged: by which spec?" in synthgen("filter", judged).error
    assert synthgen("filter", judged, "--spec", spec).code == 0


def test_a_run_is_read_again_into_a_folder_beside_it(synthgen: Run, run: Path) -> None:
    outcome = synthgen("reparse", run)
    assert outcome.code == 0
    assert outcome.out == f"{run}-reparsed/dataset.jsonl\n"
    assert "20 of 20 accepted" in outcome.err
    assert synthgen("filter", f"{run}-reparsed").code == 0


def test_reading_by_a_stricter_spec_says_how_to_go_on(synthgen: Run, run: Path, spec: Path) -> None:
    said = spec.read_text(encoding="utf-8")
    spec.write_text(f"{said}\nfilters: {{length: {{joint_min: 100000}}}}\n", encoding="utf-8")
    outcome = synthgen("reparse", run, "--out", run.parent / "again")
    assert "0 of 20 accepted" in outcome.err
    assert f"synthgen generate --out {run.parent / 'again'}" in outcome.err


@pytest.mark.long
@pytest.mark.model
def test_a_run_of_a_very_small_model_is_held_to_what_that_was_asked_for(synthgen: Run, tmp_path: Path) -> None:
    run = tmp_path / "plain"
    assert synthgen("generate", "--topics", 1, "--n", 2, "--model", "smollm2", "--out", run).code == 0
    outcome = synthgen("filter", run)
    assert (outcome.code, outcome.out) == (0, "")
    assert "100 %" in outcome.err
