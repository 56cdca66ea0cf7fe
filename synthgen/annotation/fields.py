"""Fields: what is asked of a session and of each turn, in one language, and the form of the answer."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from synthgen.annotation.labels import LabelSet
from synthgen.errors import UsageError
from synthgen.parsing.schema import object_schema
from synthgen.rules.annotation import AnnotationRules, NoteField
from synthgen.rules.parts import in_language
from synthgen.spec import Spec

PARTS = ("session", "user", "assistant")
# The place of what is noted of a conversation as a whole; its turns have their numbers from 1.
SESSION = 0
# What a very small model is asked for: it loses itself in anything longer.
_PLAIN_WORDS = 15
_PLAIN_STEPS = 2
# Characters that a word may have, with the space before it, where a grammar bounds a text.
_CHARS = 8


@dataclass(frozen=True, slots=True)
class Field:
    """One field as it is asked for. `shown` is its name in the prompt's language.

    `most` bounds labels and steps; it is 1 for a field with one label. `words` bounds a text, or each of its steps.
    """

    name: str
    shown: str
    about: str
    labels: LabelSet | None
    several: bool
    steps: bool
    most: int
    words: int

    @property
    def units(self) -> int:
        """The most words or characters that its value may take, for the bound on an answer."""
        return self.most * 4 if self.labels else self.words * (self.most if self.steps else 1)


# What is asked of one call: the fields of each place, in the order of writing.
Asked = Mapping[int, Sequence[Field]]


def chosen(rules: AnnotationRules, wanted: Sequence[str]) -> AnnotationRules:
    """Return the rules with the wanted fields alone, all of them where none is named.

    A name is a part ("session", "user", "assistant"), a field of one ("user.emotion") or of any ("emotion"). The
    fields that reason about a label are not taken along. Raises UsageError for a name that there is none of.
    """
    if not wanted:
        return rules
    paths = dict(rules.fields())
    for name in wanted:
        if name not in PARTS and not any(_is_meant(name, path) for path in paths):
            raise UsageError(f"--fields: no such field: {name!r}.", hint=f"choose among {', '.join(paths)}.")
    return AnnotationRules.model_validate(
        {
            part: {
                name: field
                for name, field in getattr(rules, part).items()
                if any(_is_meant(each, f"{part}.{name}") for each in wanted)
            }
            for part in PARTS
        }
    )


def fields_of(spec: Spec, rules: Mapping[str, NoteField], language: str, plain: bool) -> tuple[Field, ...]:
    """Return the fields of one part as they are asked for in a language."""
    return tuple(
        Field(
            name,
            spec.translated(name, language).replace("_", " "),
            in_language(rule.about, language, ""),
            LabelSet(spec.label_set(rule.labels), language) if rule.labels else None,
            several=rule.several,
            steps=rule.steps,
            most=(min(rule.most, _PLAIN_STEPS) if plain and rule.steps else rule.most)
            if rule.several or rule.steps
            else 1,
            words=min(rule.words, _PLAIN_WORDS) if plain else rule.words,
        )
        for name, rule in rules.items()
    )


def notes_schema(asked: Asked, plain: bool = False) -> dict[str, Any]:
    """Return the JSON schema of an answer: the session's fields, or an object for each turn under its number.

    So a model held to it labels each turn once, and none without its number. Places with the same fields share one
    definition. Labels are not asked to be unique: strict servers refuse that word, and doubles do no harm. With `plain`
    texts are bounded too, for models that would not end.
    """
    if SESSION in asked:
        return object_schema({field.name: _value(field, plain) for field in asked[SESSION]})
    kinds = list(dict.fromkeys(tuple(fields) for fields in asked.values()))
    definitions = {
        f"notes{at}": object_schema({each.name: _value(each, plain) for each in kind}) for at, kind in enumerate(kinds)
    }
    references = {str(place): {"$ref": f"#/$defs/notes{kinds.index(tuple(fields))}"} for place, fields in asked.items()}
    return object_schema(references) | {"$defs": definitions}


def notes_form(asked: Asked, dots: str) -> str:
    """Return what an answer looks like, with `dots` for its contents."""
    places = {str(place): {field.name: _dotted(field, dots) for field in fields} for place, fields in asked.items()}
    return json.dumps(places.get(str(SESSION), places), ensure_ascii=False)


def _is_meant(name: str, path: str) -> bool:
    part, _, field = path.partition(".")
    return name in {part, field, path}


def _value(field: Field, plain: bool) -> dict[str, Any]:
    each: dict[str, Any] = {"type": "string"}
    if field.labels:
        each["enum"] = field.labels.words
    elif plain:
        each["maxLength"] = field.words * _CHARS
    if field.several or field.steps:
        return {"type": "array", "items": each, "minItems": 1, "maxItems": field.most}
    return each


def _dotted(field: Field, dots: str) -> Any:
    return [dots] if field.several or field.steps else dots
