from __future__ import annotations

import asyncio
import io
import json
import stat
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from cli_trials import Outcome

from synthgen.cli.export import size_said
from synthgen.errors import UsageError
from synthgen.export.layouts import LAYOUTS
from synthgen.store.ledger import Ledger

Run = Callable[..., Outcome]
ROW = {"id": "1", "question": "Can I keep the deposit?", "answer": "Not without asking."}


@pytest.fixture
def run(synthgen: Run, spec: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "run"
    assert synthgen("generate", "--topics", spec, "--n", 20, "--model", "scripted", "--out", folder).code == 0
    return folder


def test_the_paths_go_to_stdout_and_the_figures_to_stderr(synthgen: Run, run: Path, tmp_path: Path) -> None:
    outcome = synthgen("export", run, "--format", "chat", "--split", "80/10/10", "--out", tmp_path / "out")
    assert outcome.code == 0
    assert outcome.out.splitlines() == [str(tmp_path / "out" / f"{n}.jsonl") for n in ("train", "validation", "test")]
    for words in ("written", "train", "16", "80 %", "10 %"):
        assert words in outcome.err


def test_a_run_keeps_its_exports_and_is_found_by_its_name(synthgen: Run, spec: Path) -> None:
    assert synthgen("generate", "--topics", spec, "--n", 8, "--model", "scripted", "--out", "outputs/trial").code == 0
    outcome = synthgen("export", "tri", "--format", "hf")
    assert outcome.out.split() == ["outputs/trial/exports/hf/data/train-00000-of-00001.parquet"]
    record = json.loads(Path("outputs/trial/exports/hf/export.json").read_text())
    assert record["origins"] == ["trial"]


def test_a_file_and_stdin_have_folders_of_their_own(
    synthgen: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("rows.more.jsonl").write_text(json.dumps(ROW) + "\n", encoding="utf-8")
    assert synthgen("export", "rows.more.jsonl", "--format", "csv").out.split() == ["rows-csv/train.csv"]
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(json.dumps(ROW).encode())))
    assert synthgen("export", "-", "--format", "alpaca").out.split()[0] == "stdin-alpaca/train.jsonl"


async def begin(folder: Path, **noted: str) -> None:
    """Make a run's ledger."""
    with closing(Ledger(folder, write=True)) as ledger:
        await ledger.note(**noted)


def test_what_was_made_from_transcripts_is_for_its_owner_alone(synthgen: Run, tmp_path: Path) -> None:
    folder = tmp_path / "told"
    asyncio.run(begin(folder, recipe="summarize", run="0a1b2c3d"))
    (folder / "dataset.jsonl").write_text(json.dumps(ROW) + "\n", encoding="utf-8")
    assert synthgen("export", folder, "--format", "chat").code == 0
    files = [path for path in (folder / "exports").rglob("*") if path.is_file()]
    assert len(files) == 2
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in files)


def test_options_reach_the_export(synthgen: Run, run: Path, tmp_path: Path) -> None:
    exam = tmp_path / "exam.jsonl"
    exam.write_bytes((run / "dataset.jsonl").read_bytes().splitlines(keepends=True)[0])
    options = ["--system", "Be kind.", "--roles", "user=Reader", "--train-on", "last", "--decontaminate", exam]
    options += ["--license", "cc-by-4.0", "--seed", 4, "--split", "train=1,dev=1", "--similarity", 0.9]
    outcome = synthgen("export", run, "--format", "sharegpt", *options, "--out", tmp_path / "out")
    assert outcome.code == 0, outcome.err
    record = json.loads((tmp_path / "out" / "export.json").read_text())
    assert record["settings"] == {
        "format": "sharegpt",
        "split": {"train": 1.0, "dev": 1.0},
        "seed": 4,
        "similarity": 0.9,
        "system": "Be kind.",
        "roles": {"user": "Reader"},
        "train_on": "last",
        "decontaminate": ["exam.jsonl"],
        "license": "cc-by-4.0",
    }
    assert record["left_out"]["contaminated"] >= 1
    assert "contaminated" in outcome.err


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["--format", "chatml"], "chatml"),
        (["--format", "chat", "--split", "90"], "--split 90"),
        (["--format", "chat", "--roles", "user=A"], "--roles"),
        (["--format", "hf", "--shard-size", "big"], "--shard-size big"),
        (["--format", "chat", "--max-tokens", "9"], "--tokenizer"),
        (["--format", "chat", "--tokenizer", "none.json", "--max-tokens", "9"], "none.json"),
        (["--format", "dpo"], "no_worse_answer 1"),
        (["--format", "dpo", "--score-field", "scores.nope"], "--score-field scores.nope"),
        (["--format", "chat", "--margin", "1"], "--margin: --format chat"),
        (["--format", "chat", "--shard-size", "500MB"], "--shard-size: --format chat"),
        (["--format", "chat", "--tasks", "all"], "by which spec?"),
        (["--format", "chat", "--decontaminate", "missing.jsonl"], "missing.jsonl"),
    ],
)
def test_what_cannot_be_is_told_in_a_line(synthgen: Run, args: list[str], words: str) -> None:
    Path("rows.jsonl").write_text(json.dumps(ROW) + "\n", encoding="utf-8")
    assert words in synthgen("export", "rows.jsonl", *args).error
    assert not Path("rows-chat/train.jsonl").exists()


def test_a_run_that_is_not_there_is_told(synthgen: Run) -> None:
    assert "nowhere" in synthgen("export", "nowhere", "--format", "chat").error
    assert "nowhere.jsonl" in synthgen("export", "nowhere.jsonl", "--format", "chat").error


def test_every_layout_is_in_the_help(synthgen: Run) -> None:
    text = synthgen("export", "--help").out
    assert all(name in text for name in LAYOUTS)


def test_sizes_are_read_as_they_are_typed() -> None:
    assert [size_said(text) for text in ("500MB", "2g", "1 kb", "77")] == [500_000_000, 2_000_000_000, 1_000, 77]
    with pytest.raises(UsageError, match="--shard-size 5TB"):
        size_said("5TB")
