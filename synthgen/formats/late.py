"""Packages that only some files need, loaded when the first such file is met."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from synthgen.errors import MissingExtraError


def late(module: str, extra: str, name: str) -> ModuleType:
    """Return a module that an extra brings; `name` is the file that needs it. Raises MissingExtraError."""
    try:
        return import_module(module)
    except ImportError as error:
        raise MissingExtraError(
            f"{name}: needs the package {module.partition('.')[0]}: {error}", hint=f"pip install 'synthgen[{extra}]'."
        ) from error
