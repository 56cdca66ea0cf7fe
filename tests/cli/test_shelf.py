"""Runs found by what users call them, and the process at work on one."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from cli_trials import Outcome

from synthgen.cli.shelf import find_run, read_standing, run_folders
from synthgen.errors import RunError
from synthgen.store.ledger import LOCK
from synthgen.store.lock import RunLock, lock_holder

Synthgen = Callable[..., Outcome]


@pytest.fixture
def outputs(synthgen: Synthgen, spec: Path, tmp_path: Path) -> Path:
    for name in ("desk-one", "desk-two"):
        made = synthgen("generate", "--topics", spec, "--n", 4, "--model", "scripted", "--out", f"outputs/{name}")
        assert made.code == 0
    (tmp_path / "outputs" / "notes").mkdir()
    return tmp_path / "outputs"


def test_a_run_is_found_by_folder_beginning_and_id(outputs: Path) -> None:
    assert [folder.name for folder in run_folders(outputs)] == ["desk-one", "desk-two"]
    run = read_standing(outputs / "desk-two").summary.run
    for name in ("outputs/desk-two", "desk-two", "desk-t", run):
        assert find_run(name) == Path("outputs/desk-two")


@pytest.mark.parametrize(
    ("name", "words"), [("desk", "2 runs begin so"), ("nowhere", "no such run"), ("notes", "no such")]
)
def test_a_run_that_is_not_one(outputs: Path, name: str, words: str) -> None:
    with pytest.raises(RunError, match=words):
        find_run(name, outputs)


def test_the_process_at_work_is_known_while_it_holds_the_lock(outputs: Path) -> None:
    folder = outputs / "desk-one"
    assert lock_holder(folder / LOCK) is None
    assert read_standing(folder).status == "done"
    lock = RunLock(folder / LOCK)
    try:
        assert lock_holder(folder / LOCK) == os.getpid()
        assert read_standing(folder).status == f"running, process {os.getpid()}"
    finally:
        lock.release()
    assert lock_holder(folder / LOCK) is None


def test_nobody_holds_a_lock_that_is_not_there(tmp_path: Path) -> None:
    assert lock_holder(tmp_path / LOCK) is None
    assert not (tmp_path / LOCK).exists()
