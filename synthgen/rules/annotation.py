"""What a spec says of labels: the sets there are, and which fields of a session and of its turns are filled."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field

from synthgen.rules.parts import Bound, Lines, Name, Names, Part, Texts, as_named

# The name of the label set that the spec's topics are.
TOPICS = "topics"


class Label(Part):
    """One label: what it is called, what it means, texts that bear it, and other words for it that models use."""

    name: Name
    names: Names = {}
    about: Lines = {}
    examples: Texts = {}
    synonyms: list[Name] = []


def _no_twins(labels: list[Label]) -> list[Label]:
    """Refuse a word that stands for two labels."""
    meant: dict[str, str] = {}
    for label in labels:
        for word in (label.name, *label.names.values(), *label.synonyms):
            other = meant.setdefault(word.casefold(), label.name)
            if other != label.name:
                raise ValueError(f"{word!r} stands for {other!r} and for {label.name!r}")
    if len({label.name for label in labels}) < len(labels):
        raise ValueError("a label stands twice")
    return labels


Labels = Annotated[
    list[Annotated[Label, BeforeValidator(as_named)]], Field(min_length=1, max_length=200), AfterValidator(_no_twins)
]


class NoteField(Part):
    """One field: what is to be written in it. `labels` names its set, "" for free text.

    `most` is how many labels it may have, with `several`, or how many steps; a field with neither has one value.
    """

    about: Lines = {}
    labels: str = ""
    several: bool = False
    steps: bool = False
    most: Annotated[int, Field(ge=1, le=20)] = 3
    words: Bound = 60


class AnnotationRules(Part):
    """The fields of a session, of each of the user's turns and of each of the assistant's, in the order of writing.

    What reasons about a field stands before it, so that the label follows from the reasoning.
    """

    session: dict[Name, NoteField] = {}
    user: dict[Name, NoteField] = {}
    assistant: dict[Name, NoteField] = {}

    def fields(self) -> Iterator[tuple[str, NoteField]]:
        """Yield each field with its path."""
        for part, fields in (("session", self.session), ("user", self.user), ("assistant", self.assistant)):
            for name, field in fields.items():
                yield f"{part}.{name}", field

    def field(self, path: str) -> NoteField:
        """Return the field of a path such as "user.emotion". Raises KeyError."""
        part, _, name = path.partition(".")
        fields: dict[str, NoteField] = getattr(self, part)
        return fields[name]
