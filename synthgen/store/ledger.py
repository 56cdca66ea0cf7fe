"""A run's ledger: one SQLite file that holds every call and every row, and from which a run goes on."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from asyncio import Future
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from synthgen.calls import Call
from synthgen.errors import RunError
from synthgen.formats.sources import LEDGER
from synthgen.records import Cell, Row, Slot, Stage, State
from synthgen.store.codec import PUT_ROW, ROW_COLUMNS, put_call, row_number, row_of, row_values
from synthgen.store.lock import RunLock
from synthgen.store.reader import reader_of
from synthgen.store.schema import check_version, migrate
from synthgen.store.writer import Write, Writer, ledger_error, unsound

LOCK = "run.lock"
FRESH = "ledger.fresh"
# What is noted about a run under some keys.
NOTED: Mapping[str, type] = {
    **dict.fromkeys(("run", "recipe", "created", "status"), str),
    **dict.fromkeys(("settings", "spec", "content", "making", "templates"), dict),
    **dict.fromkeys(("totals", "targets"), list),
}
# A ledger at rest takes no writer while it is read; one at work takes any readers.
READERS_S = 30.0
# What a process that was killed while it began may leave in a run folder.
BEGINNINGS = frozenset({LOCK, f"{LOCK}-journal", FRESH})


@dataclass(frozen=True, slots=True)
class Spent:
    """What a run's calls have used so far."""

    calls: int
    prompt_tokens: int
    completion_tokens: int
    cost: float
    cached_tokens: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """What a call was for and what the model answered, as the ledger has it."""

    call: int
    purpose: str
    text: str
    finish: str


class Ledger:
    """An open ledger. One opened for writing holds the run's lock until it is closed."""

    def __init__(self, folder: Path, *, write: bool) -> None:
        """Open the ledger of a run folder.

        Raises RunError (no ledger there, a newer version, damaged) or RunLockedError.
        """
        self.path = folder / LEDGER
        self._lock: RunLock | None = None
        self._writer: Writer | None = None
        if not write and not self.path.is_file():
            raise RunError(f"{folder}: holds no run.", hint="`synthgen runs list` shows the runs there are.")
        try:
            with contextlib.ExitStack() as opened:
                opened.callback(self._release)
                if write:
                    folder.mkdir(parents=True, exist_ok=True)
                    self._lock = RunLock(folder / LOCK)
                    self._writer = Writer(self._open_for_writing(), self.path)
                self._reader = opened.enter_context(contextlib.closing(reader_of(self.path)))
                check_version(self._reader, str(self.path))
                self.run: str = self.meta().get("run", "")
                opened.pop_all()
        except sqlite3.Error as error:
            raise ledger_error(error, self.path) from error
        except OSError as error:
            raise RunError(f"{folder}: cannot be used: {error.strerror}.", hint="choose another --out.") from error

    def meta(self) -> dict[str, Any]:
        """Return what was noted about the run, by key. Raises RunError where it is damaged."""
        notes: dict[str, Any] = {}
        for key, value in self._reader.execute("SELECT key, value FROM meta"):
            try:
                notes[key] = json.loads(value)
            except (ValueError, RecursionError) as error:
                raise unsound(self.path, f"its note {key!r} is no JSON") from error
            if not isinstance(notes[key], NOTED.get(key, object)):
                raise unsound(self.path, f"its note {key!r} is of another kind")
        return notes

    def note(self, **values: Any) -> Future[None]:
        """Note values about the run; the future is done when they are on disk."""
        pairs = [(key, json.dumps(value)) for key, value in values.items()]
        self.run = values.get("run", self.run)
        return self._writing.commit(
            lambda connection: connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", pairs).close()
        )

    def commit(self, calls: Sequence[Call], rows: Sequence[Row]) -> Future[None]:
        """Put calls and the rows that they changed into one transaction; the future is done when it is on disk."""

        def write(connection: sqlite3.Connection) -> None:
            ids = [put_call(connection, call) for call in calls]
            connection.executemany(PUT_ROW, map(row_values, rows))
            links = [(row_number(row.id), call) for row in rows for call in ids]
            connection.executemany("INSERT INTO row_calls VALUES (?, ?)", links)

        return self._writing.commit(write)

    def adopt(self, rows: Sequence[tuple[Row, Sequence[int]]]) -> Future[None]:
        """Put rows made by calls that the ledger has; the future is done when they are on disk."""

        def write(connection: sqlite3.Connection) -> None:
            connection.executemany(PUT_ROW, (row_values(row) for row, _ in rows))
            links = [(row_number(row.id), call) for row, calls in rows for call in calls]
            connection.executemany("INSERT INTO row_calls VALUES (?, ?)", links)

        return self._writing.commit(write)

    @property
    def reading(self) -> sqlite3.Connection:
        """What the other doors of this folder read by."""
        return self._reader

    def write(self, write: Write) -> Future[None]:
        """Have something written for another door of this folder; the future is done when it is on disk."""
        return self._writing.commit(write)

    def next_number(self) -> int:
        """Return the number of the next new row."""
        (last,) = self._reader.execute("SELECT max(n) FROM rows").fetchone()
        return (last or 0) + 1

    def slots(self) -> Iterator[tuple[Slot, State]]:
        """Yield the slot and state of every row that has a place, oldest first."""
        query = "SELECT topic, language, turns, approach, seat, attempt, state FROM rows WHERE seat >= 0 ORDER BY n"
        for *cell, seat, attempt, state in self._reader.execute(query):
            yield Slot(Cell(*cell), seat, attempt, {}), State(state)

    def rows(self, *states: State) -> Iterator[Row]:
        """Yield the rows in these states, oldest first."""
        marks = ", ".join("?" * len(states))
        query = f"SELECT {ROW_COLUMNS} FROM rows WHERE state IN ({marks}) ORDER BY n"  # noqa: S608  # only marks
        for values in self._reader.execute(query, states):
            yield row_of(self.run, values)

    def row(self, number: int) -> Row | None:
        query = f"SELECT {ROW_COLUMNS} FROM rows WHERE n = ?"  # noqa: S608  # a constant
        values = self._reader.execute(query, (number,)).fetchone()
        return row_of(self.run, values) if values else None

    def text(self, number: int, stage: Stage) -> str:
        """Return a row's query, reply or whole conversation, "" when it has none."""
        (messages,) = self._reader.execute("SELECT messages FROM rows WHERE n = ?", (number,)).fetchone()
        turns = json.loads(messages)
        if stage == "conversation":
            return "\n".join(str(content) for _, content in turns)
        at = 0 if stage == "query" else 1
        return str(turns[at][1]) if len(turns) > at else ""

    def calls(self, number: int) -> Iterator[dict[str, Any]]:
        """Yield the calls that made a row, oldest first, each with its prompt as it was sent."""
        query = """
            SELECT calls.*, prompts.text AS system_text FROM row_calls JOIN calls ON calls.id = row_calls.call
            LEFT JOIN prompts ON prompts.hash = calls.system WHERE row_calls.row = ? ORDER BY calls.id
        """
        cursor = self._reader.execute(query, (number,))
        names = [column[0] for column in cursor.description]
        for values in cursor:
            yield dict(zip(names, values, strict=True))

    def histories(self) -> Iterator[tuple[Row, list[Answer]]]:
        """Yield every row with the answers that made it, oldest first."""
        query = """
            SELECT row_calls.row, calls.id, calls.purpose, calls.response, calls.finish FROM row_calls
            JOIN calls ON calls.id = row_calls.call ORDER BY row_calls.row, calls.id
        """
        answers = self._reader.execute(query)
        answer = answers.fetchone()
        for row in self.rows(*State):
            made_by = []
            while answer is not None and answer[0] == row_number(row.id):
                made_by.append(Answer(*answer[1:]))
                answer = answers.fetchone()
            yield row, made_by

    def provenance(self) -> Iterator[tuple[int, list[tuple[int, str, str]]]]:
        """Yield each accepted row's number with its calls as (id, model, "template@hash"), in the order of `rows`."""
        query = """
            SELECT rows.n, calls.id, calls.model, calls.template || '@' || calls.template_hash FROM rows
            JOIN row_calls ON row_calls.row = rows.n JOIN calls ON calls.id = row_calls.call
            WHERE rows.state = 'accepted' ORDER BY rows.n, calls.id
        """
        for n, links in groupby(self._reader.execute(query), key=itemgetter(0)):
            yield n, [(call, model, template) for _, call, model, template in links]

    def states(self) -> Counter[State]:
        """Return how many rows are in each state."""
        query = "SELECT state, count(*) FROM rows GROUP BY state"
        return Counter({State(state): count for state, count in self._reader.execute(query)})

    def drops(self) -> Counter[tuple[str, str]]:
        """Return how many rows were dropped, by (stage, reason)."""
        query = "SELECT stage, reason, count(*) FROM rows WHERE state = 'dropped' GROUP BY stage, reason"
        return Counter({(stage, reason): count for stage, reason, count in self._reader.execute(query)})

    def accepted_by_cell(self) -> Mapping[Cell, int]:
        cell = "topic, language, turns, approach"
        query = f"SELECT {cell}, count(*) FROM rows WHERE state = 'accepted' GROUP BY {cell}"  # noqa: S608  # a constant
        return {Cell(*cell): count for *cell, count in self._reader.execute(query)}

    def spent(self) -> Spent:
        query = """
            SELECT count(*), coalesce(sum(prompt_tokens), 0), coalesce(sum(completion_tokens), 0),
                   coalesce(sum(cost), 0.0), coalesce(sum(cached_tokens), 0) FROM calls
        """
        return Spent(*self._reader.execute(query).fetchone())

    def close(self) -> None:
        """Commit what is waiting, give the lock back."""
        # The writer goes last: it tidies the write-ahead log away, which a reader may not.
        self._reader.close()
        self._release()

    @property
    def _writing(self) -> Writer:
        assert self._writer is not None, "the ledger was opened for reading"
        return self._writer

    def _open_for_writing(self) -> sqlite3.Connection:
        if not self.path.exists():
            # Made aside, so that a kill leaves no ledger without tables.
            fresh = self.path.with_name(FRESH)
            fresh.unlink(missing_ok=True)
            with contextlib.closing(sqlite3.connect(fresh, isolation_level=None)) as connection:
                connection.execute("PRAGMA journal_mode = MEMORY")
                migrate(connection, str(self.path))
            fresh.replace(self.path)
        connection = sqlite3.connect(self.path, timeout=READERS_S, isolation_level=None, check_same_thread=False)
        try:
            # A newer one is left as it is.
            check_version(connection, str(self.path))
            connection.execute("PRAGMA journal_mode = WAL").fetchone()
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA foreign_keys = ON")
            migrate(connection, str(self.path))
        except BaseException:
            connection.close()
            raise
        return connection

    def _release(self) -> None:
        if self._writer is not None:
            self._writer.close()
        if self._lock is not None:
            with contextlib.suppress(sqlite3.Error):
                self._lock.release()
