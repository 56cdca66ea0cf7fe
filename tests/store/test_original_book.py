"""Rows of other files in a real ledger: as they were, in their order, one by one."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ledger_trials import call_of, row_of

from synthgen.records import State
from synthgen.store.ledger import Ledger
from synthgen.store.original_book import OriginalBook

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(st.characters()), inner, max_size=3),
    max_leaves=8,
)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with closing(Ledger(tmp_path / "run", write=True)) as opened:
        yield opened


def put(book: OriginalBook, first: int, *records: dict[str, Any]) -> None:
    async def wait() -> None:
        await book.put(first, records)

    asyncio.run(wait())


def commit(ledger: Ledger, calls: list[Any], rows: list[Any]) -> None:
    async def wait() -> None:
        await ledger.commit(calls, rows)

    asyncio.run(wait())


def test_rows_come_back_in_order_with_what_was_made_of_them(ledger: Ledger) -> None:
    book = OriginalBook(ledger)
    put(book, 1, {"a": 1}, {"b": ["押金", None]})
    put(book, 3, {"c": {}})
    commit(ledger, [], [row_of(1, State.DROPPED, seat=3), row_of(2, seat=1)])
    assert list(book.made()) == [({"a": 1}, 2), ({"b": ["押金", None]}, 0), ({"c": {}}, 1)]
    assert (book.count(), book.unasked(), book.record(2)) == (3, [2], {"b": ["押金", None]})


def test_rows_are_read_while_others_are_asked_for(ledger: Ledger) -> None:
    book = OriginalBook(ledger)
    put(book, 1, *({"n": number} for number in range(50)))
    assert [(record, book.record(at)) for at, (record, _) in enumerate(book.made(), 1)] == [
        ({"n": number}, {"n": number}) for number in range(50)
    ]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.text(st.characters()), JSON, max_size=4))
def test_whatever_json_holds_comes_back_the_same(ledger: Ledger, record: dict[str, Any]) -> None:
    book = OriginalBook(ledger)
    asyncio.run(_anew(book, record))
    assert book.record(1) == record


async def _anew(book: OriginalBook, record: dict[str, Any]) -> None:
    await book.clear()
    await book.put(1, [record])


def test_what_json_has_no_value_for_is_kept_as_it_can(ledger: Ledger) -> None:
    book = OriginalBook(ledger)
    put(book, 1, {"day": date(2024, 5, 1), "score": math.nan, "half": "\ud83d"})
    assert book.record(1)["day"] == "2024-05-01"
    assert math.isnan(book.record(1)["score"])
    assert book.record(1)["half"] == "\ud83d"


def test_rows_that_are_forgotten_leave_nothing(ledger: Ledger) -> None:
    book = OriginalBook(ledger)
    put(book, 1, {"a": 1}, {"a": 2}, {"a": 3})
    asyncio.run(_anew(book, {"b": 1}))
    assert list(book.made()) == [({"b": 1}, 0)]


def test_answers_are_those_of_the_row_in_the_order_of_asking(ledger: Ledger) -> None:
    book = OriginalBook(ledger)
    one, other = row_of(1), row_of(2)
    commit(ledger, [call_of("first")], [one])
    commit(ledger, [call_of("elsewhere")], [other])
    commit(ledger, [call_of("second")], [one])
    assert book.answers(1) == [("query", "first", "stop"), ("query", "second", "stop")]
    assert book.answers(3) == []
