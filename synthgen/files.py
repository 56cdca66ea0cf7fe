"""Files: read as text, and written aside and renamed, so that a reader never meets half of one."""

from __future__ import annotations

import contextlib
import io
import json
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any, BinaryIO, TextIO, TypeVar

from synthgen.errors import DiskError, FileError

# Half of a surrogate pair, which UTF-8 cannot hold, is written as JSON escapes it.
_ESCAPED = "backslashreplace"

File = TypeVar("File", bound=IO[str] | IO[bytes])


@contextlib.contextmanager
def private_files(when: bool = True) -> Iterator[None]:
    """Have every file and folder that is made within be for its owner alone, `when` this is so."""
    if not when:
        yield
        return
    usual = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(usual)


def share_files(*paths: Path) -> None:
    """Let others read files as far as the user lets them read any new one, when nothing in them was private after all.

    Raises DiskError.
    """
    os.umask(usual := os.umask(0o077))  # it can be learnt by setting it alone
    for path in paths:
        try:
            path.chmod(0o666 & ~usual)
        except OSError as error:
            raise DiskError(
                f"{path}: others cannot be let read it: {error.strerror}.", hint="set its mode by hand."
            ) from error


def text_in(path: Path, hint: str) -> str:
    """Return a text file's text; `hint` is for where there is none. Raises FileError."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise FileError(f"{path}: cannot be read: {error.strerror}.", hint=hint) from error
    except UnicodeDecodeError as error:
        raise FileError(f"{path}: not UTF-8 text.", hint="save it as UTF-8.") from error


def no_room(what: str, error: OSError) -> DiskError:
    """Return the error to raise where temporary files cannot hold `what`."""
    return DiskError(
        f"{tempfile.gettempdir()}: cannot hold {what}: {error.strerror}.",
        hint="make room, or set TMPDIR to a roomier place.",
    )


def written_aside(path: Path) -> contextlib.AbstractContextManager[TextIO]:
    """Open a text file beside `path` that takes its place when the block ends well. Raises DiskError."""

    def opened(aside: Path) -> TextIO:
        file = io.BufferedWriter(_Written(aside, path))
        return io.TextIOWrapper(file, encoding="utf-8", errors=_ESCAPED, newline="\n")

    return _aside(path, opened)


def bytes_aside(path: Path) -> contextlib.AbstractContextManager[BinaryIO]:
    """Open a file of bytes beside `path` that takes its place when the block ends well. Raises DiskError."""
    return _aside(path, lambda aside: io.BufferedWriter(_Written(aside, path)))


def json_aside(path: Path, value: Any) -> None:
    """Write a value as JSON that people can read, by `written_aside`."""
    with written_aside(path) as file:
        json.dump(value, file, ensure_ascii=False, indent=2)
        file.write("\n")


@contextlib.contextmanager
def _aside(path: Path, opened: Callable[[Path], File]) -> Iterator[File]:
    aside = path.with_name(f".{path.name}.{os.getpid()}.aside")
    try:
        with _told(path):
            file = opened(aside)
        with file:
            # An OSError of the block itself is of some other file.
            yield file
            with _told(path):
                file.flush()
                os.fsync(file.fileno())
        with _told(path):
            aside.replace(path)
    finally:
        with contextlib.suppress(OSError):
            aside.unlink(missing_ok=True)


class _Written(io.FileIO):
    """A new file at `aside` whose refusals are told as those of `path`."""

    def __init__(self, aside: Path, path: Path) -> None:
        super().__init__(aside, "w")
        self._path = path

    def write(self, data: Any, /) -> int:
        with _told(self._path):
            return super().write(data)


@contextlib.contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise DiskError(
            f"{path}: cannot be written: {error.strerror or error}.", hint="make room and run the same command again."
        ) from error
