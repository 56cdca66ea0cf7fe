"""`synthgen report`: where the page goes, and what is printed."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from cli_trials import Outcome

from synthgen.cli.report import default_place

Synthgen = Callable[..., Outcome]
ROWS = [{"question": f"May I keep cat number {n} here?", "answer": f"Ask about cat {n} in writing."} for n in range(12)]


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    path = tmp_path / "rows.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in ROWS))
    return path


def test_a_run_has_its_page_in_its_folder(synthgen: Synthgen, spec: Path) -> None:
    run = spec.parent / "run"
    assert synthgen("generate", "--topics", spec, "--n", 12, "--model", "scripted", "--out", run, "-q").code == 0
    outcome = synthgen("report", run)
    assert (outcome.code, outcome.out.strip()) == (0, str(run / "report.html"))
    whole = (run / "report.html").read_text(encoding="utf-8")
    assert whole.startswith("<!doctype html>")
    assert whole.count("<svg") > 5
    assert "no real model wrote these rows" in whole
    assert default_place(run, compared=True) == run / "comparison.html"

    numbers = json.loads(synthgen("report", run, "--json").out)
    assert (numbers["run"]["accepted"], numbers["run"]["fake"], numbers["rows"]["rows"]) == (12, True, 12)
    assert numbers["calls"][0]["calls"] > 0
    assert "variety" in numbers


def test_a_file_has_its_page_beside_it_or_where_it_is_wanted(synthgen: Synthgen, rows: Path) -> None:
    assert synthgen("report", rows).out.strip() == str(rows.with_name("rows.jsonl.report.html"))
    outcome = synthgen("report", rows, "--json", "--out", rows.with_name("other.html"))
    numbers = json.loads(outcome.out)
    assert (numbers["run"], numbers["rows"]["rows"], numbers["pace"]) == (None, 12, None)
    assert "other.html" in outcome.err
    assert rows.with_name("other.html").is_file()


def test_numbers_alone_write_nothing(synthgen: Synthgen, rows: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    odd = json.dumps({"question": "\ud800 Why?", "answer": "So.", "topic": "\ud83d"})
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(odd.encode())))
    before = sorted(rows.parent.iterdir())
    numbers = json.loads(synthgen("report", "-", "--compare", rows, "--json").out)
    assert (numbers["rows"]["rows"], numbers["compare"]["rows"]["rows"]) == (1, 12)
    assert sorted(rows.parent.iterdir()) == before


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (["nowhere"], 1, "nowhere: no such run"),
        (["-", "--compare", "-"], 2, "stdin is named twice"),
        (["rows.jsonl", "--labels", "nothing"], 1, "no such spec"),
        (["rows.jsonl", "--out", "no/folder/page.html"], 1, "no page can be written there"),
        (["rows.jsonl", "--out", "."], 1, "no page can be written there"),
        (["rows.jsonl", "--compare", "rows.txt"], 1, "rows.txt"),
    ],
)
def test_what_cannot_be_is_told(synthgen: Synthgen, rows: Path, args: list[str], code: int, words: str) -> None:
    rows.with_name("rows.txt").write_text("no rows")
    outcome = synthgen("report", *args)
    assert outcome.code == code
    assert words in outcome.err
    assert outcome.err.count("\n") == 1
    assert outcome.out == ""
