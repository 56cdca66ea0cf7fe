"""Which format a file has, told by its name."""

from __future__ import annotations

import os
import shlex
from dataclasses import dataclass
from pathlib import Path

from synthgen.errors import FileError

STDIN = "-"
# The rows of a run, by which its folder is read.
DATASET = "dataset.jsonl"
# All that there is of a run until it ends.
LEDGER = "ledger.sqlite"
# What a run says of itself when it ends.
RUN_RECORD = "run.json"
# Figures that runs leave beside their rows, by recipe.
FIGURES_OF = {"annotate": "annotation.json", "judge": "scores.json", "evaluate": "comparison.json"}
# What an export says of itself, beside its files.
EXPORT_RECORD = "export.json"

KINDS = {
    ".jsonl": "lines",
    ".ndjson": "lines",
    ".json": "list",
    ".csv": "comma",
    ".tsv": "tab",
    ".parquet": "parquet",
}
COMPRESSIONS = {".gz": "gzip", ".zst": "zstd"}
FORMS = f"{', '.join(KINDS)}; all but .parquet also with {' or '.join(COMPRESSIONS)} after it"


@dataclass(frozen=True, slots=True)
class Source:
    """A file of rows: `name` is what its user calls it, `kind` one of `KINDS`, `compression` "" or as above."""

    path: Path
    name: str
    kind: str
    compression: str

    @property
    def is_stdin(self) -> bool:
        return str(self.path) == STDIN


def source_of(path: str | Path) -> Source:
    """Return what a path stands for: "-" is JSON lines on stdin, a run's folder its dataset. Raises FileError."""
    path = Path(path)
    if str(path) == STDIN:
        return Source(path, "stdin", "lines", "")
    if path.is_dir():
        if not (path / DATASET).is_file():
            raise FileError(f"{path}: a folder without {DATASET}.", hint=_way_to_rows(path))
        path /= DATASET
    return Source(path, str(path), *format_of(path))


def place_of(path: Path) -> Path:
    """Return where a path leads, by which two are compared; a link that leads to itself stays what it is."""
    return Path(os.path.realpath(path))


def _way_to_rows(folder: Path) -> str:
    """Return what to do about a folder that holds no rows."""
    if not (folder / LEDGER).is_file():
        return "name a file, or the folder of a run."
    go_on = f"synthgen generate --out {shlex.quote(str(folder))}"
    return f"its run has not ended; if it was killed, `{go_on}`, or the command that began it, goes on with it."


def format_of(path: Path) -> tuple[str, str]:
    """Return the kind and the compression that a file's name tells. Raises FileError."""
    *_, before, last = ["", "", *(suffix.lower() for suffix in path.suffixes)]
    compression = COMPRESSIONS.get(last, "")
    kind = KINDS.get(before if compression else last)
    if kind is None or (compression and kind == "parquet"):
        raise FileError(f"{path}: its name tells no format that can be used.", hint=f"known are {FORMS}.")
    return kind, compression
