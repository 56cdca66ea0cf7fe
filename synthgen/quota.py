"""Who is wanted next: exact counts per cell and per facet, refilled as rows drop.

A run's rows are seats. Each cell has as many as the largest-remainder method gives it, and each seat is
dealt its facets in advance, so that the marginals come out exact: whoever drops out, the seat is filled by
another try with the same facets. Nothing here reads a clock, a file or a global random source.
"""

from __future__ import annotations

import heapq
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import ceil

from synthgen.plan import Plan
from synthgen.records import Cell, Slot, State

# Cells that want few rows may be unlucky: below this many tries a cell is not given up.
FEWEST_TRIES = 40
# Times a row's drafts: a seat whose facets never work out is given up by itself, lest it use up what its whole
# cell may try. A seat that keeps one try of twelve is still filled 99.98 times of 100.
TRIES_PER_SEAT = 8
# A run is taken to keep everything until this many tries have weight against it, so that no second try is
# made of mere caution.
PRIOR_TRIES = 10.0
# Second tries for each row in flight that is expected to drop: some of them drop too, and each round lost is a wait.
CAUTION = 1.5
# How many tries of the whole run weigh as much as a cell's own.
CELL_PRIOR = 4.0


@dataclass(slots=True)
class _CellState:
    """How a cell stands. Seats from `fresh` on were never tried; `reopened` ones were and are free again."""

    cell: Cell
    target: int
    tries: array[int]
    taken: bytearray
    reopened: list[int]
    fresh: int = 0
    queued: bool = False
    accepted: int = 0
    in_flight: int = 0
    passed: int = 0
    finished: int = 0

    @property
    def is_open(self) -> bool:
        return self.fresh < self.target or bool(self.reopened)

    @property
    def progress(self) -> float:
        return (self.accepted + self.in_flight) / self.target


class Quota:
    """Hands out slots and counts what becomes of them."""

    def __init__(self, plan: Plan, drafts_per_row: int) -> None:
        self._plan = plan
        self._cap = drafts_per_row
        self._seat_cap = max(FEWEST_TRIES, TRIES_PER_SEAT * drafts_per_row)
        self._states = {
            cell: _CellState(cell, target, array("H", bytes(2 * target)), bytearray(target), [])
            for cell, target in plan.targets.items()
            if target
        }
        self._rank = {cell: at for at, cell in enumerate(self._states)}
        self._heaps: dict[str, list[tuple[float, int, Cell]]] = {}
        self._flights: dict[tuple[Cell, int], int] = {}
        self._accepted = self._passed = self._finished = 0
        for state in self._states.values():
            self._push(state)

    @property
    def wanted(self) -> int:
        return sum(state.target for state in self._states.values())

    @property
    def accepted(self) -> int:
        return self._accepted

    @property
    def is_full(self) -> bool:
        return self._accepted >= self.wanted

    def take(self, most: int, *, idle: bool = True) -> list[Slot]:
        """Return up to `most` slots of one language to ask for now, or none.

        Open seats come first, the cell least advanced before the others. When none is open and the model would
        be `idle`, seats in flight that may be expected to drop get a second try, so that the last rows need
        not wait for each other.
        """
        languages = [language for language, heap in self._heaps.items() if heap]
        if not languages:
            return [self._send(state, seat) for state, seat in list(self._doubtful(most))] if idle else []
        slots: list[Slot] = []
        heap = min((self._heaps[language] for language in languages), key=lambda heap: heap[0])
        while heap and len(slots) < most:
            progress, _, cell = heapq.heappop(heap)
            state = self._states[cell]
            state.queued = False
            if progress != state.progress:
                self._push(state)
                continue
            if not state.is_open or self._is_exhausted(state):
                continue
            if state.reopened:
                seat = state.reopened.pop()
            else:
                seat = state.fresh
                state.fresh += 1
            slots.append(self._send(state, seat))
            self._push(state)
        return slots or self.take(most, idle=idle)

    def accept(self, slot: Slot) -> bool:
        """Seat a good row; False means that the seat was filled meanwhile and the row is surplus."""
        state = self._land(slot)
        self._count(state, passed=True)
        if state.taken[slot.seat]:
            return False
        self._seat(state, slot.seat)
        return True

    def drop(self, slot: Slot) -> None:
        """Free the seat of a row that did not pass."""
        state = self._land(slot)
        self._count(state, passed=False)
        self._reopen(state, slot.seat)

    def is_taken(self, slot: Slot) -> bool:
        """Say whether another row sits there already."""
        return bool(self._states[slot.cell].taken[slot.seat])

    def restore(self, rows: Iterable[tuple[Slot, State]]) -> None:
        """Count the rows of earlier processes; those still under way are in flight from here on."""
        for slot, reached in rows:
            state = self._states[slot.cell]
            state.tries[slot.seat] = max(state.tries[slot.seat], slot.attempt + 1)
            if reached in (State.DRAFTED, State.REPLIED):
                self._launch(state, slot.seat)
                continue
            self._count(state, passed=reached is not State.DROPPED)
            if reached is State.ACCEPTED:
                self._seat(state, slot.seat)
        for state in self._states.values():
            tried = [seat for seat in range(state.target) if state.tries[seat]]
            state.fresh = tried[-1] + 1 if tried else 0
            state.reopened = [seat for seat in range(state.fresh) if self._is_free(state, seat)]

    def expected_yield(self, cell: Cell) -> float:
        """Return the share of a cell's tries that are kept, learned so far and leaning on the whole run's."""
        overall = (self._passed + PRIOR_TRIES) / (self._finished + PRIOR_TRIES)
        state = self._states[cell]
        return (state.passed + CELL_PRIOR * overall) / (state.finished + CELL_PRIOR)

    def progress(self) -> Iterator[tuple[Cell, int, int]]:
        """Yield each cell with the rows accepted and wanted."""
        for state in self._states.values():
            yield state.cell, state.accepted, state.target

    def shortfall(self) -> Mapping[Cell, int]:
        """Return how many rows each unfilled cell lacks."""
        return {cell: wanted - accepted for cell, accepted, wanted in self.progress() if accepted < wanted}

    def _doubtful(self, most: int) -> Iterator[tuple[_CellState, int]]:
        """Yield seats in flight worth a second try: half as many again as are expected to drop, fewest tries first."""
        flights = {key: count for key, count in self._flights.items() if not self._states[key[0]].taken[key[1]]}
        seats = Counter(cell for cell, _ in flights)
        expected = sum(count * (1 - self.expected_yield(cell)) for cell, count in seats.items())
        spare = sum(flights.values()) - len(flights)
        room = min(most, ceil(CAUTION * expected) - spare)
        if room <= 0:
            return
        language = None
        for cell, seat in sorted(flights, key=flights.__getitem__):
            state = self._states[cell]
            is_spent = state.tries[seat] >= self._seat_cap or self._is_exhausted(state)
            if is_spent or (language or cell.language) != cell.language:
                continue
            language = cell.language
            yield state, seat
            room -= 1
            if not room:
                return

    def _send(self, state: _CellState, seat: int) -> Slot:
        attempt = state.tries[seat]
        state.tries[seat] += 1
        self._launch(state, seat)
        return Slot(state.cell, seat, attempt, self._plan.facets(state.cell, seat))

    def _launch(self, state: _CellState, seat: int) -> None:
        state.in_flight += 1
        self._flights[state.cell, seat] = self._flights.get((state.cell, seat), 0) + 1

    def _land(self, slot: Slot) -> _CellState:
        state = self._states[slot.cell]
        state.in_flight -= 1
        key = (slot.cell, slot.seat)
        self._flights[key] -= 1
        if not self._flights[key]:
            del self._flights[key]
        return state

    def _count(self, state: _CellState, passed: bool) -> None:
        state.finished += 1
        state.passed += passed
        self._finished += 1
        self._passed += passed

    def _seat(self, state: _CellState, seat: int) -> None:
        state.taken[seat] = 1
        state.accepted += 1
        self._accepted += 1

    def _reopen(self, state: _CellState, seat: int) -> None:
        if self._is_free(state, seat):
            state.reopened.append(seat)
            self._push(state)

    def _is_free(self, state: _CellState, seat: int) -> bool:
        """Say whether a seat that was tried may be tried again."""
        under_way = (state.cell, seat) in self._flights
        return not state.taken[seat] and not under_way and state.tries[seat] < self._seat_cap

    def _push(self, state: _CellState) -> None:
        if state.is_open and not state.queued:
            state.queued = True
            heap = self._heaps.setdefault(state.cell.language, [])
            heapq.heappush(heap, (state.progress, self._rank[state.cell], state.cell))

    def _is_exhausted(self, state: _CellState) -> bool:
        return state.finished + state.in_flight >= max(self._cap * state.target, FEWEST_TRIES)
