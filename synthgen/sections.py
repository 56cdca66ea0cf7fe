"""Words and phrases that ship with the package, in text files of named sections."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path


def read_sections(path: Path) -> dict[str, list[str]]:
    """Return the lines of each section of a text file, {name: lines}, without comments and empty lines.

    A section begins with its [name] on a line of its own; what stands before the first is for those who read the file.
    """
    sections: dict[str, list[str]] = {}
    for part in ("\n" + path.read_text(encoding="utf-8")).split("\n[")[1:]:
        name, _, body = part.partition("]\n")
        sections[name] = [line for line in body.splitlines() if line and not line.startswith("#")]
    return sections


def read_lists(path: Path) -> dict[str, list[str]]:
    """Return the entries of each section of a text file whose sections are all lists."""
    return {name: listed(lines) for name, lines in read_sections(path).items()}


def listed(lines: Iterable[str]) -> list[str]:
    """Return the entries of a section that is a list, parted by slashes where it has any, else by spaces."""
    entries = " ".join(lines)
    return entries.split(" / ") if "/" in entries else entries.split()
