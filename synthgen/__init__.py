"""synthgen: training-ready synthetic dialogues by exact quota."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from synthgen.backends.scripted import Scripted
    from synthgen.catalog import load_spec
    from synthgen.engine.job import Job, prepare
    from synthgen.engine.survey import Watch
    from synthgen.engine.tally import Tally
    from synthgen.errors import SynthgenError
    from synthgen.recipes import Result, generate
    from synthgen.report.estimate import Estimate
    from synthgen.report.summary import Summary
    from synthgen.settings import Settings
    from synthgen.spec import Spec, parse_spec, read_spec

__version__ = "0.1.0"

__all__ = [
    "Estimate",
    "Job",
    "Result",
    "Scripted",
    "Settings",
    "Spec",
    "Summary",
    "SynthgenError",
    "Tally",
    "Watch",
    "__version__",
    "estimate",
    "generate",
    "load_spec",
    "parse_spec",
    "prepare",
    "read_spec",
]

# Where each public name lives. It is loaded at its first use, which keeps `import synthgen` and `--help` quick.
_HOMES = {
    "Estimate": "synthgen.report.estimate",
    "Job": "synthgen.engine.job",
    "Result": "synthgen.recipes",
    "Scripted": "synthgen.backends.scripted",
    "Settings": "synthgen.settings",
    "Spec": "synthgen.spec",
    "Summary": "synthgen.report.summary",
    "SynthgenError": "synthgen.errors",
    "Tally": "synthgen.engine.tally",
    "Watch": "synthgen.engine.survey",
    "estimate": "synthgen.recipes",
    "generate": "synthgen.recipes",
    "load_spec": "synthgen.catalog",
    "parse_spec": "synthgen.spec",
    "prepare": "synthgen.engine.job",
    "read_spec": "synthgen.spec",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'synthgen' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return __all__
