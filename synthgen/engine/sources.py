"""Sources of rows: the quota loop asks for batches of messages where they are wanted."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Sequence
from typing import Protocol

from synthgen.parsing import parse_slots
from synthgen.records import Cell, Drop, Row, Slot, Stage, State, Turn
from synthgen.steps.query import Query, texts_of
from synthgen.steps.step import Context, Step

NewId = Callable[[], str]


class Source(Protocol):
    """Where rows come from. `purpose` and `makes` are as a step's."""

    @property
    def purpose(self) -> str: ...

    @property
    def makes(self) -> tuple[Stage, ...]: ...

    def intake(self) -> Awaitable[None] | None:
        """Return what has to be done for more to be asked about, or None; asked whenever there is room."""
        ...

    def next(self, idle: bool) -> list[Slot]:
        """Return what to ask for in the next call, or nothing; `idle` says that there is no other work."""
        ...

    async def draw(self, slots: Sequence[Slot], ctx: Context, new_id: NewId) -> list[Row]:
        """Return at least one row per slot, in one call; what cannot be used comes as dropped rows."""
        ...


class Seats(Protocol):
    """Who may still come in: what an engine asks of a quota."""

    def is_taken(self, slot: Slot) -> bool:
        """Return whether no row is wanted for this slot any more."""
        ...

    def accept(self, slot: Slot) -> bool:
        """Seat a good row; return False when there is no seat for it."""
        ...

    def drop(self, slot: Slot) -> None:
        """Give back what a row held that will not come."""
        ...

    def progress(self) -> Iterator[tuple[Cell, int, int]]:
        """Yield each cell with its rows accepted and wanted."""
        ...


class Seating(Seats, Protocol):
    """Seats that say which of them to ask for next."""

    def take(self, most: int, *, idle: bool = True) -> list[Slot]:
        """Return up to `most` slots of one language to ask for now, or none; `idle`: there is no other work."""
        ...


class FirstStep:
    """Rows that are begun by a step, one in a call."""

    def __init__(self, step: Step, seats: Seating) -> None:
        self._step = step
        self._seats = seats
        self.purpose = step.purpose
        self.makes = step.makes

    def intake(self) -> None:
        """Return None: seats want nothing."""

    def next(self, idle: bool) -> list[Slot]:
        return self._seats.take(1, idle=idle)

    async def draw(self, slots: Sequence[Slot], ctx: Context, new_id: NewId) -> list[Row]:
        return [await self._step.run(Row(new_id(), slot), ctx) for slot in slots]


class QuotaLoop:
    """Airoboros-style self-instruct: each call asks for one message per slot, by explicit slot number."""

    purpose = "query"
    makes: tuple[Stage, ...] = ("query",)

    def __init__(self, query: Query, quota: Seating, batch_size: int) -> None:
        self._query = query
        self._quota = quota
        self._batch_size = batch_size

    def intake(self) -> None:
        """Return None: a quota wants nothing."""

    def next(self, idle: bool) -> list[Slot]:
        return self._quota.take(self._batch_size, idle=idle)

    async def draw(self, slots: Sequence[Slot], ctx: Context, new_id: NewId) -> list[Row]:
        examples = self._query.examples(slots)
        request, template = self._query.draft_request(slots, examples)
        shown = texts_of(examples)
        reply = await ctx.generate(request, template)
        return drafted(self._query, slots, reply.text, reply.finish, new_id, shown)


def drafted(
    query: Query, slots: Sequence[Slot], text: str, finish: str, new_id: NewId, shown: tuple[str, ...] = ()
) -> list[Row]:
    """Return the rows in a model's answer for these slots, in their order; then what it gave no slot, dropped."""
    if len(slots) == 1:
        return [query.with_text(Row(new_id(), slots[0]), text, finish, shown)]
    found = parse_slots(text, range(1, len(slots) + 1))
    rows = [
        query.with_text(Row(new_id(), slot), found.messages[number], "stop", shown)
        if number in found.messages
        else Row(new_id(), slot, state=State.DROPPED, drop=_missing(finish))
        for number, slot in enumerate(slots, 1)
    ]
    return rows + [_unplaced(new_id(), text, slots[0].cell.language) for text in found.unplaced]


def _unplaced(row_id: str, text: str, language: str) -> Row:
    drop = Drop("query", "unplaced", "The model gave no slot number that was asked for.", text[:120], False)
    nowhere = Slot(Cell("", language), -1, 0, {})
    return Row(row_id, nowhere, (Turn("user", text),), state=State.DROPPED, drop=drop)


def _missing(finish: str) -> Drop:
    cut = " It was cut off at its token limit." if finish == "length" else ""
    return Drop("query", "no_message", f"The model's answer held no message for this slot.{cut}", repairable=False)
