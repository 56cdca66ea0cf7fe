"""The options of a filter, read off the signature of its builder: names, types, defaults and bounds."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, get_type_hints

from synthgen.errors import SpecError
from synthgen.filters.check import Builder

_FORM = "write `true`, `false` or a mapping of options."


@dataclass(frozen=True, slots=True)
class Range:
    """The values an option may have, both ends included."""

    low: float
    high: float


def read_options(name: str, build: Builder, given: bool | Mapping[str, Any]) -> dict[str, int | float]:
    """Return the options given to a filter. Raises SpecError for one that it does not have or that cannot be."""
    options = {} if isinstance(given, bool) else dict(given)
    hints = get_type_hints(build, include_extras=True)
    known = [
        parameter.name
        for parameter in inspect.signature(build).parameters.values()
        if parameter.kind is inspect.Parameter.KEYWORD_ONLY
    ]
    for option, value in options.items():
        path = f"filters.{name}.{option}"
        if option not in known:
            allowed = f"only {', '.join(known)}" if known else f"{name} has none"
            raise SpecError(f"{path}: no such option, {allowed}, got {value!r}.", hint=_FORM)
        kind, (bounds,) = hints[option].__origin__, hints[option].__metadata__
        # YAML's true is an int to Python, and a whole number will do where a fraction is wanted.
        fits = isinstance(value, int if kind is int else (int, float)) and not isinstance(value, bool)
        if not (fits and bounds.low <= value <= bounds.high):
            wanted = "a whole number" if kind is int else "a number"
            raise SpecError(
                f"{path}: must be {wanted} from {bounds.low} to {bounds.high}, got {value!r}.",
                hint="leave it out for the default.",
            )
    return options
