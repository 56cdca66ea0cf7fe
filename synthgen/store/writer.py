"""The one writer of a ledger: a thread that commits what has gathered, so that one disk flush serves many calls."""

from __future__ import annotations

import asyncio
import contextlib
import queue
import sqlite3
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from synthgen.errors import DiskError, RunError, RunLockedError, SynthgenError

Write = Callable[[sqlite3.Connection], None]
_Job = tuple[Write, "asyncio.Future[None]"]

# Writes gather while the disk is busy with the transaction before; more than this in one is no faster.
MOST_IN_ONE = 256
# What SQLite says where a disk is full or refuses.
DISK_ERRORS = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN)


class Writer:
    """Commits writes in the order in which they are given."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._work, name="ledger", daemon=True)
        self._thread.start()

    def commit(self, write: Write) -> asyncio.Future[None]:
        """Return a future that is done when the write is on disk, or holds the RunError why it is not."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._jobs.put((write, done))
        return done

    def close(self) -> None:
        """Commit what is waiting, end the thread and close the connection."""
        self._jobs.put(None)
        self._thread.join()
        # Without a write-ahead log a finished run can be read where no file may be made beside it. Who reads just now
        # is in the way of this, and then the next to write does it.
        with contextlib.suppress(sqlite3.Error):
            self._connection.execute("PRAGMA busy_timeout = 0")
            self._connection.execute("PRAGMA journal_mode = DELETE").fetchone()
        self._connection.close()

    def _work(self) -> None:
        while (first := self._jobs.get()) is not None:
            jobs = [first]
            last = False
            while not self._jobs.empty() and len(jobs) < MOST_IN_ONE and not last:
                if (job := self._jobs.get()) is None:
                    last = True
                else:
                    jobs.append(job)
            error = self._transact([write for write, _ in jobs])
            if error is None or len(jobs) == 1:
                _answer(jobs, error)
            else:
                # A write that fails takes no other with it.
                for write, done in jobs:
                    _answer([(write, done)], self._transact([write]))
            if last:
                return

    def _transact(self, writes: Sequence[Write]) -> Exception | None:
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            for write in writes:
                write(self._connection)
            self._connection.execute("COMMIT")
        except Exception as error:  # also a bug in a write: who waits for it has to hear of it
            with contextlib.suppress(sqlite3.Error):
                self._connection.rollback()
            return ledger_error(error, self._path) if isinstance(error, sqlite3.Error) else error
        return None


def ledger_error(error: sqlite3.Error, path: Path) -> SynthgenError:
    """Return the told error for one of SQLite's."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in DISK_ERRORS:
        return DiskError(
            f"{path}: cannot be written: {error}.",
            hint="make room (or give write permission) and run the same command again: what was received is kept.",
        )
    # An empty file is a sound database, only without tables.
    if code in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT) or "no such table" in str(error):
        return unsound(path, str(error))
    if code == sqlite3.SQLITE_BUSY:
        return RunLockedError(
            f"{path}: another program is using it: {error}.",
            hint="let it finish and run the same command again: what was received is kept.",
        )
    return RunError(f"{path}: the ledger refused: {error}.", hint="please report this with the run's run.json.")


def unsound(path: Path, why: str) -> RunError:
    """Return the error for a ledger that is damaged."""
    return RunError(f"{path}: not a sound ledger: {why}.", hint="restore it from a copy, or choose another --out.")


def _answer(jobs: Sequence[_Job], error: Exception | None) -> None:
    def settle() -> None:
        for _, done in jobs:
            if done.done():
                continue
            if error is None:
                done.set_result(None)
            else:
                done.set_exception(error)

    with contextlib.suppress(RuntimeError):  # the loop has ended: nobody waits any more
        jobs[0][1].get_loop().call_soon_threadsafe(settle)
