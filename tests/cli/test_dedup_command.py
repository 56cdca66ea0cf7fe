"""`synthgen dedup` as it is typed."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from cli_trials import Outcome

Synthgen = Callable[..., Outcome]
TEXTS = (
    "My neighbour plays the drums at night and will not talk.",
    "Which of the two ferries takes bicycles on a Sunday?",
    "My neighbour plays his drums at night, and will not talk!",
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "in.jsonl"
    path.write_text("".join(json.dumps({"id": at, "question": text}) + "\n" for at, text in enumerate(TEXTS)))
    return path


def test_paths_go_to_stdout_and_the_table_to_stderr(synthgen: Synthgen, path: Path) -> None:
    told = synthgen("dedup", path, "--out", "out.jsonl", "--dropped", "gone.jsonl", "--clusters", "alike.jsonl")
    assert (told.code, told.out) == (0, "out.jsonl\ngone.jsonl\nalike.jsonl\n")
    assert Path("out.jsonl").read_text() == "".join(path.read_text().splitlines(keepends=True)[:2])
    assert json.loads(Path("gone.jsonl").read_text())["twin"] == {"file": str(path), "number": 1, "id": 0}
    words = [line.split() for line in told.err.splitlines()]
    assert ["kept", "2", "67", "%"] in words
    assert ["dropped", "near_duplicate", "1", "33", "%"] in words
    assert [f"{path}:1", "(0)", "1"] in words


def test_without_outputs_it_only_tells(synthgen: Synthgen, path: Path, tmp_path: Path) -> None:
    told = synthgen("dedup", path, "--similarity", "0.99")
    assert (told.code, told.out) == (0, "")
    assert ["kept", "3", "100", "%"] in [line.split() for line in told.err.splitlines()]
    assert list(tmp_path.iterdir()) == [path]


def test_every_option_reaches_the_rules(synthgen: Synthgen, path: Path, tmp_path: Path) -> None:
    rows = [{"a": {"b": text}, "n": "x" * at, "s": at} for at, text in enumerate(TEXTS)]
    path.write_text("\n".join(map(json.dumps, rows)))
    exam = tmp_path / "exam.csv"
    exam.write_text("a.b,n\nSay: which of the two ferries takes whom?,\n")
    told = synthgen(
        *("dedup", path, "--field", "a.b", "--field", "n", "--keep", "best", "--score-field", "s", "--exhaustive"),
        *("--against", exam, "--ngram", 6, "--out", "out.json", "--dropped", "gone.jsonl"),
    )
    assert told.code == 0, told.err
    assert json.loads(Path("out.json").read_text()) == [rows[2]]
    gone = [json.loads(line) for line in Path("gone.jsonl").read_text().splitlines()]
    assert [(each["number"], each["reason"]) for each in gone] == [(1, "near_duplicate"), (2, "shared_ngram")]
    assert gone[1]["evidence"] == "which of the two ferries takes"


def test_stdin_and_a_run_folder_are_read(tmp_path: Path, path: Path) -> None:
    folder = tmp_path / "run"
    folder.mkdir()
    (folder / "dataset.jsonl").write_bytes(path.read_bytes())
    done = subprocess.run(
        [sys.executable, "-m", "synthgen", "dedup", "run", "-", "--out", "out.jsonl", "--dropped", "gone.jsonl"],
        input=path.read_bytes(),
        capture_output=True,
        check=True,
    )
    assert done.stdout == b"out.jsonl\ngone.jsonl\n"
    assert len(Path("out.jsonl").read_text().splitlines()) == 2
    gone = [json.loads(line) for line in Path("gone.jsonl").read_text().splitlines()]
    assert [(each["file"], each["number"]) for each in gone] == [
        ("run/dataset.jsonl", 3),
        ("stdin", 1),
        ("stdin", 2),
        ("stdin", 3),
    ]


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        ("", 2, "FILE"),
        ("nowhere.jsonl", 1, "nowhere.jsonl: no such file"),
        (".", 1, "a folder without dataset.jsonl"),
        ("in.txt", 1, "in.txt: its name tells no format"),
        ("in.jsonl --similarity 0.3", 2, "--similarity 0.3: must be from 0.5 to 1"),
        ("in.jsonl --similarity nan", 2, "--similarity nan"),
        ("in.jsonl --similarity much", 2, "'--similarity'"),
        ("in.jsonl --ngram 1", 2, "--ngram 1"),
        ("in.jsonl --keep last", 2, "'--keep'"),
        ("in.jsonl --keep best", 1, "in.jsonl: no row has the field scores.mean. Hint: the fields are id, question."),
        ("in.jsonl --field query", 1, "in.jsonl: no row has the field query"),
        ("in.jsonl --out in.jsonl", 2, "in.jsonl: is read as well"),
        ("in.jsonl --against in.jsonl", 2, "in.jsonl: is looked at as well"),
        ("in.jsonl --out out.xml", 1, "out.xml: its name tells no format"),
        ("in.jsonl --out no/out.jsonl", 1, "there is no folder no"),
        ("in.jsonl --out out.jsonl --dropped out.jsonl", 2, "are one file"),
    ],
)
def test_what_cannot_be_is_told_in_a_line(
    synthgen: Synthgen, path: Path, tmp_path: Path, args: str, code: int, words: str
) -> None:
    told = synthgen("dedup", *args.split())
    assert words in told.error
    assert (told.code, told.out) == (code, "")
    assert list(tmp_path.iterdir()) == [path]
