"""Ledgers at rest, at work and left by a kill, as those see them who only read."""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Event, Thread
from time import sleep

import pytest
from ledger_trials import call_of, row_of

from synthgen.errors import RunLockedError
from synthgen.formats.sources import LEDGER
from synthgen.records import State
from synthgen.store.copying import copy_calls
from synthgen.store.ledger import LOCK, Ledger
from synthgen.store.writer import ledger_error

ROWS = 50

# Is killed in the midst of a change of the ledger's file: what it was stands in a journal beside it.
HALF_A_CHANGE = """
import os, signal, sqlite3, sys
ledger = sqlite3.connect(sys.argv[1], isolation_level=None)
ledger.execute("PRAGMA cache_size = 1")
ledger.execute("BEGIN IMMEDIATE")
ledger.execute("UPDATE calls SET response = zeroblob(3000)")
ledger.execute("DELETE FROM rows")
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A finished run."""

    async def write() -> None:
        with closing(Ledger(tmp_path / "run", write=True)) as ledger:
            for number in range(1, ROWS + 1):
                ledger.commit([call_of("x" * 3000)], [row_of(number)])

    asyncio.run(write())
    return tmp_path / "run"


def rows_in(folder: Path) -> int:
    with closing(Ledger(folder, write=False)) as ledger:
        return ledger.states()[State.DRAFTED]


def files_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def as_of_old(folder: Path) -> None:
    """Leave the ledger as former versions did."""
    with closing(sqlite3.connect(folder / LEDGER)) as connection:
        assert connection.execute("PRAGMA journal_mode = WAL").fetchone() == ("wal",)


@contextmanager
def sealed(folder: Path) -> Iterator[None]:
    """Let nothing be made or changed in a folder; the administrator may do it all the same but for such a mount."""
    if os.geteuid():
        folder.chmod(0o555)
        yield
        folder.chmod(0o755)
        return
    bound = subprocess.run(["mount", "--bind", folder, folder], capture_output=True, text=True, check=False)
    if bound.returncode:
        pytest.skip(f"mounting is not permitted: {bound.stderr.strip()}")
    try:
        subprocess.run(["mount", "-o", "remount,bind,ro", folder], check=True)
        yield
    finally:
        subprocess.run(["umount", folder], check=True)


@pytest.mark.parametrize("leave", [lambda folder: None, as_of_old], ids=["as_it_is", "of_old"])
def test_a_finished_run_is_read_where_nothing_can_be_written(folder: Path, leave: Callable[[Path], None]) -> None:
    leave(folder)
    with sealed(folder):
        with pytest.raises(OSError, match=r"[Rr]ead-only|denied"):
            (folder / "file").touch()
        assert rows_in(folder) == ROWS
        copy_calls(folder, folder.parent / "copy")
    with closing(Ledger(folder.parent / "copy", write=False)) as copied:
        assert copied.spent().calls == ROWS


def test_readers_leave_nothing_behind(folder: Path) -> None:
    with closing(Ledger(folder, write=False)) as ledger:
        assert sum(1 for _ in ledger.rows(State.DRAFTED)) == ROWS
        assert files_in(folder) == {LEDGER, LOCK}
    assert files_in(folder) == {LEDGER, LOCK}


def test_a_reader_of_a_run_at_rest_sees_what_is_written_when_it_goes_on(folder: Path) -> None:
    async def go_on() -> None:
        with closing(Ledger(folder, write=False)) as reader:
            assert reader.states()[State.DRAFTED] == ROWS
            with closing(Ledger(folder, write=True)) as ledger:
                await ledger.commit([call_of()], [row_of(ROWS + 1)])
                assert reader.states()[State.DRAFTED] == ROWS + 1
            # It was in the way of tidying up, and still reads.
            assert reader.states()[State.DRAFTED] == ROWS + 1

    asyncio.run(go_on())
    Ledger(folder, write=True).close()
    assert files_in(folder) == {LEDGER, LOCK}
    assert rows_in(folder) == ROWS + 1


def test_a_writer_waits_for_who_reads_a_run_at_rest(folder: Path) -> None:
    begun, found = Event(), []

    def read() -> None:
        with closing(Ledger(folder, write=False)) as reader:
            for row in reader.rows(State.DRAFTED):
                found.append(row)
                if not begun.is_set():
                    begun.set()
                    sleep(0.2)

    reading = Thread(target=read)
    reading.start()
    begun.wait()
    Ledger(folder, write=True).close()
    reading.join()
    assert len(found) == ROWS
    assert rows_in(folder) == ROWS


def test_a_ledger_that_another_program_holds_is_told(folder: Path) -> None:
    path = folder / LEDGER
    with (
        closing(sqlite3.connect(path, isolation_level=None)) as other,
        closing(sqlite3.connect(path, timeout=0)) as own,
    ):
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(sqlite3.OperationalError) as caught:
            own.execute("SELECT count(*) FROM rows")
    told = ledger_error(caught.value, path)
    assert isinstance(told, RunLockedError)
    assert str(path) in told.message
    assert "let it finish" in told.hint


def test_half_a_change_that_a_kill_left_is_taken_back(folder: Path) -> None:
    command = [sys.executable, "-c", HALF_A_CHANGE, str(folder / LEDGER)]
    assert subprocess.run(command, check=False).returncode == -signal.SIGKILL
    assert (folder / f"{LEDGER}-journal").stat().st_size > 0
    with closing(Ledger(folder, write=False)) as ledger:
        assert ledger.states()[State.DRAFTED] == ROWS
        assert next(ledger.calls(1))["response"] == "x" * 3000
    assert files_in(folder) == {LEDGER, LOCK}
