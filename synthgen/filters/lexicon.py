"""A lexicon: patterns by anchor in a text file, which those who know the field can read and mend.

    [parts]
    HARM = (?:cut|burn|starve)

    [signs]
    hate myself
    so much / too much
        hurts <*>
    myself
        \\bi <HARM> myself
        \\bi (?:want|need|long)
            (?: \\w+)? to <HARM> myself

A line at the margin holds one or several anchors, and those below it their patterns; an anchor without any is its own.
In a pattern `<*>` stands for the anchor and <PART> for a part. A line further in goes on where the one before it ended.
A `_` at an anchor's end is a space.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from synthgen.filters.phrases import Phrases, Table
from synthgen.sections import read_sections

_FILES = Path(__file__).parent / "lexicons"
_INDENT = "    "
_PART = re.compile(r"<([A-Z_]+)>")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What to look for, and under the same anchors what only looks like it."""

    signs: Table
    look_alikes: Table


def lexicon_phrases(name: str) -> Phrases:
    """Return the phrases of the lexicons in a folder of `lexicons/`, each language's in files of its own."""
    lexicons = [read_lexicon(path) for path in sorted((_FILES / name).glob("*.txt"))]
    look_alikes = [lexicon.look_alikes for lexicon in lexicons]
    return Phrases(*(lexicon.signs for lexicon in lexicons), passed_over=look_alikes)


def read_lexicon(path: Path) -> Lexicon:
    """Return the lexicon that a file holds. A part that is not told is a KeyError."""
    sections = read_sections(path)
    parts: dict[str, str] = {}
    for line in _whole(sections.get("parts", ()), _INDENT):
        name, _, pattern = line.partition(" = ")
        parts[name] = _filled(pattern, parts)
    return Lexicon(_table(sections["signs"], parts), _table(sections.get("look alikes", ()), parts))


def _table(lines: Iterable[str], parts: dict[str, str]) -> Table:
    table: dict[str, list[str]] = {}
    for anchors, patterns in _entries(lines):
        for anchor in anchors:
            filled = [_filled(pattern, parts).replace("<*>", anchor) for pattern in patterns]
            table.setdefault(anchor, []).extend(filled or [anchor])
    return table


def _entries(lines: Iterable[str]) -> Iterator[tuple[list[str], list[str]]]:
    anchors: list[str] = []
    patterns: list[str] = []
    for line in _whole(lines, _INDENT * 2):
        if line.startswith(_INDENT):
            patterns.append(line.removeprefix(_INDENT))
            continue
        if anchors:
            yield anchors, patterns
        anchors, patterns = [anchor.replace("_", " ") for anchor in line.split(" / ")], []
    if anchors:
        yield anchors, patterns


def _whole(lines: Iterable[str], indent: str) -> Iterator[str]:
    """Join lines that begin with the indent to those before them, and anchors to those after a slash at the end."""
    whole = ""
    for line in lines:
        if line.startswith(indent):
            whole += line.removeprefix(indent)
        elif whole.endswith(" /"):
            whole += f" {line}"
        else:
            if whole:
                yield whole
            whole = line
    if whole:
        yield whole


def _filled(pattern: str, parts: dict[str, str]) -> str:
    return _PART.sub(lambda found: parts[found[1]], pattern)
