"""Which rows have to stay together: those that are alike, and those that come from one place or person."""

from __future__ import annotations

import contextlib
from array import array
from collections.abc import Iterator
from functools import partial

from synthgen.dedup.groups import Groups
from synthgen.dedup.near import Minima, NearTexts, minima_of, minima_of_both
from synthgen.dedup.texts import PARTS, Texts, marked_turns, texts_of
from synthgen.export.example import Example
from synthgen.formats.watch import Watch
from synthgen.splits.dialogues import Dialogues
from synthgen.splits.origins import KINDS, ORIGINAL, PERSONA, commons_of, facets_of, own_names
from synthgen.splits.profiles import Profiles
from synthgen.splits.ties import Ties, mark_of
from synthgen.splits.turn_ties import TurnTies

# What the texts of a part are called together.
_TOGETHER = dict(zip(PARTS, ("queries", "replies", "dialogues"), strict=True))


class Kinship(contextlib.AbstractContextManager["Kinship"]):
    """Rows by number, from 0, and all that may tie them; texts and what they are compared by wait on disk.

    `similarity` is a `rapidfuzz` ratio, 0 to 1, of normalized texts.
    """

    def __init__(self, similarity: float) -> None:
        self._groups = Groups()
        self._told = {kind: Ties() for kind in KINDS}
        self._same = [Ties() for _ in PARTS]
        self._profiles = Profiles()
        with contextlib.ExitStack() as stack:
            self._dialogues = stack.enter_context(Dialogues())
            self._turns = stack.enter_context(TurnTies())
            fetches = (partial(self._dialogues.text, part) for part, _ in enumerate(PARTS))
            self._near = [stack.enter_context(NearTexts(similarity, fetch)) for fetch in fetches]
            self._open = stack.pop_all()

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def __len__(self) -> int:
        return len(self._groups)

    def add(self, example: Example) -> None:
        """Take the next row. Raises DiskError."""
        number = self._groups.add()
        for kind, common in commons_of(example.row):
            self._told[kind].add(number, mark_of(common))
        for own in own_names(example.row):
            self._told[ORIGINAL].add(number, mark_of(own), follows=True)
        if facets := facets_of(example.row):
            self._profiles.add(number, facets)
        marked = marked_turns(example.turns)
        self._dialogues.add(marked)
        self._turns.add(number, marked)
        texts = texts_of(marked)
        for same, near, text, minima in zip(self._same, self._near, texts, _minima_of(texts), strict=True):
            if text:
                same.add(number, mark_of(text))
                near.add(number, minima)

    @property
    def common(self) -> dict[str, int]:
        """How many turns and beginnings tie none, for too many rows have them; told once all are joined."""
        return self._turns.common

    def heads(self) -> array[int]:
        """Return for each row the lowest number among those that it has to stay with."""
        return array("I", map(self._groups.find, range(len(self._groups))))

    def join(self, watch: Watch) -> dict[str, int]:
        """Put rows that have to stay together into one group; return how many joins each kind of tie made.

        `watch` is told which of their texts are compared. Raises DiskError.
        """
        joins = {kind: ties.join(self._groups) for kind, ties in self._told.items()}
        self._told.clear()
        joins[PERSONA] += self._profiles.join(self._groups)
        for part in PARTS:
            doing = f"Comparing {_TOGETHER[part]} in rounds"
            watch(doing, 0, 0)
            same, copies = self._same.pop(0), bytearray(len(self._groups))
            joins[f"same {part}"] = 0
            for first, number in same.pairs():
                copies[number] = 1
                joins[f"same {part}"] += self._groups.join(first, number)
            del same
            with self._near.pop(0) as near:
                joins[f"near {part}"] = near.join(self._groups, copies, watch, doing)
        watch("Comparing turns", 0, 0)
        return joins | self._turns.join(self._groups)


def _minima_of(texts: Texts) -> Iterator[list[Minima]]:
    """Yield the minima of a row's texts; those of the whole follow from its sides where both are long."""
    query, reply, whole = texts
    sides = [minima_of(text) if text else [] for text in (query, reply)]
    yield from sides
    yield (minima_of_both(*sides) or minima_of(whole)) if whole else []
