"""What a spec says of conversations: how long, by which schools of work, with whom."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field

from synthgen.rules.parts import (
    Bands,
    Bound,
    Language,
    Lines,
    Name,
    Names,
    Part,
    Texts,
    Weight,
    Weights,
    as_named,
    rising,
)

Band = Annotated[tuple[Bound, Bound], AfterValidator(rising)]


def _of_exchanges(band: tuple[int, int]) -> tuple[int, int]:
    """Return a band of turns in which both sides can have their say. Raises ValueError."""
    low, high = band
    if high < low + low % 2:
        raise ValueError(f"an even number of turns has to lie in it, since the sides take turns, got [{low}, {high}]")
    return band


Turns = Annotated[Band, AfterValidator(_of_exchanges)]


class Approach(Part):
    """A school that the assistant's side works by, in counseling a therapy. `about` says how it works in a talk."""

    names: Names = {}
    about: Lines = {}
    weight: Weight = 1.0


class Phase(Part):
    """A part of every conversation: its share of the turns, what is done in it, and by which strategies."""

    name: Name
    names: Names = {}
    share: Weight = 1.0
    about: Lines = {}
    strategies: Texts = {}


class Sample(Part):
    """A short conversation for very small models to go on from; the user speaks first and the two take turns."""

    topic: Name
    language: Language = "en"
    turns: Annotated[list[Annotated[str, Field(min_length=1)]], Field(min_length=2, max_length=40)]
    risk: bool = False


class DialogueRules(Part):
    """What a conversation has to be.

    `turns` is the band of turns of both sides together; `*_words` those of one turn. `profile` are facets that only
    the user's side is told, `plan` those that both sides are told; they are dealt beside the spec's own facets.
    `held_back` names the profile's facets that the user's side tells only once there is trust. `ages` are the years of
    each value of the facet `age_facet`, of which one is dealt, and `names` are given names to be dealt.
    A turn of a simulated conversation gets up to so many `repairs`, since all before it would be lost with it. Very
    small models are asked for `plain_turns`, and go on from `samples`.
    """

    turns: Turns = (8, 20)
    user_words: Bands = {"*": (3, 120)}
    assistant_words: Bands = {"*": (5, 160)}
    user_rules: Texts = {}
    assistant_rules: Texts = {}
    approaches: dict[Name, Approach] = {}
    phases: list[Annotated[Phase, BeforeValidator(as_named)]] = []
    profile: dict[Name, Weights] = {}
    plan: dict[Name, Weights] = {}
    held_back: list[Name] = []
    names: dict[Language, list[Name]] = {}
    age_facet: str = ""
    ages: dict[Name, Band] = {}
    repairs: Annotated[int, Field(ge=0, le=10)] = 4
    plain_turns: Turns = (4, 8)
    samples: list[Sample] = []

    def faults(self, values: Mapping[str, Collection[str]]) -> Iterator[str]:
        """Yield each reference to what there is not, `values` being those of all facets, as key path and fault."""
        for at, facet in enumerate(self.held_back):
            if facet not in values or facet in self.plan:
                told = sorted(each for each in values if each not in self.plan)
                yield f"dialogue.held_back[{at}]: no such facet {facet!r} of the user's side among {told}"
        if self.age_facet and self.age_facet not in values:
            yield f"dialogue.age_facet: no such facet {self.age_facet!r} among {sorted(values)}"
        elif self.ages and not self.age_facet:
            yield "dialogue.ages: has no effect without age_facet, the facet whose values have these ages"
        else:
            for value in self.ages:
                if value not in values[self.age_facet]:
                    known = sorted(values[self.age_facet])
                    yield f"dialogue.ages.{value}: no such value of the facet {self.age_facet!r} among {known}"
