"""Files are written aside and renamed, so that a reader never meets half of one."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from synthgen.errors import DiskError


@contextlib.contextmanager
def written_aside(path: Path) -> Iterator[TextIO]:
    """Open a text file beside `path` that takes its place when the block ends well. Raises DiskError."""
    aside = path.with_name(f".{path.name}.{os.getpid()}.aside")
    try:
        with aside.open("w", encoding="utf-8", newline="\n") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
    except OSError as error:
        raise DiskError(
            f"{path}: cannot be written: {error.strerror}.", hint="make room and run the same command again."
        ) from error
    finally:
        with contextlib.suppress(OSError):
            aside.unlink(missing_ok=True)
