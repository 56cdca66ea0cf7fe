"""Whether rows of runs and files were made from what is private: as the run's ledger says, or the rows themselves."""

from __future__ import annotations

import json
import os
from contextlib import closing
from pathlib import Path

from synthgen.formats.private import MARKS, private_among, private_in_notes
from synthgen.formats.rows import read_records
from synthgen.formats.sources import EXPORT_RECORD, LEDGER, STDIN, Source, source_of
from synthgen.store.ledger import Ledger

# A record lists the files of an export, and has a few numbers.
_MOST_RECORD_BYTES = 16_000_000


def private_origin(*origins: str | Path | Source) -> str:
    """Return what the rows of runs and files were made from that is private, "" for nothing of the kind.

    It is one of the keys of formats/private.py `MARKS`. A run's folder and whatever lies in it are known by the run's
    ledger, an export by its record, since its rows may say nothing any more; of any other file rows are read until one
    says it. What comes through a pipe cannot be read ahead: there whoever reads has to ask each row. Raises RunError,
    FileError or MissingExtraError.
    """
    return private_run(*origins) or next(filter(None, map(_private_rows, origins)), "")


def private_run(*origins: str | Path | Source) -> str:
    """Do as `private_origin` does, but read no rows: files that lie in no run's folder have nothing to say."""
    return next(filter(None, map(_noted, origins)), "")


def _noted(origin: str | Path | Source) -> str:
    path = origin.path if isinstance(origin, Source) else origin
    if str(path) == STDIN:
        return ""
    place = Path(os.path.realpath(path))
    for folder in (place, *place.parents):
        if private := _recorded(folder / EXPORT_RECORD):
            return private
        if os.path.isfile(folder / LEDGER):
            with closing(Ledger(folder, write=False)) as ledger:
                return private_in_notes(ledger.meta())
    return ""


def _recorded(path: Path) -> str:
    """Return what an export's record says; anything else of that name says nothing."""
    try:
        record = json.loads(path.read_bytes()) if path.stat().st_size <= _MOST_RECORD_BYTES else None
    except (OSError, ValueError, RecursionError):
        return ""
    private = record.get("private") if isinstance(record, dict) else None
    return private if private in MARKS else ""


def _private_rows(origin: str | Path | Source) -> str:
    source = origin if isinstance(origin, Source) else source_of(origin)
    if source.is_stdin or source.path.is_fifo():
        return ""
    return private_among(record.row for record in read_records(source))
