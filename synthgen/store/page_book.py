"""The transcripts of a run: their pages, and what was taken out of them. All of it stays in the run's folder."""

from __future__ import annotations

import json
import sqlite3
from asyncio import Future
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from synthgen.deidentify.slips import looked_for
from synthgen.deidentify.transcript import Replacement
from synthgen.records import Page, PageTurn
from synthgen.store.codec import storable
from synthgen.store.ledger import Ledger

# A row's seat is its page's number and which of the page's rounds it is.
SEATS_A_PAGE = 100
_PAGE_COLUMNS = "n, transcript, part, sheet, language, start, end, turns"
# Rows of one page come one after another.
_KEPT_PAGES = 512


@dataclass(frozen=True, slots=True)
class Entry:
    """A transcript as the book has it.

    `how` is by what its speakers' `roles` were told, `reason` says why it gave nothing, `replaced` is (kind, original,
    surrogate).
    """

    number: int
    name: str
    hash: str
    roles: Mapping[str, str]
    how: str = ""
    pages: Sequence[Page] = ()
    replaced: Sequence[tuple[str, str, str]] = ()
    reason: str | None = None


class PageBook:
    """The pages that a ledger has."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._read = ledger.reading
        self.page = lru_cache(maxsize=_KEPT_PAGES)(self._page)
        self._private = lru_cache(maxsize=_KEPT_PAGES)(self._originals)

    def put(self, entry: Entry) -> Future[None]:
        """Put a transcript with all that belongs to it; the future is done when it is on disk."""

        def write(connection: sqlite3.Connection) -> None:
            roles = json.dumps(dict(entry.roles), ensure_ascii=False)
            values = (entry.number, entry.name, entry.hash, roles, entry.how, entry.reason)
            connection.execute("INSERT INTO transcripts VALUES (?, ?, ?, ?, ?, ?)", tuple(map(storable, values)))
            pages = [(*_head(page), _turns_text(page.turns)) for page in entry.pages]
            connection.executemany("INSERT INTO pages VALUES (?, ?, ?, ?, ?, ?, ?, ?)", pages)
            replaced = [(entry.number, *map(storable, what)) for what in entry.replaced]
            connection.executemany("INSERT INTO surrogates VALUES (?, ?, ?, ?)", replaced)

        return self._ledger.write(write)

    def known(self) -> dict[str, str]:
        """Return the hash of each transcript by its name."""
        return dict(self._read.execute("SELECT name, hash FROM transcripts"))

    def unreadable(self) -> list[tuple[str, str]]:
        """Return the name of each file that gave no transcript, and why."""
        return list(self._read.execute("SELECT name, reason FROM transcripts WHERE reason IS NOT NULL ORDER BY n"))

    def told_by(self) -> dict[str, int]:
        """Return of how many transcripts the roles were told by what."""
        query = "SELECT how, count(*) FROM transcripts WHERE reason IS NULL GROUP BY how ORDER BY count(*) DESC, how"
        return dict(self._read.execute(query))

    def counts(self) -> tuple[int, int]:
        """Return how many transcripts have pages, and how many pages there are."""
        query = "SELECT count(DISTINCT transcript), count(*) FROM pages"
        transcripts, pages = self._read.execute(query).fetchone()
        return transcripts, pages

    def next_numbers(self) -> tuple[int, int]:
        """Return the numbers of the next transcript and of the next page."""
        query = "SELECT coalesce((SELECT max(n) FROM transcripts), 0), coalesce((SELECT max(n) FROM pages), 0)"
        transcript, page = self._read.execute(query).fetchone()
        return transcript + 1, page + 1

    def unasked(self) -> Iterator[tuple[int, str]]:
        """Yield number and language of each page that no row was made of yet."""
        query = f"SELECT n, language FROM pages WHERE n NOT IN (SELECT seat / {SEATS_A_PAGE} FROM rows) ORDER BY n"  # noqa: S608
        yield from self._read.execute(query).fetchall()

    def _page(self, number: int) -> Page:
        query = f"SELECT {_PAGE_COLUMNS} FROM pages WHERE n = ?"  # noqa: S608  # a constant
        *head, turns = self._read.execute(query, (number,)).fetchone()
        said = tuple(PageTurn(*values) for values in json.loads(turns))
        n, transcript, part, sheet, language, start, end = head
        return Page(n, transcript, part, sheet, language, start, end, said, self._private(transcript))

    def _originals(self, transcript: int) -> tuple[str, ...]:
        """Return what was taken out of a transcript, and the parts of full names."""
        query = "SELECT kind, original, surrogate FROM surrogates WHERE transcript = ? ORDER BY kind, original"
        return tuple(looked_for([Replacement(*values) for values in self._read.execute(query, (transcript,))]))


def _head(page: Page) -> tuple[int, int, int, int, str, int, int]:
    return page.number, page.transcript, page.part, page.sheet, page.language, page.start, page.end


def _turns_text(turns: Sequence[PageTurn]) -> Any:
    listed = [[turn.number, turn.role, turn.speaker, turn.text] for turn in turns]
    return storable(json.dumps(listed, ensure_ascii=False))
