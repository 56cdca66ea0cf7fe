"""The options of a filter, read off the signature of its builder: names, types, defaults and bounds."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, get_type_hints

from synthgen.errors import SpecError

_FORM = "write `true`, `false` or a mapping of options."


@dataclass(frozen=True, slots=True)
class Range:
    """The values a number may have, both ends included."""

    low: float
    high: float

    def fault(self, kind: type, value: Any) -> str:
        """Return what must be, or "" for a value that may be."""
        # YAML's true is an int to Python, and a whole number will do where a fraction is wanted.
        fits = isinstance(value, int if kind is int else (int, float)) and not isinstance(value, bool)
        if fits and self.low <= value <= self.high:
            return ""
        return f"{'a whole number' if kind is int else 'a number'} from {self.low} to {self.high}"


@dataclass(frozen=True, slots=True)
class OneOf:
    """The values a switch or a word may have."""

    values: tuple[bool | str, ...]

    def fault(self, kind: type, value: Any) -> str:
        """Return what must be, or "" for a value that may be."""
        if any(value is known or (isinstance(value, str) and value == known) for known in self.values):
            return ""
        return f"one of {', '.join(str(known).lower() for known in self.values)}"


SWITCH = OneOf((True, False))


def read_options(name: str, build: Callable[..., Any], given: bool | Mapping[str, Any]) -> dict[str, Any]:
    """Return the options given to a filter's builder. Raises SpecError for one that it has not or that cannot be."""
    options = {} if isinstance(given, bool) else dict(given)
    hints = get_type_hints(build, include_extras=True)
    known = option_names(build)
    for option, value in options.items():
        path = f"filters.{name}.{option}"
        if option not in known:
            allowed = f"only {', '.join(known)}" if known else f"{name} has none"
            raise SpecError(f"{path}: no such option, {allowed}, got {value!r}.", hint=_FORM)
        kind, (bounds,) = hints[option].__origin__, hints[option].__metadata__
        if wanted := bounds.fault(kind, value):
            raise SpecError(f"{path}: must be {wanted}, got {value!r}.", hint="leave it out for the default.")
    return options


def option_names(build: Callable[..., Any]) -> list[str]:
    """Return the names of the options that a filter's builder has."""
    parameters = inspect.signature(build).parameters.values()
    return [parameter.name for parameter in parameters if parameter.kind is inspect.Parameter.KEYWORD_ONLY]
