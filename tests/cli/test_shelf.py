"""Runs found by what users call them, and the process at work on one."""

from __future__ import annotations

import json
import os
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from cli_trials import Outcome

from synthgen.cli.shelf import find_run, run_folders
from synthgen.errors import RunError
from synthgen.formats.sources import LEDGER
from synthgen.report.standing import read_standing
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


def test_a_whole_name_goes_before_the_beginning_of_others(synthgen: Synthgen, outputs: Path) -> None:
    assert synthgen("reparse", "desk-one").code == 0
    assert [folder.name for folder in run_folders(outputs)] == ["desk-one", "desk-one-reparsed", "desk-two"]
    assert find_run("desk-one") == Path("outputs/desk-one")
    assert find_run("desk-one-") == Path("outputs/desk-one-reparsed")
    run = read_standing(outputs / "desk-two").summary.run
    (outputs / "desk-one-reparsed").rename(outputs / f"{run}-copy")
    assert find_run(run) == Path("outputs/desk-two")


@pytest.mark.parametrize(
    ("name", "words"),
    [("", "no such run"), ("desk", "2 runs begin so"), ("nowhere", "no such run"), ("notes", "no such")],
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
        assert read_standing(folder).status == "running"
        assert read_standing(folder).told == f"running, process {os.getpid()}"
    finally:
        lock.release()
    assert lock_holder(folder / LOCK) is None


def test_a_run_is_told_to_stand_the_same_everywhere(synthgen: Synthgen, outputs: Path) -> None:
    folder = outputs / "desk-one"
    with closing(sqlite3.connect(folder / LEDGER)) as ledger, ledger:
        # What a process that is killed leaves.
        ledger.execute("UPDATE meta SET value = '\"running\"' WHERE key = 'status'")

    def told() -> list[str]:
        listed = next(line for line in synthgen("runs", "list").out.splitlines() if "desk-one" in line)
        shown = json.loads(synthgen("runs", "show", folder, "--json").out)
        numbers = json.loads(synthgen("report", folder, "--json").out)
        page = Path(synthgen("report", folder).out.strip()).read_text(encoding="utf-8")
        tiles = re.findall(r"<dt>status</dt><dd><bdi>(\w+)</bdi>", page)
        return [listed.split()[1].rstrip(","), shown["status"], numbers["run"]["status"], *tiles]

    assert told() == ["killed"] * 4
    lock = RunLock(folder / LOCK)
    try:
        assert told() == ["running"] * 4
    finally:
        lock.release()


@pytest.mark.parametrize(
    "command",
    [
        ("dedup",),
        ("filter",),
        ("judge", "--model", "scripted"),
        ("annotate", "--model", "scripted"),
        ("export", "--format", "chat"),
        ("generate", "--mode", "expand", "--model", "scripted", "--from"),
    ],
)
def test_a_run_that_was_killed_is_not_taken_for_no_run(
    synthgen: Synthgen, outputs: Path, command: tuple[str, ...]
) -> None:
    (outputs / "desk-one" / "dataset.jsonl").unlink()
    told = synthgen(*command, "outputs/desk-one")
    assert "a folder without dataset.jsonl. Hint: its run has not ended" in told.error
    assert "`synthgen generate --out outputs/desk-one`" in told.error
    assert synthgen("generate", "--out", "outputs/desk-one").code == 0
    assert (outputs / "desk-one" / "dataset.jsonl").is_file()


def test_nobody_holds_a_lock_that_is_not_there(tmp_path: Path) -> None:
    assert lock_holder(tmp_path / LOCK) is None
    assert not (tmp_path / LOCK).exists()
