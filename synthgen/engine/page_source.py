"""Pages as a source of rows: each is asked about once, in one call, and is its own seat."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence

from synthgen.engine.intake import Intake
from synthgen.engine.sources import NewId
from synthgen.records import Cell, Page, Row, Slot, Stage, State
from synthgen.steps.step import Context
from synthgen.steps.summary import Summary, empty_page, other_language
from synthgen.store.page_book import SEATS_A_PAGE
from synthgen.text import count_units, unit_name

# Less than this is said where people only greet each other: words, and Chinese characters.
_LEAST = {"words": 30, "characters": 45}


class PageSeats:
    """A seat for each round that a page may give. One whose row drops is lost: no page is asked until it says more."""

    def __init__(self) -> None:
        self._accepted: Counter[Cell] = Counter()
        self._open: Counter[Cell] = Counter()

    def add(self, slots: Iterable[Slot]) -> None:
        """Have rows wanted."""
        self._open.update(slot.cell for slot in slots)

    def lose(self, slots: Iterable[Slot]) -> None:
        """Have rows wanted no more, since a page gave fewer rounds than it might."""
        self._open.subtract(slot.cell for slot in slots)

    def restore(self, rows: Iterable[tuple[Slot, State]]) -> None:
        """Count the rows that a run has: accepted ones, and those still under way as wanted."""
        for slot, state in rows:
            if state is State.ACCEPTED:
                self._accepted[slot.cell] += 1
            elif state in (State.DRAFTED, State.REPLIED):
                self._open[slot.cell] += 1

    def is_taken(self, slot: Slot) -> bool:
        return False

    def accept(self, slot: Slot) -> bool:
        self._accepted[slot.cell] += 1
        self._open[slot.cell] -= 1
        return True

    def drop(self, slot: Slot) -> None:
        self._open[slot.cell] -= 1

    def progress(self) -> Iterator[tuple[Cell, int, int]]:
        for cell in self._accepted | self._open:
            yield cell, self._accepted[cell], self._accepted[cell] + self._open[cell]


class PageSource:
    """Asks about the pages that an intake brings, oldest first, in the language that `language_of` says.

    One in a language that is none of `languages` is not asked about.
    """

    purpose = "summary"
    makes: tuple[Stage, ...] = ("query", "reply")

    def __init__(
        self,
        summary: Summary,
        seats: PageSeats,
        topic: str,
        language_of: Callable[[str], str],
        languages: Sequence[str],
    ) -> None:
        self._summary = summary
        self._seats = seats
        self._topic = topic
        self._language_of = language_of
        self._languages = languages
        self._waiting: deque[tuple[int, str]] = deque()
        self.brought_by: Intake | None = None

    def take(self, pages: Iterable[tuple[int, str]]) -> None:
        """Take pages, each with its number and language."""
        for number, language in pages:
            self._waiting.append((number, language))
            self._seats.add(self._slots(number, language))

    def intake(self) -> Awaitable[None] | None:
        return self.brought_by.job() if self.brought_by else None

    def next(self, idle: bool) -> list[Slot]:
        return self._slots(*self._waiting.popleft()) if self._waiting else []

    async def draw(self, slots: Sequence[Slot], ctx: Context, new_id: NewId) -> list[Row]:
        page = self._summary.page_of(slots[0])
        language = slots[0].cell.language
        if why := lack_of(page):
            rows = [Row(new_id(), slots[0], state=State.DROPPED, drop=empty_page(why))]
        elif language not in self._languages:
            drop = other_language(language, self._languages)
            rows = [Row(new_id(), slots[0], state=State.DROPPED, drop=drop)]
        else:
            request, template = self._summary.request(page, language, len(slots))
            reply = await ctx.generate(request, template)
            rows = self._summary.drawn(list(slots), reply.text, reply.finish, new_id)
        self._seats.lose(slots[len(rows) :])
        return rows

    def _slots(self, number: int, language: str) -> list[Slot]:
        cell = Cell(self._topic, self._language_of(language))
        return [Slot(cell, number * SEATS_A_PAGE + at, 0, {}) for at in range(self._summary.rounds)]


def page_number(slot: Slot) -> int:
    """Return the number of the page that a slot belongs to."""
    return slot.seat // SEATS_A_PAGE


def lack_of(page: Page) -> str:
    """Return what a page lacks to be asked about, "" where it lacks nothing."""
    if sum(count_units(turn.text) for turn in page.turns) < _LEAST[unit_name(page.language)]:
        return "Hardly anything is said on it."
    roles = {turn.role for turn in page.turns} - {None}
    if roles == {"user"}:
        return "Only the one who is helped speaks on it."
    if roles == {"assistant"}:
        return "Only the one who helps speaks on it."
    return ""
