"""Files opened as streams of bytes, whether compressed or not."""

from __future__ import annotations

import contextlib
import gzip
import io
import sys
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO, cast

from synthgen.errors import FileError
from synthgen.extras import late
from synthgen.formats.sources import Source

_CHUNK = 1 << 17


@contextlib.contextmanager
def reading(source: Source) -> Iterator[BinaryIO]:
    """Open a file to be read. Raises FileError, also for what turns out damaged while the block reads."""
    with opened(source) as file:
        if source.compression:
            with _unpacked(file, source) as stream:
                yield stream
        else:
            yield file


@contextlib.contextmanager
def opened(source: Source) -> Iterator[BinaryIO]:
    """Open a file as it is, compressed or not. Raises FileError, as `reading` does."""
    try:
        with contextlib.nullcontext(sys.stdin.buffer) if source.is_stdin else source.path.open("rb") as file:
            yield file
    except FileNotFoundError as error:
        raise FileError(f"{source.name}: no such file.", hint="check the path.") from error
    except (OSError, EOFError, zlib.error) as error:
        reason = getattr(error, "strerror", None) or error
        raise FileError(f"{source.name}: cannot be read: {reason}", hint="check that the file is whole.") from error


@contextlib.contextmanager
def packing(file: BinaryIO, compression: str, name: str) -> Iterator[BinaryIO]:
    """Return a stream whose bytes go into an open file, compressed. The same bytes give the same file."""
    if compression == "gzip":
        with gzip.GzipFile("", "wb", fileobj=file, mtime=0) as stream:
            yield cast(BinaryIO, stream)
    elif compression == "zstd":
        with late("zstandard", "zstandard", "zstd", name).ZstdCompressor().stream_writer(file, closefd=False) as stream:
            yield stream
    else:
        yield file


def _unpacked(file: BinaryIO, source: Source) -> BinaryIO:
    if source.compression == "gzip":
        return cast(BinaryIO, gzip.GzipFile(fileobj=file))
    return io.BufferedReader(_Frames(file, late("zstandard", "zstandard", "zstd", source.name)), _CHUNK)


class _Frames(io.RawIOBase):
    """The contents of zstd frames, one after another.

    The package's own stream reader takes a file that is cut off for one that ends.
    """

    def __init__(self, file: BinaryIO, zstandard: Any) -> None:
        self._file = file
        self._zstandard = zstandard
        self._frame: Any = None
        self._packed = self._plain = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._plain:
            self._packed = self._packed or self._file.read(_CHUNK)
            if not self._packed:
                if self._frame is not None:
                    raise EOFError("it ends in the midst of a zstd frame")
                return 0
            self._unpack()
        size = min(len(buffer), len(self._plain))
        buffer[:size], self._plain = self._plain[:size], self._plain[size:]
        return size

    def _unpack(self) -> None:
        if self._frame is None:
            self._frame = self._zstandard.ZstdDecompressor().decompressobj()
        try:
            self._plain = self._frame.decompress(self._packed)
        except self._zstandard.ZstdError as error:
            raise OSError(str(error)) from error
        self._packed = self._frame.unused_data if self._frame.eof else b""
        if self._frame.eof:
            self._frame = None
