"""What is settled of a conversation before a word of it is written: its length, its people and its course."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from synthgen.hashing import seed_of
from synthgen.plan import apportion
from synthgen.records import Slot
from synthgen.rules.dialogue import Phase
from synthgen.rules.parts import in_language
from synthgen.spec import Spec
from synthgen.steps.style import named_facets


@dataclass(frozen=True, slots=True)
class Stretch:
    """A phase as it falls in one conversation: from turn `first` to turn `last`, counted from 1."""

    name: str
    about: str
    strategies: tuple[str, ...]
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Talk:
    """The plan of one conversation; labels and values are in its language, `facets` as the spec has them.

    `turns` counts both sides. `name` is "" and `age` 0 where the spec deals none. `profile`, without what is
    `held_back`, and `held_back` are what the user's side alone knows; `plan` is what both sides know. `approach` is
    "" where the spec has none, and `approach_about` how it works.
    """

    turns: int
    name: str
    age: int
    profile: tuple[tuple[str, str], ...]
    held_back: tuple[tuple[str, str], ...]
    plan: tuple[tuple[str, str], ...]
    approach: str
    approach_about: str
    phases: tuple[Stretch, ...]
    facets: Mapping[str, str]

    def phase_at(self, turn: int) -> Stretch | None:
        """Return the phase of a turn, the last one beyond the end; None where the spec has no phases."""
        return next((phase for phase in self.phases if turn <= phase.last), self.phases[-1] if self.phases else None)

    def facts(self) -> dict[str, str]:
        """Return what is true of the user's side, as filters hold turns to it: facets, "name" and "age"."""
        dealt = {"name": self.name, "age": str(self.age) if self.age else ""}
        return {**self.facets, **{label: value for label, value in dealt.items() if value}}


def plan_talk(spec: Spec, slot: Slot, seed: int) -> Talk:
    """Return the plan of a slot's conversation, the same for the same seed; a new try at a seat is another person."""
    rules, language = spec.dialogue, slot.cell.language
    own = {facet: value for facet, value in slot.facets.items() if facet not in rules.plan}
    shared = {facet: value for facet, value in slot.facets.items() if facet in rules.plan}
    held = {facet: value for facet, value in own.items() if facet in rules.held_back}
    told = {facet: value for facet, value in own.items() if facet not in held}
    names = rules.names.get(language) or [""]
    dealt = seed_of(seed, "talk", slot.cell, slot.seat, slot.attempt)
    low, high = rules.ages.get(slot.facets.get(rules.age_facet, ""), (0, 0))
    approach = rules.approaches.get(slot.cell.approach)
    turns = _turns(slot.cell.band or rules.turns, seed_of(seed, "turns", slot.cell) + slot.seat)
    return Talk(
        turns=turns,
        name=names[dealt % len(names)],
        age=low + (dealt >> 20) % (high - low + 1),
        profile=tuple(named_facets(spec, told, language)),
        held_back=tuple(named_facets(spec, held, language)),
        plan=tuple(named_facets(spec, shared, language)),
        approach=approach.names.get(language, slot.cell.approach) if approach else "",
        approach_about=in_language(approach.about, language, "") if approach else "",
        phases=tuple(_stretches(rules.phases, turns, language)) if rules.phases else (),
        facets=own,
    )


def _turns(band: tuple[int, int], at: int) -> int:
    """Return a number of turns in a band; seats one after another go through all that let the assistant end."""
    low, high = band
    lengths = range(low + low % 2, high + 1, 2) or range(low, high + 1)
    return lengths[at % len(lengths)]


def _stretches(phases: Sequence[Phase], turns: int, language: str) -> Iterator[Stretch]:
    """Spread phases over the turns by their shares, in whole exchanges of a user's and an assistant's turn.

    Each has one at least; some are left out where there are fewer exchanges than phases.
    """
    for at, first, last in _bounds(tuple(phase.share for phase in phases), turns):
        phase = phases[at]
        yield Stretch(
            phase.names.get(language, phase.name),
            in_language(phase.about, language, ""),
            tuple(in_language(phase.strategies, language, [])),
            first,
            last,
        )


# A run asks at every turn, for few lengths.
@lru_cache(maxsize=512)
def _bounds(shares: tuple[float, ...], turns: int) -> tuple[tuple[int, int, int], ...]:
    """Return the phases that there is an exchange for, each by its place with its first and its last turn."""
    exchanges = max(1, turns // 2)
    bounds, begun = [], 0
    for at, count in enumerate(apportion(shares, exchanges)):
        if count:
            first, begun = 2 * begun + 1, begun + count
            bounds.append((at, first, turns if begun == exchanges else 2 * begun))
    return tuple(bounds)
