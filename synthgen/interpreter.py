"""Modules of ours that are run by an interpreter of their own."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping


def interpreter_for(module: str) -> tuple[list[str], Mapping[str, str]]:
    """Return the command that runs a module, and its environment.

    It imports from the folders that this interpreter imports from, and not from the one it is started in.
    """
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    return [sys.executable, "-P", "-m", module], environment
