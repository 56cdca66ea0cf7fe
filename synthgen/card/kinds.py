"""What the columns of a file hold, told by its schema or by its rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import reduce
from itertools import islice
from pathlib import Path
from typing import Any

from synthgen.card.files import Kind
from synthgen.formats.compression import opened
from synthgen.formats.parquet import schema_of
from synthgen.formats.rows import read_rows
from synthgen.formats.sources import source_of

# Rows of one layout are alike: what the first ones hold, the others do.
_SAMPLE = 2_000
_NUMBERS = {"integer", "number"}
# How Arrow's names of types begin.
_TYPES: Mapping[str, Kind] = {
    "bool": "boolean", "int": "integer", "uint": "integer", "half": "number", "float": "number", "double": "number",
}  # fmt: skip


def columns_in(path: Path) -> dict[str, Kind]:
    """Return what the columns of a file hold: by its schema where it has one, else by its first rows.

    Raises FileError or MissingExtraError.
    """
    if (source := source_of(path)).kind == "parquet":
        with opened(source) as stream:
            return {field.name: _of_type(field.type) for field in schema_of(stream, source.name)}
    return columns_of(row for _, row in islice(read_rows(path), _SAMPLE))


def columns_of(rows: Iterable[Mapping[str, Any]]) -> dict[str, Kind]:
    """Return what each column holds; one that never has a value is said to hold text."""
    found: dict[str, Any] = reduce(_joined, map(_kind, rows), {})
    return {name: _settled(kind) for name, kind in found.items()}


def _of_type(kind: Any) -> Kind:
    """Return the kind of a type of Arrow."""
    name = str(kind)
    if name.startswith("list"):
        return [_of_type(kind.value_type)]
    if name.startswith("struct"):
        return {field.name: _of_type(field.type) for field in kind}
    return next((told for begin, told in _TYPES.items() if name.startswith(begin)), "text")


def _kind(value: Any) -> Any:
    """Return the kind of a value, None for what tells nothing."""
    match value:
        case None:
            return None
        case bool():
            return "boolean"
        case int():
            return "integer"
        case float():
            return "number"
        case Mapping():
            return {str(name): _kind(each) for name, each in value.items()}
        case list() | tuple():
            return [reduce(_joined, map(_kind, value), None)]
    return "text"


def _joined(one: Any, other: Any) -> Any:
    """Return the kind that holds values of both; what cannot be joined is text."""
    if one is None or other is None or one == other:
        return other if one is None else one
    if isinstance(one, dict) and isinstance(other, dict):
        return one | {name: _joined(one.get(name), kind) for name, kind in other.items()}
    if isinstance(one, list) and isinstance(other, list):
        return [_joined(one[0], other[0])]
    return "number" if {str(one), str(other)} == _NUMBERS else "text"


def _settled(kind: Any) -> Kind:
    if isinstance(kind, list):
        return [_settled(kind[0])]
    if isinstance(kind, dict) and kind:
        return {name: _settled(each) for name, each in kind.items()}
    return kind or "text"
