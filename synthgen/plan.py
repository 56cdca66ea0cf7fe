"""What a run wants, counted in advance: rows per cell, and the facets dealt to each row's seat.

The same spec, totals and seed give the same plan on every machine. A run that was extended has several
totals, each later one keeping every seat of the earlier plan and adding to it.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import chain

from synthgen.hashing import seed_of
from synthgen.records import Cell
from synthgen.spec import Spec, Topic


def apportion(weights: Sequence[float | Fraction], total: int, held: Sequence[int] = ()) -> list[int]:
    """Share `total` among `weights` by the largest remainder; the result adds up to it exactly.

    Nobody gets less than `held`, and everybody gets at least one where there is enough for all. Ties go to
    the earlier weight. Raises ValueError when `held` alone adds up to more than the total.
    """
    least = list(held) or [0] * len(weights)
    spare = total - sum(least)
    if spare < 0:
        raise ValueError(f"{sum(least)} are held already, more than {total}")
    if total >= len(weights):
        empty = [at for at, count in enumerate(least) if not count]
        for at in sorted(empty, key=lambda at: -weights[at])[:spare]:
            least[at] = 1
    shares = least[:]
    free = list(range(len(weights)))
    rest = total
    while free:
        given = _largest_remainder([weights[at] for at in free], rest)
        short = {at for at, share in zip(free, given, strict=True) if share < least[at]}
        if not short:
            for at, share in zip(free, given, strict=True):
                shares[at] = share
            break
        rest -= sum(least[at] for at in short)
        free = [at for at in free if at not in short]
    return shares


def _largest_remainder(weights: Sequence[float | Fraction], total: int) -> list[int]:
    # In fractions: a tie is a tie, and no weight is too large or too small.
    exact = [Fraction(weight) for weight in weights]
    whole = sum(exact)
    parts = [divmod(weight * total, whole) for weight in exact]
    shares = [share for share, _ in parts]
    by_remainder = sorted(range(len(weights)), key=lambda at: (-parts[at][1], at))
    for at in by_remainder[: total - sum(shares)]:
        shares[at] += 1
    return shares


def spread(rows: Sequence[int], columns: Sequence[int]) -> list[list[int]]:
    """Return a table with these sums, each count its row's and its column's share rounded up or down.

    Both have to add up to the same. What is left over by whole numbers goes along diagonals, so that few counts do
    not all fall on the first columns.
    """
    total = max(1, sum(rows))
    counts = [[row * column // total for column in columns] for row in rows]
    free = [column - sum(shares) for column, shares in zip(columns, zip(*counts, strict=True), strict=True)]
    for at, (row, shares) in enumerate(zip(rows, counts, strict=True)):
        # Whoever takes from the columns that lack most leaves enough for all after it (Gale and Ryser).
        by_need = sorted(range(len(columns)), key=lambda column: (-free[column], (column - at) % len(columns)))
        for column in by_need[: row - sum(shares)]:
            shares[column] += 1
            free[column] -= 1
    return counts


def lift(counts: list[list[int]], least: Sequence[Sequence[int]]) -> None:
    """Move counts about until none is below its least; sums of rows and columns stay.

    Those give that are farthest above their share. The least counts of each row and column have to fit into its sum.
    """
    rows, columns = list(map(sum, counts)), list(map(sum, zip(*counts, strict=True)))
    total = sum(rows)

    def spare(row: int, column: int) -> tuple[bool, int]:
        count = counts[row][column]
        return count > least[row][column], count * total - rows[row] * columns[column]

    for row, floors in enumerate(least):
        for column, floor in enumerate(floors):
            while counts[row][column] < floor:
                giver = max(range(len(rows)), key=lambda at: spare(at, column))
                other = max(range(len(columns)), key=lambda at: spare(row, at))
                for at, change in ((row, 1), (giver, -1)):
                    counts[at][column] += change
                    counts[at][other] -= change


def _table(
    held: Sequence[Sequence[int]], least: Sequence[Sequence[int]], rows: Sequence[int], columns: Sequence[int]
) -> list[list[int]]:
    """Return a table with these sums that grew out of one that is `held`, with no count below its `least`."""
    more = spread(
        [count - before for count, before in zip(rows, _sums(held), strict=True)],
        [count - before for count, before in zip(columns, _sums(zip(*held, strict=True)), strict=True)],
    )
    counts = [_sums(zip(*both, strict=True)) for both in zip(held, more, strict=True)]
    lift(counts, least)
    return counts


def _sums(counts: Iterable[Iterable[int]]) -> list[int]:
    return [sum(row) for row in counts]


# A kind of conversation: its band of turns and its approach. Pairs of message and reply have one, which says nothing.
Kind = tuple[str, str]
PAIRS: Mapping[Kind, float] = {("", ""): 1.0}


class Plan:
    """The cells of a run with their targets, and the facets of each seat (seats are numbered from 0 in a cell).

    Topics have exact counts, so have languages and `kinds`. What topics and languages share is each one's part of the
    other rounded, and so is each cell of what they share and its kind, save where others were lifted to one.
    """

    def __init__(self, spec: Spec, totals: Sequence[int], seed: int, kinds: Mapping[Kind, float] = PAIRS) -> None:
        self._spec = spec
        self._topics = [topic.weight for topic in spec.topics]
        self._languages = list(spec.languages.values())
        self._kinds = list(kinds.values())
        # A row for each topic in each language.
        self._cells = [
            [Cell(topic.name, language, *kind) for kind in kinds]
            for topic in spec.topics
            for language in spec.languages
        ]
        cells = list(chain.from_iterable(self._cells))
        self.targets: Mapping[Cell, int] = dict.fromkeys(cells, 0)
        # Facet values by number, one byte or small int a seat: a plan of 100,000 rows stays small.
        self._dealt: dict[Cell, dict[str, list[int]]] = {cell: {facet: [] for facet in spec.facets} for cell in cells}
        for total in totals:
            grown = self._grown(total)
            for facet in spec.facets:
                self._deal(facet, grown, seed)
            self.targets = grown

    def _grown(self, total: int) -> dict[Cell, int]:
        """Return the targets for a total: every cell keeps what it has, and gets one where there is enough for all."""
        held = [[self.targets[cell] for cell in row] for row in self._cells]
        least = [[max(1, count) for count in row] for row in held]
        if sum(map(sum, least)) > total:
            least = held
        subjects = _table(
            self._by_topic(held),
            self._by_topic(least),
            apportion(self._topics, total, _sums(self._by_topic(least))),
            apportion(self._languages, total, _sums(zip(*self._by_topic(least), strict=True))),
        )
        kinds = apportion(self._kinds, total, _sums(zip(*least, strict=True)))
        counts = _table(held, least, list(chain.from_iterable(subjects)), kinds)
        return dict(zip(chain.from_iterable(self._cells), chain.from_iterable(counts), strict=True))

    def _by_topic(self, counts: Sequence[Sequence[int]]) -> list[list[int]]:
        """Return for each topic the sums of its languages."""
        width = len(self._languages)
        sums = _sums(counts)
        return [sums[at : at + width] for at in range(0, len(sums), width)]

    def facets(self, cell: Cell, seat: int) -> Mapping[str, str]:
        """Return facet -> value of a seat."""
        return {
            facet: self._values(self._spec.topic(cell.topic), facet)[dealt[seat]]
            for facet, dealt in self._dealt[cell].items()
        }

    def _values(self, topic: Topic, facet: str) -> list[str]:
        return list(topic.facets.get(facet) or self._spec.facets[facet])

    def _deal(self, facet: str, grown: Mapping[Cell, int], seed: int) -> None:
        """Deal a facet to the seats that are new, so that its counts over all seats are exact.

        Topics with weights of their own for the facet are dealt apart. Each facet is shuffled by itself, or
        two facets with as many values would always meet in the same pairs.
        """
        groups: dict[str, list[Cell]] = {}
        for cell in grown:
            own = facet in self._spec.topic(cell.topic).facets
            groups.setdefault(cell.topic if own else "", []).append(cell)
        for group, cells in groups.items():
            topic = self._spec.topic(cells[0].topic)
            weights = list((topic.facets.get(facet) or self._spec.facets[facet]).values())
            held = [0] * len(weights)
            for cell in cells:
                for value in self._dealt[cell][facet]:
                    held[value] += 1
            counts = apportion(weights, sum(grown[cell] for cell in cells), held)
            deck = [value for value, count in enumerate(counts) for _ in range(count - held[value])]
            random.Random(seed_of(seed, "facet", facet, group, len(deck))).shuffle(deck)
            for cell in cells:
                new = grown[cell] - self.targets[cell]
                self._dealt[cell][facet] += deck[:new]
                del deck[:new]
