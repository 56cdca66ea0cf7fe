"""Files are written aside and renamed, so that a reader never meets half of one."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any, BinaryIO, TextIO, TypeVar

from synthgen.errors import DiskError

# Half of a surrogate pair, which UTF-8 cannot hold, is written as JSON escapes it.
_ESCAPED = "backslashreplace"

File = TypeVar("File", bound=IO[str] | IO[bytes])


def written_aside(path: Path) -> contextlib.AbstractContextManager[TextIO]:
    """Open a text file beside `path` that takes its place when the block ends well. Raises DiskError."""
    return _aside(path, lambda aside: aside.open("w", encoding="utf-8", errors=_ESCAPED, newline="\n"))


def bytes_aside(path: Path) -> contextlib.AbstractContextManager[BinaryIO]:
    """Open a file of bytes beside `path` that takes its place when the block ends well. Raises DiskError."""
    return _aside(path, lambda aside: aside.open("wb"))


def json_aside(path: Path, value: Any) -> None:
    """Write a value as JSON that people can read, by `written_aside`."""
    with written_aside(path) as file:
        json.dump(value, file, ensure_ascii=False, indent=2)
        file.write("\n")


@contextlib.contextmanager
def _aside(path: Path, opened: Callable[[Path], File]) -> Iterator[File]:
    aside = path.with_name(f".{path.name}.{os.getpid()}.aside")
    try:
        file = opened(aside)
        with file:
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
