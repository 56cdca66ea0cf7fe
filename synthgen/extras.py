"""What extras bring, imported when it is wanted."""

from __future__ import annotations

import importlib
import importlib.util
from types import ModuleType

from synthgen.errors import MissingExtraError


def late(module: str, package: str, extra: str, wanted_by: str) -> ModuleType:
    """Import a module of ours whose package an extra brings, for the option that wants it. Raises MissingExtraError."""
    if importlib.util.find_spec(package) is None:
        raise MissingExtraError(
            f"{wanted_by}: the package {package} is not installed.", hint=f"pip install 'synthgen[{extra}]'."
        )
    try:
        importlib.import_module(package)
    except (ImportError, OSError, RuntimeError) as error:  # a library below it is missing, or is for another machine
        raise MissingExtraError(
            f"{wanted_by}: the package {package} does not load: {error}",
            hint=f"mend that, or install it anew by pip install --force-reinstall 'synthgen[{extra}]'.",
        ) from error
    return importlib.import_module(module)
