"""The folder of an export: what is written takes the place of an earlier export, and of nothing else."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from synthgen.errors import DiskError, UsageError
from synthgen.files import written_aside
from synthgen.formats.sources import EXPORT_RECORD

# What may be put beside an export afterwards, and is written anew with the next card.
BESIDE = frozenset({"README.md", "croissant.json"})
_ASIDE = ".export.", ".aside"


@contextlib.contextmanager
def export_folder(out: Path) -> Iterator[Path]:
    """Return a folder to write files and the record to; they take their places in `out` when the block ends well.

    Whatever stops it, `out` holds whole files: the former ones, or, while they are replaced, some of both, which the
    record tells and the next export mends. Raises UsageError where `out` holds what no export wrote, and DiskError.
    """
    before = _claimed(out)
    try:
        out.mkdir(parents=True, exist_ok=True)
        _sweep(out)
        aside = out / f"{_ASIDE[0]}{os.getpid()}{_ASIDE[1]}"
        aside.mkdir()
        try:
            yield aside
            _put_in_place(aside, out, before)
        finally:
            shutil.rmtree(aside, ignore_errors=True)
    except OSError as error:
        raise DiskError(
            f"{out}: cannot be written: {error.strerror or error}.", hint="make room and run the same command again."
        ) from error


def file_hash(path: Path) -> str:
    """Return "sha256:<hex>" of a file."""
    with path.open("rb") as file:
        return "sha256:" + hashlib.file_digest(file, "sha256").hexdigest()


def lies_in(folder: Path, name: str) -> bool:
    """Whether a name that a file gives, which anybody may have written, is that of a file inside a folder."""
    path = PurePosixPath(name)
    is_plain = bool(path.parts) and not path.is_absolute() and ".." not in path.parts and path.as_posix() == name
    if not is_plain:
        return False
    file = folder / name
    try:
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):
            file.stat()
        return file.resolve().is_relative_to(folder.resolve())
    except (ValueError, OSError):  # a zero or half a character is in it, or links go round in a circle
        return False


def write_record(folder: Path, record: Mapping[str, Any]) -> None:
    """Write what is to be known of an export."""
    with written_aside(folder / EXPORT_RECORD) as file:
        file.write(json.dumps(record, ensure_ascii=False, indent=2) + "\n")


def _claimed(out: Path) -> set[str]:
    """Return the files of an earlier export. Raises UsageError for any other file."""
    if out.exists() and not out.is_dir():
        raise UsageError(f"{out}: is a file.", hint="name a folder by --out.")
    known = _named(out / EXPORT_RECORD)
    for path in out.rglob("*") if out.is_dir() else ():
        name = path.relative_to(out).as_posix()
        if _is_aside(path, out) or path.is_dir() or name in known or name in BESIDE or name == EXPORT_RECORD:
            continue
        raise UsageError(
            f"{out}: holds {name}, which no export wrote.", hint="choose a new or empty folder, or that of an export."
        )
    return known


def _named(record: Path) -> set[str]:
    """Return the files beside a record that it names; none where there is no record that can be read."""
    try:
        names = {str(file["path"]) for file in json.loads(record.read_text(encoding="utf-8"))["files"]}
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return set()
    return {name for name in names if lies_in(record.parent, name)}


def _put_in_place(aside: Path, out: Path, before: set[str]) -> None:
    """Rename all files into their places, and take away those of the export before that are none any more."""
    names = sorted(path.relative_to(aside).as_posix() for path in aside.rglob("*") if path.is_file())
    names.remove(EXPORT_RECORD)
    for name in names:
        _keep(aside / name)
    # A kill from here on leaves files of both exports: the next one has to know all of them for its own.
    write_record(out, {"unfinished": True, "files": [{"path": name} for name in sorted({*before, *names})]})
    for name in names:
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (aside / name).replace(out / name)
    for path in (out / name for name in before.difference(names)):
        path.unlink(missing_ok=True)
        if path.parent != out and not any(path.parent.iterdir()):
            path.parent.rmdir()
    (aside / EXPORT_RECORD).replace(out / EXPORT_RECORD)


def _keep(path: Path) -> None:
    """See to it that a file is on the disk before its name is."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _is_aside(path: Path, out: Path) -> bool:
    top = path.relative_to(out).parts[0]
    return top.startswith(_ASIDE[0]) and top.endswith(_ASIDE[1])


def _sweep(out: Path) -> None:
    """Take away what a process that was killed left."""
    for path in out.glob("*".join(_ASIDE)):
        shutil.rmtree(path, ignore_errors=True)
