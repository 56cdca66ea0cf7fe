"""Values that follow a JSON schema."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, Field

from synthgen.backends.schema_values import schema_value
from synthgen.hashing import seed_of


def fill(schema: dict[str, Any], seed: int = 0) -> Any:
    return schema_value(schema, lambda path: f"text at {path}", lambda path: seed_of(seed, path) % 2**32)


class Score(BaseModel):
    metric: str = Field(max_length=8)
    value: int = Field(ge=1, le=10)
    weight: float = Field(gt=0, lt=2)
    mood: str | None


class Verdict(BaseModel):
    scores: list[Score] = Field(min_length=3)
    best: Score
    passed: bool


@given(st.integers())
def test_value_is_valid_for_a_model_of_nested_parts(seed: int) -> None:
    verdict = Verdict.model_validate(fill(Verdict.model_json_schema(), seed))
    assert len(verdict.scores) == 3


@pytest.mark.parametrize(
    ("schema", "values"),
    [
        ({"const": 5}, {5}),
        ({"enum": ["a", "b", None]}, {"a", "b", None}),
        ({"type": "integer", "minimum": -1, "maximum": 1}, {-1, 0, 1}),
        ({"type": "integer", "exclusiveMinimum": 1, "exclusiveMaximum": 4}, {2, 3}),
        ({"type": "boolean"}, {True, False}),
        ({"type": "null"}, {None}),
        ({"type": ["string", "null"]}, {"text at "}),
        ({"anyOf": [{"const": 1}, {"const": 2}]}, {1}),
        ({}, {"text at "}),
    ],
)
def test_every_allowed_value_and_no_other_is_drawn(schema: dict[str, Any], values: set[Any]) -> None:
    assert {fill(schema, seed) for seed in range(100)} == values


def test_integer_enums_in_a_list_of_objects_are_dealt_in_order() -> None:
    item = {"type": "object", "properties": {"slot": {"enum": [4, 9, 2]}, "mood": {"enum": ["low", "high"]}}}
    values = fill({"type": "array", "items": item})
    assert [value["slot"] for value in values] == [4, 9, 2]
    assert {value["mood"] for value in values} <= {"low", "high"}


def test_lists_of_options_hold_each_once_and_lists_are_as_long_as_asked() -> None:
    assert sorted(fill({"type": "array", "minItems": 2, "items": {"enum": [1, 2]}})) == [1, 2]
    labels = fill({"type": "array", "minItems": 9, "items": {"enum": ["a", "b"]}})
    assert len(set(labels)) == len(labels)
    assert fill({"type": "array", "minItems": 2}) == ["text at .0", "text at .1"]


def test_schemas_that_point_to_themselves_end() -> None:
    node = {"type": "object", "properties": {"next": {"$ref": "#/$defs/node"}}}
    value = fill({"$defs": {"node": node}, "$ref": "#/$defs/node"})
    assert json.dumps(value).count("next") == 13
