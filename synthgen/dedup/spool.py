"""Texts in a temporary file: many more than memory holds."""

from __future__ import annotations

import os
import tempfile
from array import array

from synthgen.files import no_room

_WHAT = "the texts that are compared"


class Spool:
    """Texts by number from 0, in a file that has no name and is gone with its process. In memory a text is 8 bytes."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115  # it lives as long as the spool
        self._ends = array("Q", [0])
        self._is_flushed = True

    def __len__(self) -> int:
        return len(self._ends) - 1

    def append(self, text: str) -> None:
        """Raises DiskError."""
        try:
            self._ends.append(self._ends[-1] + self._file.write(text.encode("utf-8", "surrogatepass")))
        except OSError as error:
            raise no_room(_WHAT, error) from error
        self._is_flushed = False

    def size(self, number: int) -> int:
        """Return how many bytes a text has."""
        return self._ends[number + 1] - self._ends[number]

    def read(self, number: int) -> str:
        """Return a text. Raises DiskError, for the last texts may be written only now."""
        if not self._is_flushed:
            try:
                self._file.flush()
            except OSError as error:
                raise no_room(_WHAT, error) from error
            self._is_flushed = True
        return os.pread(self._file.fileno(), self.size(number), self._ends[number]).decode("utf-8", "surrogatepass")

    def close(self) -> None:
        self._file.close()
