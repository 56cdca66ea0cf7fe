"""Tables of numbers and of bytes in a temporary file: written row by row, read column by column."""

from __future__ import annotations

import contextlib
import os
import tempfile
from array import array
from collections.abc import Iterator

from synthgen.files import no_room

# Rows that are held until they are written, so that their columns stand apart.
_BLOCK = 2_048


class Columns(contextlib.AbstractContextManager["Columns"]):
    """Rows of `width` numbers of 32 bits, each with bytes beside it, in a file that is gone with its process."""

    def __init__(self, width: int) -> None:
        self._width = width
        self._numbers = tempfile.TemporaryFile()  # noqa: SIM115  # they live as long as the table
        self._bytes = tempfile.TemporaryFile()  # noqa: SIM115
        self._block = array("I")
        self._written = 0

    def __exit__(self, *_: object) -> None:
        self._numbers.close()
        self._bytes.close()

    def __len__(self) -> int:
        return self._written + len(self._block) // self._width

    def append(self, numbers: array[int], beside: bytes) -> None:
        """Add a row. Raises DiskError."""
        self._block.extend(numbers)
        with _told():
            self._bytes.write(beside)
            if len(self._block) == _BLOCK * self._width:
                for at in range(self._width):
                    self._numbers.write(self._block[at :: self._width].tobytes())
                self._written += _BLOCK
                self._block = array("I")

    def column(self, at: int) -> array[int]:
        """Return a number of every row. Raises DiskError."""
        found, size = array("I"), _BLOCK * self._block.itemsize
        with _told():
            self._numbers.flush()
            for block in range(self._written // _BLOCK):
                found.frombytes(os.pread(self._numbers.fileno(), size, (block * self._width + at) * size))
        found.extend(self._block[at :: self._width])
        return found

    def beside(self) -> bytes:
        """Return the bytes of all rows. Raises DiskError."""
        with _told():
            self._bytes.seek(0)
            return self._bytes.read()


@contextlib.contextmanager
def _told() -> Iterator[None]:
    """Tell errors of the disk."""
    try:
        yield
    except OSError as error:
        raise no_room("what texts are compared by", error) from error
