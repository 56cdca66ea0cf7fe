"""How transcripts come into a run: read, made safe to show, cut into pages and put into the ledger, one by one."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from synthgen.errors import RunChangedError
from synthgen.hashing import content_hash
from synthgen.records import Page
from synthgen.store.page_book import Entry, PageBook
from synthgen.transcripts.transcript import Transcript, Unreadable


@dataclass(frozen=True, slots=True)
class Cut:
    """A transcript made safe and cut. Its pages have no numbers of the run yet; `replaced` is as an entry's."""

    pages: tuple[Page, ...]
    roles: dict[str, str]
    how: str
    replaced: tuple[tuple[str, str, str], ...]


class Intake:
    """Reads on while there are files, beside the calls: each transcript is one job, done in a thread."""

    def __init__(
        self,
        transcripts: Iterator[Transcript | Unreadable],
        book: PageBook,
        cut: Callable[[Transcript], Cut],
        take: Callable[[Sequence[Page]], None],
        *,
        accept_changes: bool,
    ) -> None:
        """`cut` is pure but for its pace; `take` gets the pages that are in the ledger."""
        self._transcripts = transcripts
        self._book = book
        self._cut = cut
        self._take = take
        self._accept_changes = accept_changes
        self._known = book.known()
        self._next_transcript, self._next_page = book.next_numbers()
        self._is_reading = self.is_done = False

    def job(self) -> Awaitable[None] | None:
        """Return the job of the next transcript, None while one is under way and after the last."""
        if self._is_reading or self.is_done:
            return None
        self._is_reading = True
        return self._read_one()

    async def _read_one(self) -> None:
        try:
            entry = await asyncio.to_thread(self._next_entry)
            if entry is None:
                self.is_done = True
                return
            await self._book.put(entry)
        finally:
            self._is_reading = False
        self._known[entry.name] = entry.hash
        self._next_transcript += 1
        self._next_page += len(entry.pages)
        self._take(entry.pages)

    def _next_entry(self) -> Entry | None:
        """Return the next transcript that the ledger does not have. Raises RunChangedError."""
        for found in self._transcripts:
            said = repr(found.utterances) if isinstance(found, Transcript) else found.reason
            mark = content_hash(said)
            known = self._known.get(found.name)
            if known == mark or (known is not None and self._accept_changes):
                continue
            if known is not None:
                raise RunChangedError(
                    f"{found.name}: is not what it was when the run was begun.",
                    hint="undo the change, choose another --out, or keep what was read then with --accept-changes.",
                )
            if isinstance(found, Unreadable):
                return Entry(self._next_transcript, found.name, mark, {}, reason=found.reason)
            cut = self._cut(found)
            pages = [
                replace(page, number=number, transcript=self._next_transcript)
                for number, page in enumerate(cut.pages, self._next_page)
            ]
            return Entry(self._next_transcript, found.name, mark, cut.roles, cut.how, pages, cut.replaced)
        return None
