"""The file or run that a recipe works on: which it is, and whether anything can be read from it."""

from __future__ import annotations

from pathlib import Path

from synthgen.errors import FileError, UsageError
from synthgen.formats.rows import read_rows
from synthgen.formats.sources import STDIN, place_of


def chosen_origin(said: str | None, stored: str | None, out: Path | None, *, does: str) -> str:
    """Return what a run works on: what it was begun with, else what the user says now; `does` is the verb for it.

    Raises UsageError for none or another one, and FileError for one that cannot be read or has no rows.
    """
    if said and stored and not _is_same(said, stored):
        raise UsageError(f"{out}: {does}s {stored}, not {said}.", hint="choose another --out for another source.")
    origin = stored or said
    if origin is None:
        raise UsageError(f"nothing to {does} is named.", hint=f"give a run or a file: synthgen {does} dialogues.jsonl")
    if stored is None and origin != STDIN and not any(True for _ in read_rows(origin)):
        raise no_rows(origin)
    return origin


def no_rows(origin: str | Path) -> FileError:
    """Return the error for a file without rows."""
    return FileError(f"{origin}: holds no rows.", hint="name a run or a file with dialogues.")


def _is_same(one: str, other: str) -> bool:
    """Whether two paths are of one file; what is on stdin can only be told by its name."""
    return one == other or (STDIN not in (one, other) and place_of(Path(one)) == place_of(Path(other)))
