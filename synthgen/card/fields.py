"""The columns of a file as the fields of Croissant's records."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from synthgen.card.files import Kind

TYPES = {"text": "sc:Text", "integer": "sc:Integer", "number": "sc:Float", "boolean": "sc:Boolean"}
_NOT_OF_AN_ID = re.compile(r"[^\w.-]+")
_WORD = re.compile(r"[A-Za-z_]\w*", re.ASCII)


def fields_of(
    record_set: str, columns: Mapping[str, Kind], source: Mapping[str, Any], *, in_lines: bool
) -> list[dict[str, Any]]:
    """Return the fields of a record set. `source` names the file; a file that is one JSON list is not `in_lines`."""
    fields, taken = [], set[str]()
    for name, kind in columns.items():
        extract = {"column": name} if in_lines else {"jsonPath": f"$[*].{_step(name)}"}
        fields.append(_field(_id(record_set, name, taken), name, kind, dict(source) | {"extract": extract}, ()))
    return fields


def _field(identifier: str, name: str, kind: Kind, source: Mapping[str, Any], path: tuple[str, ...]) -> dict[str, Any]:
    """Return a column, or what stands in one under a path, as a field."""
    field: dict[str, Any] = {"@type": "cr:Field", "@id": identifier, "name": name}
    depth = 0
    while isinstance(kind, list):
        (kind,) = kind
        depth += 1
    if depth:
        field |= {"isArray": True, "arrayShape": ",".join(["-1"] * depth)}
    if isinstance(kind, str):
        found = {"transform": {"jsonPath": ".".join(path)}} if path else {}
        return field | {"dataType": TYPES[kind], "source": dict(source) | found}
    # A list within the column has to be gone through; the column's own is, anyway.
    before = (*path[:-1], f"{path[-1]}[*]") if path and depth else path
    taken: set[str] = set()
    inner = [
        _field(_id(identifier, each, taken), each, below, source, (*before, _step(each)))
        for each, below in kind.items()
    ]
    # A column says where it is also where its parts do: readers of one JSON list look for no others.
    return field | ({} if path else {"source": dict(source)}) | {"subField": inner}


def _step(name: str) -> str:
    """Return a key as a step of a JSON path."""
    return name if _WORD.fullmatch(name) else "'{}'".format(name.replace("\\", "\\\\").replace("'", "\\'"))


def _id(above: str, name: str, taken: set[str]) -> str:
    """Return an id that no field beside has: ids may hold no white space, names may."""
    wanted = identifier = f"{above}/{_NOT_OF_AN_ID.sub('_', name)}"
    number = 1
    while identifier in taken:
        number += 1
        identifier = f"{wanted}-{number}"
    taken.add(identifier)
    return identifier
