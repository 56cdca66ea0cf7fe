"""The files that paths stand for."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from synthgen.errors import FileError

# Hidden files, and what Word, LibreOffice and editors leave beside a file that is open.
_PASSED_OVER = re.compile(r"\.|~\$|~.*\.tmp$|.*~$|Thumbs\.db$|desktop\.ini$")


def transcript_files(paths: Sequence[Path]) -> list[Path]:
    """Return the files that paths name and those in the folders among them, each once and in a stable order.

    Files of a folder come in natural order, `s2.txt` before `s10.txt`, and before those of its folders. Links that
    lead out of a folder are not followed. Raises FileError for a path that does not exist or cannot be listed.
    """
    files: dict[Path, Path] = {}
    for path in paths:
        if not path.exists():
            raise FileError(f"{path}: no such file or folder.", hint="check the path.")
        for file in _walked(path) if path.is_dir() else [path]:
            files.setdefault(file.resolve(), file)
    return list(files.values())


def _walked(folder: Path) -> Iterator[Path]:
    within = folder.resolve()
    for place, folders, names in os.walk(folder, onerror=_refuse):
        folders[:] = sorted(filter(_is_seen, folders), key=_natural)
        for name in sorted(filter(_is_seen, names), key=_natural):
            path = Path(place, name)
            if path.is_file() and path.resolve().is_relative_to(within):
                yield path


def _is_seen(name: str) -> bool:
    return not _PASSED_OVER.match(name)


def _natural(name: str) -> tuple[list[tuple[int, str]], str]:
    parts = re.split(r"(\d+)", name.casefold())
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts], name


def _refuse(error: OSError) -> None:
    raise FileError(f"{error.filename}: cannot be listed: {error.strerror}.", hint="check its permissions.")
