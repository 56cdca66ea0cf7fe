"""The topic spec: what a user wants made, read from YAML and checked before anything is asked of a model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, ValidationError, model_validator

from synthgen.errors import RunError, SpecError
from synthgen.hashing import json_hash
from synthgen.rules.annotation import TOPICS, AnnotationRules, Label, Labels
from synthgen.rules.dialogue import DialogueRules
from synthgen.rules.parts import (
    Bands,
    FileName,
    Language,
    Lines,
    Name,
    Part,
    Switch,
    Texts,
    Weight,
    Weights,
    as_named,
    as_weights,
)
from synthgen.rules.reading import faults_in, rules_in, text_in

MAX_SPEC_BYTES = 2_000_000


class Topic(Part):
    """One topic: its share, what it is called in prompts of other languages, and messages to start from.

    `risk` says that life may be at risk in any conversation on it. `facets` replaces the spec's weights of
    a facet for this topic alone.
    """

    name: Name
    weight: Weight = 1.0
    names: dict[Language, Name] = {}
    about: Lines = {}
    seeds: Texts = {}
    risk: bool = False
    facets: dict[Name, Weights] = {}


class Roles(Part):
    """What the two sides are called in prompts; stored rows always say user and assistant."""

    user: str = "user"
    assistant: str = "assistant"


class _TextRules(Part):
    template: Name
    words: Bands
    rules: Texts = {}


class QueryRules(_TextRules):
    """What a user's message has to be. `batch_size` messages are asked for in a call."""

    template: Name = "query"
    words: Bands = {"*": (40, 200)}
    ingredients: Texts = {}
    batch_size: Annotated[int, Field(ge=1, le=50)] = 5
    examples: Annotated[int, Field(ge=0, le=10)] = 2


class ReplyRules(_TextRules):
    """What a reply has to be. `referrals` says whether it may point to other professionals without need."""

    template: Name = "reply"
    words: Bands = {"*": (80, 400)}
    banned_openers: Texts = {}
    referrals: bool = True


class Pair(Part):
    """A message and a good reply to it. `risk` says that life is at risk, and that the reply points to help at once."""

    user: Annotated[str, Field(min_length=1)]
    assistant: Annotated[str, Field(min_length=1)]
    risk: bool = False
    language: Language = "en"


class PlainRules(Part):
    """What very small models are given: they are prompted by examples alone, and asked for shorter texts."""

    query_words: Bands = {"*": (15, 160)}
    reply_words: Bands = {"*": (30, 260)}
    pairs: list[Pair] = []


class DedupRules(Part):
    """Two texts are duplicates from this `rapidfuzz` ratio (0 to 1) on."""

    similarity: Annotated[float, Field(ge=0.5, le=1.0)] = 0.80


class CrisisRules(Part):
    """Whether a message that shows risk to life binds the reply to point to immediate human help."""

    detect: bool = True


class Spec(Part):
    """A whole topic spec. `translations` names facets, their values and roles in other languages."""

    name: FileName
    description: Lines = {}
    languages: Annotated[dict[Language, Weight], BeforeValidator(as_weights), Field(min_length=1)] = {"en": 1.0}
    roles: Roles = Roles()
    topics: Annotated[list[Annotated[Topic, BeforeValidator(as_named)]], Field(min_length=1, max_length=10_000)]
    facets: dict[Name, Weights] = {}
    translations: dict[Language, dict[str, str]] = {}
    query: QueryRules = QueryRules()
    reply: ReplyRules = ReplyRules()
    plain: PlainRules = PlainRules()
    dialogue: DialogueRules = DialogueRules()
    labels: dict[Name, Labels] = {}
    annotation: AnnotationRules = AnnotationRules()
    filters: dict[str, Switch] = {}
    dedup: DedupRules = DedupRules()
    crisis: CrisisRules = CrisisRules()
    repairs: Annotated[int, Field(ge=0, le=5)] = 2
    drafts_per_row: Annotated[int, Field(ge=1, le=1000)] = 12

    @model_validator(mode="after")
    def _consistent(self) -> Spec:
        if fault := next(self._faults(), ""):
            raise ValueError(fault)
        return self

    def _faults(self) -> Iterator[str]:
        """Yield what is wrong between the parts, as key path and fault."""
        seen: set[str] = set()
        values = self._facet_values()
        for at, topic in enumerate(self.topics):
            if topic.name.casefold() in seen:
                yield f"topics[{at}].name: {topic.name!r} stands twice"
            seen.add(topic.name.casefold())
            for facet in topic.facets:
                if facet not in values:
                    yield f"topics[{at}].facets.{facet}: no such facet among {sorted(values)}"
        yield from self.dialogue.faults(values)
        for path, bands in self._bands():
            for language in (*self.languages, *self.translations):
                if language not in bands and "*" not in bands:
                    yield f"{path}: is missing for {language}, a language of the spec, got {', '.join(bands) or 'none'}"
        for path, field in self.annotation.fields():
            if field.labels and field.labels not in (TOPICS, *self.labels):
                yield f"annotation.{path}.labels: no such labels among {[TOPICS, *sorted(self.labels)]}"

    def _facet_values(self) -> dict[str, set[str]]:
        """Return all facets with their values, those of single topics among them."""
        facets = {**self.facets, **self.dialogue.profile, **self.dialogue.plan}
        values = {facet: set(weights) for facet, weights in facets.items()}
        for topic in self.topics:
            for facet in topic.facets.keys() & values:
                values[facet].update(topic.facets[facet])
        return values

    def _bands(self) -> Iterator[tuple[str, Bands]]:
        """Yield the lengths that every language needs, each with its key path."""
        for part, keys in (
            ("query", ["words"]),
            ("reply", ["words"]),
            ("plain", ["query_words", "reply_words"]),
            ("dialogue", ["user_words", "assistant_words"]),
        ):
            for key in keys:
                yield f"{part}.{key}", getattr(getattr(self, part), key)

    @property
    def hash(self) -> str:
        """The hash of everything the spec says."""
        return json_hash(self.model_dump(mode="json"))

    @cached_property
    def _topics_by_name(self) -> dict[str, Topic]:
        return {topic.name: topic for topic in self.topics}

    def topic(self, name: str) -> Topic:
        """Return the topic of that name; one that the spec does not list has nothing but its name."""
        return self._topics_by_name.get(name) or Topic.model_construct(name=name)

    def label_set(self, name: str) -> list[Label]:
        """Return the labels of a set; the topics are one. Raises KeyError."""
        if name == TOPICS:
            return [Label(name=topic.name, names=topic.names, about=topic.about) for topic in self.topics]
        return self.labels[name]

    def heaviest(self, count: int) -> Spec:
        """Return the spec with its `count` heaviest topics. Raises SpecError when it has fewer."""
        if count > len(self.topics):
            raise SpecError(
                f"--topics: {count} topics asked for, but {self.name} has {len(self.topics)}.",
                hint=f"give a number up to {len(self.topics)}, or a YAML file with your own topics.",
            )
        kept = sorted(self.topics, key=lambda topic: -topic.weight)[:count]
        # Not a model_copy, which would take the topics by name along.
        return Spec.model_validate(dict(self) | {"topics": kept})

    def without_facets(self) -> Spec:
        """Return the spec for models that are not told any facet or name, so that no row claims one."""
        topics = [topic.model_copy(update={"facets": {}}) for topic in self.topics]
        untold: dict[str, Any] = {"profile": {}, "plan": {}, "held_back": [], "names": {}, "age_facet": "", "ages": {}}
        dialogue = self.dialogue.model_copy(update=untold)
        return Spec.model_validate(dict(self) | {"facets": {}, "topics": topics, "dialogue": dialogue})

    def for_talks(self) -> Spec:
        """Return the spec with the facets of conversations among its facets, so that they are dealt too."""
        facets = {**self.facets, **self.dialogue.profile, **self.dialogue.plan}
        return self.model_copy(update={"facets": facets})

    def in_languages(self, weights: Mapping[str, float]) -> Spec:
        """Return the spec with other language weights. Raises SpecError for a language it cannot do."""
        known = set(self.languages) | set(self.translations)
        for language in weights:
            if language not in known:
                raise SpecError(
                    f"--lang: {self.name} has no {language!r}, only {', '.join(sorted(known))}.",
                    hint="add it to the spec's languages and translations.",
                )
        return self.model_copy(update={"languages": dict(weights)})

    def translated(self, text: str, language: str) -> str:
        """Return what a name is called in a language, itself where the spec does not say."""
        return self.translations.get(language, {}).get(text, text)


def parse_spec(text: str, where: str) -> Spec:
    """Return the spec in a YAML text. Raises SpecError with `where`, the key path, what was found, what is allowed."""
    start = "`synthgen topics new PATH` writes a spec to start from."
    return rules_in(text, where, Spec, wanted="name and topics", start=start, page="docs/topic-specs.md")


def read_spec(path: Path) -> Spec:
    """Return the spec in a YAML file. Raises SpecError."""
    small, known = "a topic spec is a small file.", "`synthgen topics list` shows the bundled specs."
    return parse_spec(text_in(path, most=MAX_SPEC_BYTES, small=small, known=known), str(path))


def spec_of_run(meta: Mapping[str, Any]) -> Spec:
    """Return the spec that a run was made by, from its notes. Raises RunError for that of another version."""
    try:
        return Spec.model_validate(meta.get("content"))
    except ValidationError as error:
        raise RunError(
            f"run {meta.get('run', 'without a name')}: its spec is of another version of synthgen: "
            f"{'; '.join(faults_in(error))}.",
            hint="use the version that made the run, or name a spec by --spec where the command takes one.",
        ) from error
