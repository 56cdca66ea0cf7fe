"""How files of rules are read: specs and rubrics, refused with file, key path, what was found and what is allowed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from synthgen.errors import SpecError
from synthgen.rules.parts import Part
from synthgen.strict_yaml import read_yaml

Rules = TypeVar("Rules", bound=Part)


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
        raise SpecError(f"{where}: {'; '.join(_faults(error))}.", hint=f"see {page}.") from error


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


def _faults(error: ValidationError) -> Iterator[str]:
    """Say each fault as: key path, what is allowed, what was found; the first five."""
    for fault in error.errors()[:5]:
        path = "".join(map(_step, fault["loc"])).lstrip(".")
        found = repr(fault["input"])
        found = f", got {found if len(found) <= 60 else found[:57] + '...'}"
        match fault["type"]:
            case "extra_forbidden":
                yield f"{path}: no such key"
            case "missing":
                yield f"{path}: is missing"
            case "greater_than":
                yield f"{path}: must be above {fault['ctx']['gt']:g}{found}"
            case "value_error":
                yield f"{path}: {fault['ctx']['error']}" if path else str(fault["ctx"]["error"])
            case "too_short":
                yield f"{path}: must not be empty"
            case _:
                yield f"{path}: {fault['msg'][0].lower()}{fault['msg'][1:]}{found}"
    if error.error_count() > 5:
        yield f"and {error.error_count() - 5} more"


def _step(part: int | str) -> str:
    """Say one step of a key path; a plain value stands for "*", which its writer never wrote."""
    if isinstance(part, int):
        return f"[{part}]"
    if part in ("*", "[key]", "bool", "dict[str,any]"):
        return ""
    return f".{part if part.isprintable() else repr(part)}"
