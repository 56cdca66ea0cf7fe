"""Rubrics by what users call them: a bundled name, or a path."""

from __future__ import annotations

from pathlib import Path

from synthgen.errors import SpecError
from synthgen.resources import rubric_files
from synthgen.rules.reading import rules_in, text_in
from synthgen.rules.rubric import Rubric

DEFAULT_RUBRIC = "counseling7"
MAX_RUBRIC_BYTES = 1_000_000
_PAGE = "docs/rubrics.md"


def load_rubric(named: str) -> tuple[Rubric, Path]:
    """Return the rubric that `named` names, and the file it is in. Raises SpecError."""
    path = Path(named)
    if path.suffix in (".yaml", ".yml") or len(path.parts) > 1:
        return read_rubric(path), path
    files = rubric_files()
    if named not in files:
        raise SpecError(
            f"--rubric {named}: no such rubric; there are {', '.join(sorted(files))}.",
            hint="give one of these names, or the path of a YAML file.",
        )
    return read_rubric(files[named]), files[named]


def parse_rubric(text: str, where: str) -> Rubric:
    """Return the rubric in a YAML text. Raises SpecError: `where`, the key path, what was found, what is allowed."""
    wanted = "name, about and metrics"
    return rules_in(text, where, Rubric, wanted=wanted, start=f"{_PAGE} has one to start from.", page=_PAGE)


def read_rubric(path: Path) -> Rubric:
    """Return the rubric in a YAML file. Raises SpecError."""
    small, known = "a rubric is a small file.", f"bundled are {', '.join(sorted(rubric_files()))}."
    return parse_rubric(text_in(path, most=MAX_RUBRIC_BYTES, small=small, known=known), str(path))
