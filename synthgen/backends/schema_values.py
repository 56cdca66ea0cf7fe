"""Values that follow a JSON schema, for answers that no model writes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Schema = Mapping[str, Any]

# Schemas that point to themselves are followed this deep.
_DEEPEST = 12
_DEFAULT_SPAN = 10


def schema_value(schema: Schema, text: Callable[[str], str], draw: Callable[[str], int]) -> Any:
    """Return a value that follows a schema (objects, arrays, enums, bounds, references within the schema).

    `text` writes the string at a key path such as ".messages.2.message"; `draw` gives a number below 2**32 for
    a path. In a list of objects, an integer enum (the slots of a batch) is dealt in order, one to an object.
    """
    return _Filler(schema, text, draw).value(schema, "", -1, 0)


class _Filler:
    def __init__(self, root: Schema, text: Callable[[str], str], draw: Callable[[str], int]) -> None:
        self.root = root
        self.text = text
        self.draw = draw

    def value(self, schema: Schema, path: str, at: int, depth: int) -> Any:
        """Return the value at a path; `at` is the place of the nearest list item above it, -1 where there is none."""
        schema = self._resolved(schema)
        if depth > _DEEPEST:
            return None
        if "const" in schema:
            return schema["const"]
        if options := schema.get("enum"):
            dealt = at >= 0 and all(type(option) is int for option in options)
            return options[(at if dealt else self.draw(path)) % len(options)]
        match _kind(schema):
            case "object":
                parts = schema.get("properties", {})
                return {name: self.value(part, f"{path}.{name}", at, depth + 1) for name, part in parts.items()}
            case "array":
                return self._items(schema, path, depth)
            case "integer":
                low, high = _bounds(schema)
                return int(low) + self.draw(path) % (int(high) - int(low) + 1)
            case "number":
                low, high = _bounds(schema)
                return low + (high - low) * (self.draw(path) % 101) / 100
            case "boolean":
                return self.draw(path) % 2 == 0
            case "null":
                return None
        return self.text(path)[: schema.get("maxLength")]

    def _items(self, schema: Schema, path: str, depth: int) -> list[Any]:
        item = self._resolved(schema.get("items") or {"type": "string"})
        count = max(schema.get("minItems", 0), min(self._dealt(item), schema.get("maxItems", 50)))
        items = [self.value(item, f"{path}.{at}", at, depth + 1) for at in range(count)]
        return list(dict.fromkeys(items)) if item.get("enum") else items

    def _dealt(self, item: Schema) -> int:
        """Return how many objects a list needs for each option of an integer enum to be dealt once."""
        parts = [self._resolved(part).get("enum", ()) for part in item.get("properties", {}).values()]
        return max([1, *(len(options) for options in parts if options and type(options[0]) is int)])

    def _resolved(self, schema: Schema) -> Schema:
        """Follow references, and take the first of several choices."""
        for _ in range(_DEEPEST):
            if reference := schema.get("$ref"):
                schema = self.root
                for key in reference.removeprefix("#").strip("/").split("/"):
                    schema = schema[key]
            elif choices := schema.get("anyOf") or schema.get("oneOf") or schema.get("allOf"):
                schema = choices[0]
            else:
                break
        return schema


def _kind(schema: Schema) -> str:
    kind = schema.get("type", "object" if "properties" in schema else "string")
    return str(kind[0] if isinstance(kind, list) else kind)


def _bounds(schema: Schema) -> tuple[float, float]:
    low = schema.get("minimum", schema.get("exclusiveMinimum", -1) + 1)
    high = schema.get("maximum", schema.get("exclusiveMaximum", low + _DEFAULT_SPAN + 1) - 1)
    return low, max(low, high)
