"""Texts from rows, specs and models put into Markdown and YAML, where they can change nothing but themselves."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

# A name is shown up to here; a topic or model that is longer is no name.
_MOST_CHARACTERS = 200
# A colon makes addresses and emoji, and a point after "www" an address as well.
_MARKS = re.compile(r"[\\`*_\[\]<>#|~&$@]|:(?=[^\s\d])|(?<=www)\.", re.IGNORECASE)
# What begins a list or a rule at the beginning of a line.
_LINE_MARK = re.compile(r"^(?:([0-9]+)([.)](?=\s|$))|()([-+=]))")
_CODE = re.compile(r"[\w./:@+ -]{1,200}", re.ASCII)


def plain(text: str, most: int = _MOST_CHARACTERS) -> str:
    """Return a text as one line of printable characters: control and bidi marks, and halves of pairs, are blanks."""
    line = " ".join("".join(char if char.isprintable() else " " for char in text[: 4 * most]).split())
    return line if len(line) <= most and len(text) <= 4 * most else f"{line[: most - 1]}…"


def escaped(text: str, most: int = _MOST_CHARACTERS) -> str:
    """Return a text that Markdown shows as it is, on one line, also in a table: no markup, HTML or link comes of it."""
    line = _MARKS.sub(r"\\\g<0>", plain(text, most)).replace("\\<", "&lt;").replace("\\&", "&amp;")
    return _LINE_MARK.sub(r"\1\3\\\2\4", line)


def code(text: str) -> str:
    """Return a name or a hash as code; one with other characters than names have is escaped instead."""
    return f"`{text}`" if _CODE.fullmatch(text) and text.strip() == text else escaped(text)


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table of cells that are Markdown already; a column that begins with ">" is set to the right."""
    heads = [column.removeprefix(">") for column in columns]
    rules = ["--:" if column.startswith(">") else "---" for column in columns]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (heads, rules, *rows))


def yaml_lines(fields: Iterable[tuple[str, object]]) -> str:
    """Return fields as YAML. Texts stand in it as JSON has them, which is YAML too where all is printable."""
    return "".join(f"{line}\n" for line in _block(dict(fields)))


def _block(value: object) -> Iterator[str]:
    if isinstance(value, Mapping):
        for key, below in value.items():
            if isinstance(below, Mapping | list):
                yield f"{key}:"
                yield from (f"  {line}" for line in _block(below))
            else:
                yield f"{key}: {json.dumps(below, ensure_ascii=False)}"
    elif isinstance(value, list):
        for item in value:
            first, *others = _block(item)
            yield f"- {first}"
            yield from (f"  {line}" for line in others)
    else:
        yield json.dumps(value, ensure_ascii=False)
