"""`synthgen generate`, as a user meets it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from cli_trials import Outcome, assert_sound, rows_of, write_spec

Synthgen = Callable[..., Outcome]


def test_dataset_is_named_on_stdout_and_everything_else_on_stderr(synthgen: Synthgen, tmp_path: Path) -> None:
    told = synthgen("generate", "--topics", 33, "--n", 66, "--model", "scripted", "--out", "run")
    assert (told.code, told.out) == (0, "run/dataset.jsonl\n")
    for words in ("mentalchat33: 66 rows on 33 topics with scripted, in run", "accepted", "fake", "wrote run/run.json"):
        assert words in told.err
    rows = rows_of(tmp_path / "run")
    assert len(rows) == 66
    assert len({row["topic"] for row in rows}) == 33
    assert_sound(tmp_path / "run")


def test_first_run_finds_a_folder_of_its_own(synthgen: Synthgen, tmp_path: Path) -> None:
    told = synthgen("generate", "--topics", "psy_insight", "--n", 30, "--model", "scripted", "-q")
    dataset = tmp_path / told.out.strip()
    assert dataset.parent.parent == tmp_path / "outputs"
    assert dataset.parent.name.startswith("psy_insight-")
    assert Counter(row["language"] for row in rows_of(dataset.parent)) == {"en": 15, "zh": 15}


def test_quiet_run_says_one_line(synthgen: Synthgen) -> None:
    told = synthgen("generate", "--topics", "tenant_advice", "--n", 8, "--model", "scripted", "--out", "run", "--quiet")
    (line,) = told.err.splitlines()
    assert line.startswith("done: 8 of 8 rows, ")


def test_finished_run_says_so_and_does_nothing(synthgen: Synthgen, tmp_path: Path) -> None:
    synthgen("generate", "--topics", 5, "--n", 10, "--model", "scripted", "--out", "run")
    before = (tmp_path / "run" / "dataset.jsonl").read_bytes()
    calls = json.loads((tmp_path / "run" / "run.json").read_text())["calls"]
    told = synthgen("generate", "--out", "run")
    assert (told.code, told.out) == (0, "run/dataset.jsonl\n")
    assert "This run is finished: 10 rows" in told.err
    assert (tmp_path / "run" / "dataset.jsonl").read_bytes() == before
    assert json.loads((tmp_path / "run" / "run.json").read_text())["calls"] == calls


def test_larger_n_keeps_every_row(synthgen: Synthgen, tmp_path: Path) -> None:
    synthgen("generate", "--topics", 5, "--n", 10, "--model", "scripted", "--out", "run")
    before = rows_of(tmp_path / "run")
    assert synthgen("generate", "--out", "run", "--n", 25).code == 0
    after = rows_of(tmp_path / "run")
    assert len(after) == 25
    assert all(row in after for row in before)


def test_dry_run_plans_prices_and_makes_nothing(synthgen: Synthgen, tmp_path: Path) -> None:
    options = ("generate", "--topics", 33, "--n", 10_000, "--model", "openai:gpt-5-mini", "--dry-run", "--out", "run")
    told = synthgen(*options)
    assert (told.code, told.err) == (0, "")
    assert "10,000 rows to make" in told.out
    assert "Nothing was sent." in told.out
    assert "--price-in" in told.out
    assert "cost" not in told.out.partition("query calls")[2].partition("\n")[0]
    priced = synthgen(*options, "--price-in", 1, "--price-out", 2)
    assert "cost" in priced.out.partition("query calls")[2].partition("\n")[0]
    assert list(tmp_path.iterdir()) == []


def test_dry_run_on_a_run_counts_what_is_lacking(synthgen: Synthgen, tmp_path: Path) -> None:
    synthgen("generate", "--topics", 5, "--n", 10, "--model", "scripted", "--out", "run")
    before = (tmp_path / "run" / "ledger.sqlite").read_bytes()
    assert "15 rows to make" in synthgen("generate", "--out", "run", "--n", 25, "--dry-run").out
    assert (tmp_path / "run" / "ledger.sqlite").read_bytes() == before


def test_used_up_budget_keeps_rows_and_goes_on_when_it_is_raised(
    synthgen: Synthgen, serve: Callable[..., str], tmp_path: Path
) -> None:
    model = ("--model", "openai:x", "--base-url", serve(), "--concurrency", 2)
    spec = write_spec(tmp_path / "ferry.yaml")
    told = synthgen("generate", "--topics", spec, "--n", 40, *model, "--max-tokens-total", 12_000, "--out", "run")
    assert told.code == 4
    assert told.err.splitlines()[-1].startswith("Error: The budget is used up")
    spent = json.loads((tmp_path / "run" / "run.json").read_text())
    assert spent["status"] == "budget"
    assert 0 < spent["accepted"] < 40
    assert spent["prompt_tokens"] + spent["completion_tokens"] <= 12_000
    assert synthgen("generate", "--out", "run", "--max-tokens-total", 1_000_000).code == 0
    assert len(rows_of(tmp_path / "run")) == 40
    assert_sound(tmp_path / "run")


def test_cells_that_cannot_be_filled_are_shown(synthgen: Synthgen, serve: Callable[..., str], tmp_path: Path) -> None:
    spec = write_spec(tmp_path / "ferry.yaml")
    spec.write_text(spec.read_text() + "drafts_per_row: 2\nrepairs: 0\n")
    model = ("--model", "openai:x", "--base-url", serve("--bad-share", "1"))
    told = synthgen("generate", "--topics", spec, "--n", 12, *model, "--out", "run")
    assert (told.code, told.out) == (4, "run/dataset.jsonl\n")
    assert "Luggage (en)" in told.err
    assert "rows are lacking" in told.err
    assert_sound(tmp_path / "run")


def test_every_option_of_a_server_reaches_it(synthgen: Synthgen, serve: Callable[..., str], tmp_path: Path) -> None:
    url = serve("--log", str(tmp_path / "calls.jsonl"))
    sampling = "--temperature 0.7 --top-p 0.9 --presence-penalty 0.5 --frequency-penalty 0.25 --max-tokens 900"
    limits = "--concurrency 4 --requests-per-minute 60000 --tokens-per-minute 90000000 --timeout 60"
    options = (
        f"--query-model openai:asks --reply-model openai:answers --batch-size 2 --seed 5 --lang en {sampling} {limits}"
    )
    spec = write_spec(tmp_path / "ferry.yaml")
    told = synthgen("generate", "--topics", spec, "--n", 6, "--base-url", url, "--out", "run", *options.split())
    assert told.code == 0
    record = json.loads((tmp_path / "run" / "run.json").read_text())
    assert set(record["models"]) == {"asks", "answers"}
    assert (record["settings"]["temperature"], record["settings"]["seed"]) == (0.7, 5)
    story = synthgen("why", "1", "--run", "run", "-v").out
    for said in ('"temperature":0.7', '"top_p":0.9', '"presence_penalty":0.5', '"max_tokens":900'):
        assert said in story
