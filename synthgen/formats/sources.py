"""Which format a file has, told by its name."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from synthgen.errors import FileError

STDIN = "-"
# The rows of a run, by which its folder is read.
DATASET = "dataset.jsonl"

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
            raise FileError(f"{path}: a folder without {DATASET}.", hint="name a file, or the folder of a run.")
        path /= DATASET
    return Source(path, str(path), *format_of(path))


def format_of(path: Path) -> tuple[str, str]:
    """Return the kind and the compression that a file's name tells. Raises FileError."""
    *_, before, last = ["", "", *(suffix.lower() for suffix in path.suffixes)]
    compression = COMPRESSIONS.get(last, "")
    kind = KINDS.get(before if compression else last)
    if kind is None or (compression and kind == "parquet"):
        raise FileError(f"{path}: its name tells no format that can be used.", hint=f"known are {FORMS}.")
    return kind, compression
