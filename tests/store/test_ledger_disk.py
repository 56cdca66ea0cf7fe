"""A disk that fills up in the midst of a run, a real one of a megabyte."""

from __future__ import annotations

import asyncio
import subprocess
from contextlib import closing

import pytest
from ledger_trials import call_of, row_of

from synthgen.errors import DiskError
from synthgen.records import State
from synthgen.store.ledger import Ledger


@pytest.fixture
def small_disk(tmp_path):
    """A file system of 1 MB, where this user may mount one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    try:
        mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)], capture_output=True, text=True, check=False
        )
    except FileNotFoundError:
        pytest.skip("there is no mount command here")
    if mounted.returncode:
        pytest.skip(f"mounting is not permitted: {mounted.stderr.strip()}")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def make_room(disk):
    subprocess.run(["mount", "-o", "remount,size=8m", str(disk)], check=True)


def test_a_full_disk_is_told_and_the_run_goes_on_when_there_is_room(small_disk):
    folder = small_disk / "run"

    async def fill():
        """Commit until it fails; return how many were committed."""
        with closing(Ledger(folder, write=True)) as ledger:
            await ledger.note(run="trial")
            number = 0
            with pytest.raises(DiskError, match="cannot be written") as caught:  # noqa: PT012  # the disk decides when
                for number in range(1, 1000):
                    await ledger.commit([call_of("x" * 4000)], [row_of(number)])
        assert str(folder) in caught.value.message
        assert "make room" in caught.value.hint
        assert "\n" not in str(caught.value)
        return number - 1

    kept = asyncio.run(fill())
    assert kept > 10
    make_room(small_disk)

    async def go_on():
        with closing(Ledger(folder, write=True)) as ledger:
            assert ledger.states() == {State.DRAFTED: kept}
            assert ledger.next_number() == kept + 1
            await ledger.commit([call_of("x" * 4000)], [row_of(kept + 1)])
            assert ledger.spent().calls == kept + 1

    asyncio.run(go_on())


def test_the_same_process_goes_on_after_room_was_made(small_disk):
    async def fill_and_go_on():
        with closing(Ledger(small_disk / "run", write=True)) as ledger:
            number = 0
            with pytest.raises(DiskError):  # noqa: PT012  # the disk decides which commit it is
                for number in range(1, 1000):
                    await ledger.commit([call_of("x" * 4000)], [row_of(number)])
            make_room(small_disk)
            await ledger.commit([call_of("x" * 4000)], [row_of(number)])
            assert ledger.states() == {State.DRAFTED: number}

    asyncio.run(fill_and_go_on())
