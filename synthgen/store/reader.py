"""A ledger opened for reading, in whatever state a run has left it."""

from __future__ import annotations

import sqlite3
from pathlib import Path


def reader_of(path: Path) -> sqlite3.Connection:
    """Return a connection to a ledger that only reads. Raises sqlite3.Error."""
    try:
        return _opened(path, "mode=ro")
    except sqlite3.OperationalError as error:
        code = error.sqlite_errorcode
        if code == sqlite3.SQLITE_READONLY_ROLLBACK:
            # A kill as a run opened or closed it left half a change, which only one that may write takes back.
            _opened(path, "mode=rw").close()
            return _opened(path, "mode=ro")
        if code & 0xFF in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY) and not _has_log(path):
            # Runs of former versions want a file beside them even to be read. Where none can be made nobody writes.
            return _opened(path, "mode=ro&immutable=1")
        raise


def quoted(path: Path) -> str:
    """Return a path as SQLite's URIs have it."""
    return str(path.resolve()).replace("%", "%25").replace("?", "%3f").replace("#", "%23")


def _opened(path: Path, how: str) -> sqlite3.Connection:
    connection = sqlite3.connect(f"file:{quoted(path)}?{how}", uri=True, isolation_level=None)
    try:
        # SQLite looks at the file no sooner than it is asked for something.
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _has_log(path: Path) -> bool:
    log = path.with_name(f"{path.name}-wal")
    return log.exists() and log.stat().st_size > 0
