"""Specs by what users call them: a number of topics, a bundled name, or a path."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from synthgen.errors import SpecError, UsageError
from synthgen.prompts import Prompts
from synthgen.resources import folders, spec_files
from synthgen.spec import Spec, read_spec

DEFAULT_SPEC = "mentalchat33"
# The heaviest topics of it, so many.
_COUNT = re.compile(r"[+-]?[0-9]{1,9}")


def load_spec(topics: str) -> tuple[Spec, Path]:
    """Return the spec that `topics` names, and the file it is in.

    A number k is the k heaviest topics of the default spec. Raises SpecError or UsageError.
    """
    if _COUNT.fullmatch(topics):
        if int(topics) < 1:
            raise UsageError(f"{topics}: at least one topic is needed.", hint="33 is all of the default spec.")
        path = spec_path(DEFAULT_SPEC)
        return read_spec(path).heaviest(int(topics)), path
    path = spec_path(topics)
    return read_spec(path), path


def spec_path(topics: str) -> Path:
    """Return the file of the spec that `topics` names; one that is named by its path may be gone. Raises SpecError."""
    if _COUNT.fullmatch(topics):
        topics = DEFAULT_SPEC
    path = Path(topics)
    if path.suffix in (".yaml", ".yml") or len(path.parts) > 1:
        return path
    return _bundled(topics)


def prompts_for(path: Path, names: Iterable[str]) -> Prompts:
    """Return the templates for the spec at `path`. Raises TemplateError where one of `names` is missing or broken."""
    prompts = Prompts(folders("templates", beside=path.resolve().parent))
    for name in names:
        prompts.hash(name)
    return prompts


def _bundled(name: str) -> Path:
    files = spec_files()
    if name not in files:
        raise SpecError(
            f"{name or repr(name)}: no such spec; there are {', '.join(sorted(files))}.",
            hint="give a number of topics, one of these names, or the path of a YAML file.",
        )
    return files[name]
