"""The rows that a run works on, as they stood in their file, in the ledger."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from typing import Any

from synthgen.calls import Answered
from synthgen.store.ledger import Ledger


class OriginalBook:
    """Rows of another file or run, numbered from 1, and what was made of them."""

    def __init__(self, ledger: Ledger) -> None:
        self._read = ledger.reading
        self._ledger = ledger

    async def clear(self) -> None:
        """Forget all rows; there must be nothing made of them yet."""
        await self._ledger.write(lambda connection: connection.execute("DELETE FROM originals").close())

    async def put(self, first: int, records: Sequence[Mapping[str, Any]]) -> None:
        """Store rows under the numbers from `first` on. What JSON has no value for, such as a date, becomes text."""
        values = [(number, _text(record)) for number, record in zip(count(first), records, strict=False)]
        put = "INSERT INTO originals VALUES (?, ?)"
        await self._ledger.write(lambda connection: connection.executemany(put, values).close())

    def record(self, number: int) -> dict[str, Any]:
        """Return a row as it was read."""
        (text,) = self._read.execute("SELECT record FROM originals WHERE n = ?", (number,)).fetchone()
        record: dict[str, Any] = json.loads(text)
        return record

    def count(self) -> int:
        (found,) = self._read.execute("SELECT count(*) FROM originals").fetchone()
        return int(found)

    def unasked(self) -> list[int]:
        """Return the numbers of the rows that nothing was made of yet."""
        query = "SELECT n FROM originals WHERE n NOT IN (SELECT seat FROM rows) ORDER BY n"
        return [number for (number,) in self._read.execute(query)]

    def answers(self, row: int) -> list[Answered]:
        """Return what models answered about a row of the run, oldest first."""
        query = """
            SELECT purpose, response, finish FROM calls JOIN row_calls ON row_calls.call = calls.id
            WHERE row_calls.row = ? ORDER BY calls.id
        """
        return [Answered(*values) for values in self._read.execute(query, (row,))]

    def made(self) -> Iterator[tuple[dict[str, Any], int]]:
        """Yield every row as it was read, with the number of the run's row made of it, 0 where there is none."""
        query = """
            SELECT record, coalesce(rows.n, 0) FROM originals LEFT JOIN rows ON rows.seat = originals.n
            ORDER BY originals.n
        """
        for record, number in self._read.execute(query):
            yield json.loads(record), number


def _text(record: Mapping[str, Any]) -> str:
    """Return a row as JSON, with the halves of surrogate pairs, which no database holds, escaped."""
    return json.dumps(record, ensure_ascii=False, default=str).encode("utf-8", "backslashreplace").decode("utf-8")
