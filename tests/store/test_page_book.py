from __future__ import annotations

import asyncio
from contextlib import closing
from pathlib import Path

from synthgen.records import Page, PageTurn
from synthgen.store.ledger import Ledger
from synthgen.store.page_book import Entry, PageBook

HALF = "half \ud83d of it"
KEPT = "half ? of it"


def test_what_utf8_cannot_hold_is_kept_as_far_as_it_can(tmp_path: Path) -> None:
    """Names of files, labels of speakers and words of a transcript may all hold half of a character."""
    turn = PageTurn(1, "user", HALF, HALF)
    page = Page(1, 1, 1, 1, "en", 0, 9, (turn,), ())
    entries = [
        Entry(1, HALF, "sha256:1", {HALF: "user"}, "labels", [page], [("name", HALF, "[NAME]")]),
        Entry(2, "other", "sha256:2", {}, reason=HALF),
    ]

    async def put() -> None:
        with closing(Ledger(tmp_path, write=True)) as ledger:
            for entry in entries:
                await PageBook(ledger).put(entry)

    asyncio.run(put())
    with closing(Ledger(tmp_path, write=False)) as ledger:
        book = PageBook(ledger)
        assert book.known() == {KEPT: "sha256:1", "other": "sha256:2"}
        assert book.unreadable() == [("other", KEPT)]
        assert book.page(1).turns == (PageTurn(1, "user", KEPT, KEPT),)
        assert book.page(1).private[0] == KEPT
