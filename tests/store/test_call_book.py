"""The calls of a run: who was asked, and which texts were written anew."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from ledger_trials import call_of, row_of

from synthgen.calls import Call
from synthgen.records import Drop, State
from synthgen.store.call_book import Asked, mended_rows, models_asked, repairs_in
from synthgen.store.ledger import Ledger


def call_for(purpose: str, backend: str = "openai:tiny") -> Call:
    call = call_of(backend=backend)
    return replace(call, request=replace(call.request, purpose=purpose))


def ledger_with(folder: Path, rows: Mapping[State, Sequence[Sequence[str]]]) -> Ledger:
    """Return a ledger with rows in these states, each with calls for these purposes."""

    async def write() -> None:
        with closing(Ledger(folder, write=True)) as ledger:
            placed = [(state, purposes) for state, all_of in rows.items() for purposes in all_of]
            for number, (state, purposes) in enumerate(placed, 1):
                drop = Drop("reply", "low_score", "Too low.") if state is State.DROPPED else None
                for purpose in purposes[:-1]:
                    await ledger.commit([call_for(purpose)], [row_of(number)])
                await ledger.commit([call_for(purposes[-1])], [row_of(number, state, drop=drop)])

    asyncio.run(write())
    return Ledger(folder, write=False)


@pytest.mark.parametrize(
    ("purposes", "repairs"),
    [
        ("", 0),
        ("query reply", 0),
        ("query query reply", 1),
        ("query query query reply reply", 3),
        ("query reply judge", 0),
        ("query reply judge judge judge", 0),
        ("query reply judge reply judge", 1),
        ("query reply reply judge reply reply judge", 3),
        ("user assistant user assistant judge", 0),
        ("user assistant assistant user user user assistant", 3),
        ("memo script", 0),
        ("memo memo script script", 2),
        ("script judge script judge", 1),
        ("summary", 0),
        ("summary summary", 1),
    ],
)
def test_a_text_that_is_asked_for_twice_was_mended(purposes: str, repairs: int) -> None:
    assert repairs_in(purposes.split()) == repairs


def test_accepted_rows_that_were_mended_are_counted_once_each(tmp_path: Path) -> None:
    kept = ["query reply", "query query reply reply", "query reply judge reply judge", "query query reply judge"]
    rows = {
        State.ACCEPTED: [each.split() for each in kept],
        State.DROPPED: [["query", "reply", "reply"]],
        State.SURPLUS: [["query", "query", "reply"]],
    }
    with closing(ledger_with(tmp_path / "run", rows)) as ledger:
        assert mended_rows(ledger) == 3


def test_a_run_without_rows_mended_none(tmp_path: Path) -> None:
    with closing(ledger_with(tmp_path / "run", {})) as ledger:
        assert (mended_rows(ledger), models_asked(ledger)) == (0, [])


def test_models_are_told_once_for_each_purpose(tmp_path: Path) -> None:
    rows = {State.ACCEPTED: [["query", "reply", "judge"], ["query", "reply", "judge"]]}
    with closing(ledger_with(tmp_path / "run", rows)) as ledger:
        assert models_asked(ledger) == [Asked(each, "openai:tiny", "tiny") for each in ("judge", "query", "reply")]
