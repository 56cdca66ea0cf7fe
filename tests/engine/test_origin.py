"""What a run works on: what it was begun with, whatever it is called now."""

from __future__ import annotations

from pathlib import Path

import pytest

from synthgen.engine.origin import chosen_origin
from synthgen.errors import FileError, UsageError


@pytest.fixture
def rows(tmp_path: Path) -> str:
    path = tmp_path / "rows.jsonl"
    path.write_text('{"question": "Q?", "answer": "A."}\n', encoding="utf-8")
    return str(path)


def test_a_new_run_works_on_what_is_said(rows: str) -> None:
    assert chosen_origin(rows, None, None, does="judge") == rows


@pytest.mark.parametrize("said", [None, "rows.jsonl", "./rows.jsonl", "../here/rows.jsonl"])
def test_a_run_stays_with_what_it_was_begun_with(
    said: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The rows are in its ledger: the file may be gone.
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    stored = str(here / "rows.jsonl")
    assert chosen_origin(said, stored, Path("out"), does="judge") == stored


@pytest.mark.parametrize(("said", "stored"), [("b.jsonl", "a.jsonl"), ("-", "a.jsonl"), ("a.jsonl", "-")])
def test_another_one_is_refused(said: str, stored: str) -> None:
    with pytest.raises(UsageError, match=rf"out: annotates {stored}, not {said}\."):
        chosen_origin(said, stored, Path("out"), does="annotate")


def test_what_comes_through_a_pipe_is_not_read_before_its_time() -> None:
    for stored in (None, "-"):
        assert chosen_origin("-", stored, None, does="judge") == "-"


def test_nothing_is_told_with_what_to_type() -> None:
    with pytest.raises(UsageError, match="nothing to judge is named") as told:
        chosen_origin(None, None, None, does="judge")
    assert "synthgen judge dialogues.jsonl" in told.value.hint


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("empty.jsonl", "", "holds no rows"),
        ("blank.jsonl", "\n \n", "holds no rows"),
        ("empty.json", "[]", "holds no rows"),
        ("broken.jsonl", "{,", "not JSON"),
        ("rows.txt", "x", "its name tells no format"),
        ("none.jsonl", None, "no such file"),
    ],
)
def test_what_no_row_can_be_read_from_is_told(name: str, text: str | None, words: str, tmp_path: Path) -> None:
    path = tmp_path / name
    if text is not None:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(FileError, match=words):
        chosen_origin(str(path), None, None, does="judge")
