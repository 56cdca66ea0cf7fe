"""YAML as specs use it: plain values, every key once, no aliases that grow without bound."""

from __future__ import annotations

import re
from collections.abc import Hashable
from typing import Any

import yaml

from synthgen.errors import SpecError

# JSON writes a character beyond the first 65,536 as two escapes; YAML takes each for a character of its own.
_HALF = re.compile("[\ud800-\udfff]")


def read_yaml(text: str, where: str) -> Any:
    """Return the value of a YAML text. Raises SpecError with `where` and the line."""
    try:
        return yaml.load(text, Loader=_StrictLoader)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise SpecError(f"{where}: not valid YAML: {_fault(error)}.", hint="mend the line named.") from error


class _StrictLoader(yaml.SafeLoader):
    def construct_scalar(self, node: yaml.ScalarNode | yaml.MappingNode) -> Any:
        value = super().construct_scalar(node)
        if isinstance(value, str) and (half := _HALF.search(value)):
            raise yaml.MarkedYAMLError(
                problem=f"{half[0]!a} is half of a character: write the whole one, as it is or as \\U0001F642",
                problem_mark=node.start_mark,
            )
        return value

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[Any] = set()
        for key_node, _ in node.value:
            if key_node.tag == "tag:yaml.org,2002:merge":
                continue
            key = self.construct_object(key_node, deep=True)
            if not isinstance(key, Hashable):
                continue  # refused below
            if key in seen:
                raise yaml.MarkedYAMLError(problem=f"the key {key!r} stands twice", problem_mark=key_node.start_mark)
            seen.add(key)
        return super().construct_mapping(node, deep)

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            event = self.peek_event()  # type: ignore[no-untyped-call]  # the stubs leave it bare
            raise yaml.MarkedYAMLError(problem="aliases (*name) are not allowed", problem_mark=event.start_mark)
        return super().compose_node(parent, index)


def _fault(error: Exception) -> str:
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark is not None:
        return f"line {error.problem_mark.line + 1}: {error.problem}"
    return str(error).splitlines()[0]
