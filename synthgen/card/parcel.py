"""What of an exported folder is published: its card, its metadata, and the files that these name, and nothing else."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from synthgen.card.files import CARD, CROISSANT
from synthgen.errors import FileError
from synthgen.export.dataset_info import DATASET_INFO
from synthgen.export.folder import lies_in
from synthgen.formats.private import MARKS, private_source
from synthgen.formats.rows import read_rows

_AGAIN = "export it again: synthgen export RUN --license LICENSE --out FOLDER."
# The column that says what a row was made from.
_SOURCE = "source"


@dataclass(frozen=True, slots=True)
class Parcel:
    """The files of an exported folder, each by its path relative to it, with its size in bytes.

    `private` says what they were made from that may not be anybody's to publish, "" for nothing of the kind.
    """

    folder: Path
    files: Mapping[str, int]
    private: str

    @property
    def size(self) -> int:
        return sum(self.files.values())


def is_export(folder: Path) -> bool:
    """Whether a folder was written by `synthgen export` with a license, and so says what it holds."""
    return (folder / CROISSANT).is_file()


def parcel_of(folder: Path) -> Parcel:
    """Return what is to be sent of an exported folder. Every file is read, and has to be what the export wrote.

    Raises FileError, or MissingExtraError where rows are in Parquet and cannot be read.
    """
    said = _metadata(folder)
    listed = {str(entry["contentUrl"]): entry for entry in _entries(said, "distribution") if "contentUrl" in entry}
    if not listed:
        raise FileError(f"{folder / CROISSANT}: names no files.", hint=_AGAIN)
    for name, entry in listed.items():
        _check(folder, name, entry)
    beside = [name for name in (CARD, CROISSANT, DATASET_INFO) if (folder / name).is_file()]
    if CARD not in beside:
        raise FileError(f"{folder}: has no {CARD}.", hint=_AGAIN)
    files = {name: (folder / name).stat().st_size for name in (*beside, *listed)}
    return Parcel(folder, files, _marked(said) or _told_by_rows(said, [folder / name for name in listed]))


def _metadata(folder: Path) -> dict[str, Any]:
    path = folder / CROISSANT
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise FileError(f"{path}: cannot be read as JSON.", hint=_AGAIN) from error
    return said if isinstance(said, dict) else {}


def _entries(said: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    listed = said.get(key)
    return [entry for entry in listed if isinstance(entry, Mapping)] if isinstance(listed, list) else []


def _check(folder: Path, name: str, entry: Mapping[str, Any]) -> None:
    """Raise FileError unless a file lies in the folder as it was written."""
    path = folder / name
    if not lies_in(folder, name):
        raise FileError(f"{folder / CROISSANT}: names {name}, which is not in its folder.", hint=_AGAIN)
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise FileError(f"{path}: cannot be read: {error.strerror}.", hint=_AGAIN) from error
    if digest != entry.get("sha256"):
        raise FileError(f"{path}: is not what {CROISSANT} says of it: it has changed since the export.", hint=_AGAIN)


def _marked(said: Mapping[str, Any]) -> str:
    """Return what the export noted of the source of its rows."""
    words = said.get("keywords")
    return next((private for private, mark in MARKS.items() if isinstance(words, list) and mark in words), "")


def _told_by_rows(said: Mapping[str, Any], paths: Sequence[Path]) -> str:
    """Return what rows themselves say, where they have a column for it."""
    columns = {field.get("name") for records in _entries(said, "recordSet") for field in _entries(records, "field")}
    if _SOURCE not in columns:
        return ""
    return next((private for path in paths for _, row in read_rows(path) if (private := private_source(row))), "")
