"""What a spec says of conversations: how long, by which schools of work, with whom."""

from __future__ import annotations

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

    turns: Band = (8, 20)
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
    plain_turns: Band = (4, 8)
    samples: list[Sample] = []
