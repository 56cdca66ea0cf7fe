"""Worked examples for very small models: a text that bears a label, and its notes as an answer has them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple

from synthgen.annotation.fields import Field
from synthgen.annotation.labels import ShownLabel

# A small model's context is short: of a larger set the first labels are shown.
MOST = 24


class Sample(NamedTuple):
    """A text and the notes on it, in JSON."""

    text: str
    notes: str


def samples_of(fields: Sequence[Field]) -> Iterator[Sample]:
    """Yield the first example of each label; its meaning stands for the texts that reason about it."""
    for field in fields:
        labels = field.labels.shown.values() if field.labels else ()
        for label in islice((label for label in labels if label.examples), MOST):
            notes = {each.name: _value(each, label) for each in fields if each is field or not each.labels}
            yield Sample(" ".join(label.examples[0].split()), json.dumps(notes, ensure_ascii=False))


def _value(field: Field, label: ShownLabel) -> Any:
    text = label.name if field.labels else label.about or label.name
    return [text] if field.several or field.steps else text
