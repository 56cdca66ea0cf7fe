"""A process killed while it begins leaves a folder in which the same command begins anew."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from ledger_trials import call_of, row_of

from synthgen.engine.session import stored_settings
from synthgen.errors import RunError
from synthgen.formats.sources import LEDGER
from synthgen.records import State
from synthgen.settings import Settings
from synthgen.store.ledger import FRESH, LOCK, Ledger

REPOSITORY = Path(__file__).resolve().parents[2]

# Kills itself as it opens, makes, moves or removes a file for the n-th time.
BEGIN = """
import os, signal, sys
from pathlib import Path
from synthgen.store.ledger import Ledger
left = int(sys.argv[2])
def count(event, details):
    global left
    if event in ("os.mkdir", "os.rename", "os.remove", "sqlite3.connect"):
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(count)
Ledger(Path(sys.argv[1]), write=True).close()
"""


def begin(folder, steps):
    """Begin a run in a process that is killed after so many steps; return how it ended."""
    path = os.pathsep.join([os.environ["PYTHONPATH"], str(REPOSITORY)])
    command = [sys.executable, "-c", BEGIN, str(folder), str(steps)]
    return subprocess.run(command, env=os.environ | {"PYTHONPATH": path}, check=False).returncode


def assert_begins_anew(folder):
    assert stored_settings(folder, "generate", Settings) is None
    Ledger(folder, write=True).close()
    assert {path.name for path in folder.iterdir()} == {LEDGER, LOCK}
    with closing(Ledger(folder, write=False)) as ledger:
        assert ledger.meta() == {}


def test_a_kill_at_any_step_of_the_beginning_is_gone_on_from(tmp_path):
    steps = 0
    while (ended := begin(tmp_path / str(steps), steps)) == -signal.SIGKILL:
        assert_begins_anew(tmp_path / str(steps))
        steps += 1
    assert ended == 0
    assert steps >= 4


@pytest.mark.parametrize("left", [(), (LOCK,), (LOCK, f"{LOCK}-journal"), (LOCK, FRESH)])
def test_what_a_beginning_leaves_is_no_stranger(tmp_path, left):
    for name in left:
        (tmp_path / name).write_bytes(b"half" if name == FRESH else b"")
    assert_begins_anew(tmp_path)


def test_a_folder_with_something_else_in_it_is_refused(tmp_path):
    (tmp_path / LOCK).touch()
    (tmp_path / "notes.txt").touch()
    with pytest.raises(RunError, match="holds something that is not a run"):
        stored_settings(tmp_path, "generate", Settings)


def test_a_closed_ledger_is_one_file(tmp_path):
    async def write():
        with closing(Ledger(tmp_path, write=True)) as ledger:
            await ledger.commit([call_of()], [row_of(1)])
            assert (tmp_path / f"{LEDGER}-wal").exists()

    asyncio.run(write())
    assert {path.name for path in tmp_path.iterdir()} == {LEDGER, LOCK}


def test_a_write_that_is_refused_takes_no_other_with_it(tmp_path):
    """Writes that gather while the disk is busy share a transaction, but not each other's faults."""

    async def write():
        with closing(Ledger(tmp_path, write=True)) as ledger:
            first = ledger.commit([call_of()], [row_of(1, State.ACCEPTED, seat=1)])
            gathered = [
                ledger.commit(
                    [call_of(str(number))], [row_of(number, State.ACCEPTED, seat=1 if number == 50 else number)]
                )
                for number in range(2, 100)
            ]
            await first
            return await asyncio.gather(*gathered, return_exceptions=True)

    ends = asyncio.run(write())
    assert [number for number, end in enumerate(ends, 2) if end is not None] == [50]
    assert isinstance(ends[48], RunError)
    with closing(Ledger(tmp_path, write=False)) as ledger:
        assert ledger.states() == {State.ACCEPTED: 98}
        assert ledger.spent().calls == 98
