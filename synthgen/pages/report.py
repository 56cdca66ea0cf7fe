"""A report from its paths: both sides read, and what they are compared by."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from synthgen.errors import FileError
from synthgen.files import private_files, written_aside
from synthgen.measures.variety import variety
from synthgen.pages.page import page
from synthgen.pages.side import Side, read_side
from synthgen.spec import Spec


def read_sides(paths: Sequence[Path], *, labels: Spec | None = None, with_dropped: bool = False) -> list[Side]:
    """Return what is known of one or two runs or files, named apart. Raises as `read_side`, or MissingExtraError."""
    sides = [read_side(path, labels=labels, with_dropped=with_dropped) for path in paths]
    for side, found in zip(sides, variety([side.portrait for side in sides]), strict=True):
        side.variety = found
    if len({side.name for side in sides}) < len(sides):
        for number, side in enumerate(sides, 1):
            side.name = f"{side.name} ({number})"
    return sides


def check_place(path: Path) -> None:
    """Raise FileError where no page can be written, which is better known before all rows are read."""
    if path.is_dir() or not path.parent.is_dir():
        raise FileError(f"{path}: no page can be written there.", hint="name a file in a folder that there is.")


def write_report(sides: Sequence[Side], path: Path, version: str) -> None:
    """Write the page; one that shows what was made from transcripts or case reports is for its owner alone.

    Raises FileError, DiskError or MissingExtraError.
    """
    check_place(path)
    whole = page(sides, version)
    with private_files(any(side.private for side in sides)), written_aside(path) as file:
        file.write(whole)


def report_figures(sides: Sequence[Side]) -> dict[str, Any]:
    """Return all numbers of a report; those of the side that is compared with under `compare`."""
    first, *others = (side.figures() for side in sides)
    return first | {"compare": others[0]} if others else first
