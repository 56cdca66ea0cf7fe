"""How files of rules are read: specs and rubrics, refused with file, key path, what was found and what is allowed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from synthgen.errors import SpecError
from synthgen.rules.parts import LANGUAGE, NAME, Part, as_written
from synthgen.strict_yaml import read_yaml

Rules = TypeVar("Rules", bound=Part)

# What is wanted, by pydantic's kind of fault; braces are filled in from what it says of the bounds.
_WANTED = {
    "dict_type": "a mapping of keys to values is wanted",
    "list_type": "a list is wanted",
    "tuple_type": "two numbers in a list are wanted, such as [40, 200]",
    "string_type": "a text is wanted",
    "int_type": "a whole number is wanted",
    "int_parsing": "a whole number is wanted",
    "int_from_float": "a whole number is wanted",
    "float_type": "a number is wanted",
    "float_parsing": "a number is wanted",
    "finite_number": "a finite number is wanted",
    "bool_type": "true or false is wanted",
    "bool_parsing": "true or false is wanted",
    "greater_than": "must be above {gt:g}",
    "greater_than_equal": "must be at least {ge:g}",
    "less_than_equal": "must be at most {le:g}",
    "string_too_long": "at most {max_length} characters are allowed",
}
_PATTERNS = {
    f"^{NAME}$": "up to 64 lower-case letters, digits, _ and - are allowed, such as my_topics",
    f"^{LANGUAGE}$": "a language is wanted by its code, such as en or zh-TW",
    rf"^(\*|{LANGUAGE})$": "a language is wanted by its code, such as en or zh-TW",
}


def rules_in(text: str, where: str, kind: type[Rules], *, wanted: str, start: str, page: str) -> Rules:
    """Return the rules in a YAML text. Raises SpecError with `where` and each fault.

    `wanted` names the keys that have to be there; `start` tells how to begin, `page` where the keys are explained.
    """
    raw = read_yaml(text, where)
    if not isinstance(raw, dict):
        raise SpecError(f"{where}: a mapping with {wanted} is wanted, found {_kind(raw)}.", hint=start)
    try:
        return kind.model_validate(raw)
    except ValidationError as error:
        raise SpecError(f"{where}: {'; '.join(faults_in(error))}.", hint=f"see {page}.") from error


def text_in(path: Path, *, most: int, small: str, known: str) -> str:
    """Return the text of a file of at most `most` bytes. Raises SpecError, with the hints `small` and `known`."""
    try:
        if path.stat().st_size > most:
            raise SpecError(f"{path}: over {most:,} bytes.", hint=small)
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise SpecError(f"{path}: cannot be read: {error.strerror}.", hint=known) from error
    except UnicodeDecodeError as error:
        raise SpecError(f"{path}: not UTF-8 text.", hint="save it as UTF-8.") from error


def _kind(value: Any) -> str:
    names = {type(None): "nothing", list: "a list", str: "a text"}
    return names.get(type(value), type(value).__name__)


def faults_in(error: ValidationError) -> Iterator[str]:
    """Say each fault as: key path, what is allowed, what was found; the first five."""
    for fault in error.errors()[:5]:
        path = "".join(map(_step, _shown(fault["loc"]))).lstrip(".")
        found, kind, bounds = f", got {as_written(fault['input'])}", fault["type"], fault.get("ctx", {})
        match kind:
            case "extra_forbidden":
                yield f"{path}: no such key"
            case "missing":
                yield f"{path}: is missing"
            case "value_error":
                yield f"{path}: {bounds['error']}" if path else str(bounds["error"])
            case "too_short" | "string_too_short":
                yield f"{path}: must not be empty"
            case "too_long":
                yield f"{path}: at most {bounds['max_length']} are allowed, got {bounds['actual_length']}"
            case "string_pattern_mismatch":
                yield f"{path}: {_PATTERNS.get(bounds['pattern'], 'a text of one line is wanted')}{found}"
            case _ if kind in _WANTED:
                yield f"{path}: {_WANTED[kind].format(**bounds)}{found}"
            case _:
                yield f"{path}: {fault['msg'][0].lower()}{fault['msg'][1:]}{found}"
    if error.error_count() > 5:
        yield f"and {error.error_count() - 5} more"


def _shown(place: tuple[int | str, ...]) -> tuple[int | str, ...]:
    """Return the steps to a fault without a key that is no text: pydantic counts it as the place in a list."""
    is_odd_key = place[-1:] == ("[key]",) and isinstance(place[-2], int)
    return place[:-2] if is_odd_key else place


def _step(part: int | str) -> str:
    """Say one step of a key path; a plain value stands for "*", which its writer never wrote."""
    if isinstance(part, int):
        return f"[{part}]"
    if part in ("*", "[key]", "bool", "dict[str,any]"):
        return ""
    return f".{part if part.isprintable() else repr(part)}"
