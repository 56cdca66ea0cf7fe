"""What a kill leaves: every commit that was reported, a sound file and a free lock."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from synthgen.errors import RunError, RunLockedError
from synthgen.formats.sources import LEDGER
from synthgen.records import State
from synthgen.store.ledger import LOCK, Ledger
from synthgen.store.lock import RunLock, lock_holder

SCRIPT = Path(__file__).with_name("commit_for_ever.py")


@contextmanager
def committing(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Run the process until it has the lock; it is dead by the end of the block."""
    path = os.pathsep.join([os.environ["PYTHONPATH"], str(SCRIPT.parent), str(SCRIPT.parents[2])])
    with subprocess.Popen(
        [sys.executable, str(SCRIPT), str(folder)],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": path},
    ) as running:
        try:
            assert running.stdout is not None
            assert running.stdout.readline() == f"locked {running.pid}\n"
            yield running
        finally:
            running.kill()


@pytest.mark.parametrize("commits", [1, 40, 333])
def test_every_commit_that_was_reported_survives_a_kill(tmp_path, commits):
    with committing(tmp_path / "run") as running:
        said = [running.stdout.readline() for _ in range(commits)]
        running.send_signal(signal.SIGKILL)
        assert running.wait() == -signal.SIGKILL
        said += running.stdout.readlines()
    reported = {int(line) for line in said if line.endswith("\n")}
    assert len(reported) >= commits
    with closing(Ledger(tmp_path / "run", write=True)) as ledger:
        rows = list(ledger.rows(State.DRAFTED))
        numbers = {int(row.id.rpartition("-")[2]) for row in rows}
        assert reported <= numbers
        # At most what was under way is on disk without having been reported.
        assert len(numbers - reported) <= 8
        assert all(len(list(ledger.calls(number))) == 1 for number in numbers)
        assert ledger.spent().calls == len(numbers)
    with closing(sqlite3.connect(tmp_path / "run" / LEDGER)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_a_second_process_is_refused_with_the_id_of_the_first_until_that_is_killed(tmp_path):
    folder = tmp_path / "run"
    with committing(folder) as running:
        with pytest.raises(RunLockedError, match=f"process {running.pid} is at work") as caught:
            Ledger(folder, write=True)
        assert str(folder) in caught.value.message
        assert lock_holder(folder / LOCK) == running.pid
        # Reading is free.
        with closing(Ledger(folder, write=False)) as reader:
            assert reader.run == "trial"
        assert running.poll() is None
    assert lock_holder(folder / LOCK) is None
    Ledger(folder, write=True).close()


def test_a_lock_is_given_back_and_taken_again(tmp_path):
    path = tmp_path / "run.lock"
    assert lock_holder(path) is None
    lock = RunLock(path)
    assert lock_holder(path) == os.getpid()
    with pytest.raises(RunLockedError, match=f"process {os.getpid()} "):
        RunLock(path)
    assert lock_holder(path) == os.getpid()
    lock.release()
    assert lock_holder(path) is None
    RunLock(path).release()


def test_a_damaged_lock_is_told_by_its_own_name_and_may_be_deleted(tmp_path):
    Ledger(tmp_path, write=True).close()
    path = tmp_path / LOCK
    path.write_bytes(b"some text, and not a database " * 100)
    assert lock_holder(path) is None
    with pytest.raises(RunError, match=r"run\.lock: not a sound lock") as caught:
        Ledger(tmp_path, write=True)
    assert "delete it" in caught.value.hint
    path.unlink()
    Ledger(tmp_path, write=True).close()


def test_a_lock_that_is_another_database_is_told(tmp_path):
    with closing(sqlite3.connect(tmp_path / LOCK)) as other:
        other.execute("CREATE TABLE owner (name TEXT, pid INTEGER)")
    with pytest.raises(RunError, match="not a sound lock"):
        RunLock(tmp_path / LOCK)
