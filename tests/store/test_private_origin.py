"""Whether a run, a file in it, a copy elsewhere, or what comes through a pipe, is private."""

from __future__ import annotations

import asyncio
import json
import os
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from synthgen.errors import FileError
from synthgen.formats.sources import source_of
from synthgen.store.ledger import Ledger
from synthgen.store.private import private_origin, private_run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A run of `summarize` whose rows say nothing."""
    folder = tmp_path / "run"
    with closing(Ledger(folder, write=True)) as ledger:
        asyncio.run(noted(ledger))
    written(folder / "dataset.jsonl", {"id": 1})
    return folder


async def noted(ledger: Ledger) -> None:
    await ledger.note(recipe="summarize", run="abc")


def written(path: Path, *rows: dict[str, Any], parents: bool = False) -> Path:
    path.parent.mkdir(exist_ok=True, parents=parents)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_whatever_lies_in_a_runs_folder_is_known_by_its_ledger(folder: Path, tmp_path: Path) -> None:
    exported = written(folder / "exports" / "train.jsonl", {"id": 1})
    link = tmp_path / "link.jsonl"
    link.symlink_to(exported)
    for origin in (folder, str(folder), folder / "dataset.jsonl", exported, link, source_of(folder)):
        assert private_origin(origin) == private_run(origin) == "transcripts"


def test_any_other_file_is_known_by_its_rows(tmp_path: Path) -> None:
    silent = written(tmp_path / "silent.jsonl", {"id": 1})
    told = written(tmp_path / "told.jsonl", {"id": 1}, {"id": 2, "source": {"kind": "generate", "mode": "memo"}})
    assert (private_origin(silent), private_run(silent)) == ("", "")
    assert (private_origin(told), private_run(told)) == ("case reports", "")
    assert private_origin(silent, told) == "case reports"
    assert private_origin() == ""


@pytest.mark.parametrize(
    ("record", "private"),
    [('{"private": "transcripts"}', "transcripts"), ('{"private": "no such mark"}', ""), ("[1]", ""), ("{broken", "")],
)
def test_an_export_is_known_by_its_record(tmp_path: Path, record: str, private: str) -> None:
    shard = written(tmp_path / "export" / "data" / "train-00000.jsonl", {"id": 1}, parents=True)
    (tmp_path / "export" / "export.json").write_text(record, encoding="utf-8")
    assert private_origin(shard) == private_run(shard) == private


def test_what_cannot_be_read_is_told_and_not_taken_for_open(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="no such file"):
        private_origin(tmp_path / "none.jsonl")


def test_a_pipe_is_not_read_ahead(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pipe = folder.parent / "pipe.jsonl"
    os.mkfifo(pipe)
    assert private_origin(pipe) == ""
    # The folder that the command is typed in has nothing to do with what comes on stdin.
    monkeypatch.chdir(folder)
    assert private_origin("-", Path("-"), source_of("-")) == ""
