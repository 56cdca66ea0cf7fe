"""Rows of another file or run as a source: each is worked on once, and keeps its place."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from synthgen.engine.sources import NewId
from synthgen.formats.shapes import dialogue_of, language_of
from synthgen.languages.telling import base_of
from synthgen.prompts import Prompts, template_name
from synthgen.records import Cell, Drop, Row, Slot, Stage, State, Turn
from synthgen.steps.step import Context
from synthgen.store.original_book import OriginalBook
from synthgen.text import nearest_language

# The languages that rows are asked about in wherever there are no templates of the user's own.
LANGUAGES = ("en", "zh")
# Of a row's topic, which is told in tables, a name's length is kept.
_MOST_TOPIC = 200
# All rows are counted together: what they are about is their own matter.
_CELL = Cell("", "")
_NO_DIALOGUE = Drop("conversation", "no_dialogue", "No dialogue of a known shape is in it.", repairable=False)


class OriginalSeats:
    """A seat for each row. One that fails is not tried again: its fields say why they are empty."""

    def __init__(self, wanted: int) -> None:
        self._wanted = wanted
        self._done = 0

    def restore(self, states: Iterable[State]) -> None:
        """Count the rows that a run has finished."""
        self._done += sum(state in (State.ACCEPTED, State.DROPPED) for state in states)

    @property
    def is_full(self) -> bool:
        return self._done >= self._wanted

    def is_taken(self, slot: Slot) -> bool:
        return False

    def accept(self, slot: Slot) -> bool:
        self._done += 1
        return True

    def drop(self, slot: Slot) -> None:
        self._done += 1

    def progress(self) -> Iterator[tuple[Cell, int, int]]:
        yield _CELL, self._done, self._wanted


class OriginalSource:
    """Takes up the rows of a book that nothing was made of yet, in their order."""

    makes: tuple[Stage, ...] = ()

    def __init__(self, book: OriginalBook, purpose: str, languages: Sequence[str] = LANGUAGES) -> None:
        self._book = book
        self._languages = languages
        self.purpose = purpose
        self._waiting = deque(book.unasked())

    def intake(self) -> None:
        """Return None: all rows are in the book."""

    def next(self, idle: bool) -> list[Slot]:
        return [seat_of(self._waiting.popleft())] if self._waiting else []

    async def draw(self, slots: Sequence[Slot], ctx: Context, new_id: NewId) -> list[Row]:
        """Return the rows of some seats; nothing is asked about them yet."""
        return [row_of(self._book.record(slot.seat), slot, new_id(), self._languages) for slot in slots]


def seat_of(number: int) -> Slot:
    """Return the seat of a row by its number."""
    return Slot(_CELL, number, 0, {})


def row_of(record: Mapping[str, Any], slot: Slot, row_id: str, languages: Sequence[str] = LANGUAGES) -> Row:
    """Return the row to be worked on that a row of a file makes; one without a dialogue is dropped.

    It is asked about in one of `languages`.
    """
    turns = turns_of(record)
    cell = Cell(str(record.get("topic") or "")[:_MOST_TOPIC], _asked_in(record, turns, languages))
    row = Row(row_id, replace(slot, cell=cell), turns)
    return row if turns else replace(row, state=State.DROPPED, drop=_NO_DIALOGUE)


def turns_of(record: Mapping[str, Any]) -> tuple[Turn, ...]:
    """Return the turns of a row that are spoken, those of the system aside; none for a row of no known shape."""
    return tuple(turn for turn in dialogue_of(record) or () if turn.role != "system")


def templates_for(prompts: Prompts, wanted: Iterable[tuple[str, bool]]) -> list[str]:
    """Return the names of the templates by which rows are asked about, each `wanted` by its step and as plain or not.

    They are in English, in Chinese, and in every other language that has all of them.
    """
    wanted = list(dict.fromkeys(wanted))
    there = {name.rpartition("/")[2].split(".")[0] for name in prompts.names} - {*LANGUAGES}
    others = [each for each in sorted(there) if all(prompts.has(step, each, plain) for step, plain in wanted)]
    return [template_name(step, language, plain) for language in (*LANGUAGES, *others) for step, plain in wanted]


def languages_of(templates: Iterable[str]) -> tuple[str, ...]:
    """Return the languages that rows can be asked about in by templates of these names."""
    return tuple(dict.fromkeys((*LANGUAGES, *sorted(name.rpartition("/")[2].split(".")[0] for name in templates))))


def _asked_in(record: Mapping[str, Any], turns: Sequence[Turn], languages: Sequence[str]) -> str:
    """Return the language to ask about a row in: its own, or for one without templates the nearer by its script."""
    said = language_of(record, turns, languages)
    known = {language.lower(): language for language in languages}
    names = (said.lower().replace("_", "-"), base_of(said))
    named = next((known[name] for name in names if name in known), None)
    return named or nearest_language("\n".join(turn.content for turn in turns))
