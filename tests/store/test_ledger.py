"""The ledger on a real disk: what is committed is there, and stays."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from contextlib import closing

import pytest
from ledger_trials import RENT, call_of, row_of

from synthgen.calls import Request, Sampling
from synthgen.errors import RunError
from synthgen.formats.sources import LEDGER
from synthgen.hashing import content_hash
from synthgen.records import Cell, Drop, State, Turn
from synthgen.store.ledger import Ledger, Spent
from synthgen.store.schema import MIGRATIONS

DROP = Drop("reply", "length", "It has 12 words, 80 are wanted.", "Too short.", repairable=False)


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "a run ? # 100%41"


def written(folder, *commits):
    """Open, commit each (calls, rows) in turn, and close."""

    async def write():
        ledger = Ledger(folder, write=True)
        try:
            if not ledger.run:
                await ledger.note(run="trial")
            for calls, rows in commits:
                await ledger.commit(calls, rows)
        finally:
            ledger.close()

    asyncio.run(write())


def reading(folder):
    return closing(Ledger(folder, write=False))


def test_what_was_committed_is_there_after_reopening(folder):
    rows = [
        row_of(
            1, State.ACCEPTED, messages=(Turn("user", "问题"), Turn("assistant", "An “answer”\n\twith 🙂")), risk=True
        ),
        row_of(2, State.DROPPED, drop=DROP, repairs=2, finish="length"),
        row_of(3, State.REPLIED, drop=Drop("reply", "echo", "It repeats the message.")),
        row_of(4, State.SURPLUS, seat=1),
        row_of(5, attempt=3, messages=()),
    ]
    written(folder, ([call_of()], rows))
    with reading(folder) as ledger:
        assert ledger.run == "trial"
        assert list(ledger.rows(*State)) == rows
        assert [ledger.row(number) for number in range(1, 6)] == rows
        assert ledger.row(6) is None
        assert list(ledger.rows(State.DROPPED, State.SURPLUS)) == [rows[1], rows[3]]
        assert ledger.states() == {
            State.ACCEPTED: 1,
            State.DROPPED: 1,
            State.REPLIED: 1,
            State.SURPLUS: 1,
            State.DRAFTED: 1,
        }
        assert ledger.drops() == {("reply", "length"): 1}
        assert ledger.accepted_by_cell() == {RENT: 1}
        assert [(slot.seat, slot.attempt, state) for slot, state in ledger.slots()] == [
            (row.slot.seat, row.slot.attempt, row.state) for row in rows
        ]
        assert ledger.next_number() == 6
        assert ledger.text(1, "query") == "问题"
        assert ledger.text(1, "reply").startswith("An “answer”")
        assert ledger.text(2, "reply") == ledger.text(5, "query") == ""


def test_a_row_that_moves_on_keeps_its_calls(folder):
    written(
        folder,
        ([call_of("first")], [row_of(1), row_of(2)]),
        ([call_of("second", template="reply/en.j2")], [row_of(1, State.ACCEPTED)]),
        ([], [row_of(2, State.DROPPED, drop=DROP)]),
    )
    with reading(folder) as ledger:
        assert [call["response"] for call in ledger.calls(1)] == ["first", "second"]
        assert [call["response"] for call in ledger.calls(2)] == ["first"]
        assert list(ledger.provenance()) == [
            (1, [(1, "tiny", "query/en.j2@sha256:00"), (2, "tiny", "reply/en.j2@sha256:00")])
        ]
        assert ledger.spent() == Spent(2, 60, 24, 0.5)


def test_a_call_is_kept_as_it_was_sent(folder):
    written(folder, ([call_of()], [row_of(1)]), ([call_of()], [row_of(2)]))
    with reading(folder) as ledger:
        (call,) = ledger.calls(2)
    assert call["system_text"] == "You write as tenants."
    assert call["system"] == content_hash("You write as tenants.")
    assert json.loads(call["prompt"]) == [["user", "Write one."]]
    assert json.loads(call["sampling"]) == {"max_tokens": 100, "temperature": 0.7, "stop": ["\n\n"]}
    assert (call["backend"], call["finish"], call["seconds"]) == ("openai:tiny", "stop", 1.5)
    with closing(sqlite3.connect(folder / LEDGER)) as connection:
        assert connection.execute("SELECT count(*) FROM prompts").fetchone() == (1,)


def test_a_call_of_plain_text_is_kept_too(folder):
    plain = Request(purpose="query", sampling=Sampling(max_tokens=9), text="Topic: Rent\nTenant:")
    call = call_of()
    written(folder, ([type(call)(plain, call.reply, "smollm2", "t", "h", 0.0, 0.1)], [row_of(1)]))
    with reading(folder) as ledger:
        (kept,) = ledger.calls(1)
    assert (kept["prompt"], kept["system_text"]) == ("Topic: Rent\nTenant:", None)


def test_a_final_row_does_not_change(folder):
    for number, state in enumerate((State.ACCEPTED, State.DROPPED, State.SURPLUS), 1):
        row = row_of(number, state, drop=DROP if state is State.DROPPED else None)
        written(folder, ([call_of()], [row]))
        with pytest.raises(RunError, match="a final row does not change"):
            written(folder, ([], [row_of(number)]))
        with reading(folder) as ledger:
            assert ledger.row(number) == row


def test_a_seat_holds_one_accepted_row(folder):
    written(folder, ([call_of()], [row_of(1, State.ACCEPTED, seat=5)]))
    with pytest.raises(RunError, match="UNIQUE"):
        written(folder, ([call_of()], [row_of(2, State.ACCEPTED, seat=5)]))
    # Another cell has a seat 5 of its own, and surplus rows need none.
    other = row_of(3, State.ACCEPTED, seat=5, cell=Cell("Rent", "zh"))
    written(folder, ([call_of()], [other, row_of(4, State.SURPLUS, seat=5)]))
    with reading(folder) as ledger:
        assert ledger.states() == {State.ACCEPTED: 2, State.SURPLUS: 1}
        assert ledger.spent().calls == 2


def test_a_refused_write_leaves_nothing_of_itself(folder):
    written(folder, ([call_of()], [row_of(1, State.ACCEPTED)]))
    with pytest.raises(RunError):
        written(folder, ([call_of("lost")], [row_of(2), row_of(1)]))
    with reading(folder) as ledger:
        assert ledger.row(2) is None
        assert ledger.spent().calls == 1


def test_what_utf8_cannot_hold_is_kept_as_far_as_it_can(folder):
    """A model's JSON may name half of a character; that is no reason to stop, let alone to wait for ever."""
    text = "half \ud83d, a\x00b"
    drop = Drop("query", "leak", "It leaks.", text)
    written(folder, ([call_of(text)], [row_of(1, State.DROPPED, messages=(Turn("user", text),), drop=drop)]))
    with reading(folder) as ledger:
        row = ledger.row(1)
        (call,) = ledger.calls(1)
    assert row.query == row.drop.evidence == call["response"] == "half ?, a\x00b"


def test_a_write_that_cannot_be_bound_fails_by_itself(folder):
    """Whatever goes wrong in the thread reaches the one who waits, and the ledger goes on."""

    async def write():
        with closing(Ledger(folder, write=True)) as ledger:
            with pytest.raises(OverflowError):
                await asyncio.wait_for(ledger.commit([call_of(cost=10**400)], [row_of(1)]), 60)
            await asyncio.wait_for(ledger.commit([call_of()], [row_of(2)]), 60)

    asyncio.run(write())
    with reading(folder) as ledger:
        assert [row.id for row in ledger.rows(*State)] == ["-000002"]


def test_rows_without_a_place_have_no_slot(folder):
    written(folder, ([call_of()], [row_of(1, State.DROPPED, seat=-1, cell=Cell("", "en"), drop=DROP), row_of(2)]))
    with reading(folder) as ledger:
        assert [slot.seat for slot, _ in ledger.slots()] == [2]


def test_notes_are_replaced_by_key(folder):
    async def write():
        ledger = Ledger(folder, write=True)
        await ledger.note(run="first", totals=[10], spec={"名": "押金"})
        await ledger.note(totals=[10, 20])
        assert ledger.run == "first"
        ledger.close()

    asyncio.run(write())
    with reading(folder) as ledger:
        assert ledger.meta() == {"run": "first", "totals": [10, 20], "spec": {"名": "押金"}}
        assert ledger.next_number() == 1
        assert ledger.spent() == Spent(0, 0, 0, 0.0)


def test_many_commits_are_all_there_and_in_order(folder):
    async def write():
        ledger = Ledger(folder, write=True)
        done = [ledger.commit([call_of(str(number))], [row_of(number)]) for number in range(1, 1001)]
        await done[-1]
        assert all(future.done() for future in done)
        ledger.close()

    asyncio.run(write())
    with reading(folder) as ledger:
        assert ledger.next_number() == 1001
        assert [next(ledger.calls(number))["response"] for number in (1, 500, 1000)] == ["1", "500", "1000"]


def test_closing_commits_what_is_waiting(folder):
    async def write():
        ledger = Ledger(folder, write=True)
        for number in range(1, 301):
            ledger.commit([call_of()], [row_of(number)])
        ledger.close()

    asyncio.run(write())
    with reading(folder) as ledger:
        assert ledger.states() == {State.DRAFTED: 300}


def test_a_reader_sees_what_is_committed_meanwhile(folder):
    async def write():
        ledger = Ledger(folder, write=True)
        await ledger.commit([call_of()], [row_of(1)])
        with reading(folder) as reader:
            assert reader.states() == {State.DRAFTED: 1}
            await ledger.commit([call_of()], [row_of(2)])
            assert reader.states() == {State.DRAFTED: 2}
        ledger.close()

    asyncio.run(write())


def test_reading_a_folder_without_a_run_is_told(tmp_path):
    with pytest.raises(RunError, match="holds no run") as caught:
        Ledger(tmp_path / "nothing", write=False)
    assert "synthgen runs list" in caught.value.hint
    assert not (tmp_path / "nothing").exists()


@pytest.mark.parametrize("write", [True, False])
def test_a_newer_ledger_is_refused_and_left_alone(folder, write):
    written(folder, ([call_of()], [row_of(1)]))
    newer = len(MIGRATIONS) + 1
    with closing(sqlite3.connect(folder / LEDGER)) as connection:
        connection.execute(f"PRAGMA user_version = {newer}")
    with pytest.raises(RunError, match=f"version {newer}, this synthgen reads up to {len(MIGRATIONS)}") as caught:
        Ledger(folder, write=write)
    assert "upgrade" in caught.value.hint
    with closing(sqlite3.connect(folder / LEDGER)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (newer,)


@pytest.mark.parametrize("write", [True, False])
def test_a_file_that_is_no_ledger_is_told(folder, write):
    folder.mkdir()
    (folder / LEDGER).write_bytes(b"not a database at all, but some text " * 200)
    with pytest.raises(RunError, match="not a sound ledger") as caught:
        Ledger(folder, write=write)
    assert str(folder) in caught.value.message
    assert "\n" not in str(caught.value)
    # The lock was given back: another try says the same.
    with pytest.raises(RunError, match="not a sound ledger"):
        Ledger(folder, write=write)


def test_a_damaged_ledger_is_told(folder):
    written(folder, *[([call_of("x" * 2000)], [row_of(number)]) for number in range(1, 40)])
    file = (folder / LEDGER).read_bytes()
    (folder / LEDGER).write_bytes(file[:4096] + b"\xa5" * (len(file) - 4096))
    assert len(file) > 8 * 4096, "the log was folded into the file"
    with pytest.raises(RunError, match="not a sound ledger"):
        Ledger(folder, write=False)


def test_an_empty_file_becomes_a_ledger(folder):
    """A kill just after the file was made leaves it empty."""
    folder.mkdir()
    (folder / LEDGER).touch()
    written(folder, ([call_of()], [row_of(1)]))
    with reading(folder) as ledger:
        assert ledger.states() == {State.DRAFTED: 1}


def test_a_folder_below_a_file_is_told(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(RunError, match="cannot be used"):
        Ledger(tmp_path / "file" / "run", write=True)
