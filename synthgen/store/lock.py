"""One process a run: a lock that a kill leaves behind open."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from pathlib import Path

from synthgen.errors import RunError, RunLockedError, SynthgenError
from synthgen.store.writer import DISK_ERRORS, ledger_error

# `lock_holder` of another process takes the lock for a moment.
PATIENCE_S = 0.2


class RunLock:
    """Holds a write transaction on a small database of its own while it lives; the system drops it with the process."""

    def __init__(self, path: Path) -> None:
        """Take the lock.

        Raises RunLockedError naming the process that has it, DiskError, or RunError for a damaged one.
        """
        self._connection = sqlite3.connect(path, timeout=PATIENCE_S, isolation_level=None, check_same_thread=False)
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            self._connection.execute("CREATE TABLE IF NOT EXISTS owner (pid INTEGER)")
            self._connection.execute("DELETE FROM owner")
            self._connection.execute("INSERT INTO owner VALUES (?)", (os.getpid(),))
            self._connection.execute("COMMIT")
            # Held open from here on; readers still see the process id committed above.
            self._connection.execute("BEGIN IMMEDIATE")
        except sqlite3.Error as error:
            owner = _owner(self._connection)
            self._connection.close()
            raise _told(error, path, owner) from error

    def release(self) -> None:
        self._connection.close()


def lock_holder(path: Path) -> int | None:
    """Return the id of the process that holds a run's lock, None when nobody does."""
    if not path.is_file():
        return None
    with contextlib.suppress(sqlite3.Error), contextlib.closing(sqlite3.connect(path, timeout=0)) as connection:
        try:
            # Held for a moment only: a run that begins now waits that long.
            connection.execute("BEGIN IMMEDIATE")
            connection.rollback()
        except sqlite3.OperationalError as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY:
                return _owner(connection)
    return None


def _told(error: sqlite3.Error, path: Path, owner: int | None) -> SynthgenError:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_BUSY:
        return RunLockedError(
            f"{path.parent}: process {owner or 'unknown'} is at work on this run.",
            hint="wait for it or stop it; `synthgen runs show` tells how far it is.",
        )
    if code in DISK_ERRORS:
        return ledger_error(error, path)
    return RunError(
        f"{path}: not a sound lock: {error}.",
        hint="delete it: it only says which process is at work on the run, and holds no rows.",
    )


def _owner(connection: sqlite3.Connection) -> int | None:
    with contextlib.suppress(sqlite3.Error):
        row = connection.execute("SELECT pid FROM owner").fetchone()
        return int(row[0]) if row else None
    return None
