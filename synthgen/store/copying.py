"""A ledger without its rows: what was asked and answered, to be read anew."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from pathlib import Path

from synthgen.errors import RunError
from synthgen.formats.sources import LEDGER
from synthgen.store.ledger import FRESH
from synthgen.store.reader import reader_of
from synthgen.store.writer import ledger_error


def copy_calls(source: Path, target: Path, **notes: str) -> None:
    """Make a run folder with the calls and the notes of another, none of its rows, and these notes besides.

    Raises RunError when the target folder holds anything, or either cannot be used.
    """
    try:
        if target.exists() and any(target.iterdir()):
            raise RunError(f"{target}: holds something already.", hint="choose a new folder.")
        target.mkdir(parents=True, exist_ok=True)
        fresh = target / FRESH
        with (
            contextlib.closing(reader_of(source / LEDGER)) as old,
            contextlib.closing(sqlite3.connect(fresh, isolation_level=None)) as new,
        ):
            old.backup(new)
            new.execute("PRAGMA journal_mode = MEMORY")
            new.execute("BEGIN IMMEDIATE")
            new.execute("DELETE FROM row_calls")
            new.execute("DELETE FROM rows")
            pairs = [(key, json.dumps(value)) for key, value in notes.items()]
            new.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", pairs)
            new.execute("COMMIT")
        fresh.replace(target / LEDGER)
    except sqlite3.Error as error:
        raise ledger_error(error, target / LEDGER) from error
    except OSError as error:
        raise RunError(f"{target}: cannot be used: {error.strerror}.", hint="choose another folder.") from error
