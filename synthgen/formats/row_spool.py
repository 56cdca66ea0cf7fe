"""Rows that wait in a temporary file until all of their columns are known."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

Row = dict[str, Any]


class RowSpool:
    """Rows as JSON in a file that is gone with its writer.

    They come back as columns can hold them: a lone surrogate is a question mark, an object without keys nothing.
    """

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115  # it lives as long as the spool

    def add(self, row: Mapping[str, Any]) -> None:
        line = json.dumps(row, ensure_ascii=False, default=str)
        self._file.write(line.encode("utf-8", "replace") + b"\n")

    def rows(self) -> Iterator[Row]:
        """Yield all rows from the first on."""
        self._file.seek(0)
        for line in self._file:
            yield json.loads(line, object_hook=lambda found: found or None) or {}

    def batches(self, size: int) -> Iterator[list[Row]]:
        """Yield all rows in lists of this size; the last one may be shorter."""
        rows = self.rows()
        while batch := list(islice(rows, size)):
            yield batch

    def columns(self) -> list[str]:
        """Return the keys of all rows, in the order of their first use."""
        return list(dict.fromkeys(key for row in self.rows() for key in row))

    def close(self) -> None:
        self._file.close()
