"""Rows kept to be shown to people: as much of each text as they would read, and nothing in it unseen."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from synthgen.records import Role, Turn

# Of a text and of the turns of a row; more is said to be left out.
MOST_CHARS = 4000
MOST_TURNS = 24

# What has no shape of its own, or changes the order in which others stand: controls but line feed and tab, marks of
# direction, spaces of no width, separators, tags, lone surrogates. The joiners of scripts and emoji are not among them.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f\ud800-\udfff]"
)
# More marks than that on one letter would cover the lines above and below.
_MOST_MARKS = 4


@dataclass(frozen=True, slots=True)
class Said:
    """The beginning of a turn; `length` is that of the whole, in characters."""

    role: Role
    text: str
    length: int
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """A row to be shown: its first turns, of so many. `why` is what it was dropped for."""

    id: str
    topic: str
    language: str
    turns: tuple[Said, ...]
    count: int
    why: str = ""


def shown_row(
    id: str, topic: str, language: str, turns: Sequence[Turn], labels: Mapping[int, tuple[str, ...]], why: str = ""
) -> Shown:
    """Return as much of a row as is kept; `labels` are those of its turns by number from 1, the system's turn aside."""
    said, number = [], 0
    for turn in turns[:MOST_TURNS]:
        number += turn.role != "system"
        own = labels.get(number, ()) if turn.role != "system" else ()
        said.append(Said(turn.role, turn.content[:MOST_CHARS], len(turn.content), own))
    return Shown(id[:MOST_CHARS], topic[:MOST_CHARS], language[:MOST_CHARS], tuple(said), len(turns), why[:MOST_CHARS])


def plain(text: str, most: int = MOST_CHARS) -> str:
    """Return the first characters of a text with what cannot be seen written out, such as ⟨U+202E⟩.

    Of marks that pile up on one letter some are left out.
    """
    cut = text[:most]
    if cut.isascii() and cut.isprintable():
        return cut
    kept, piled = [], 0
    for character in unicodedata.normalize("NFC", _UNSEEN.sub(_written_out, cut).replace("\r", "\n")):
        piled = piled + 1 if unicodedata.category(character) in ("Mn", "Me") else 0
        if piled <= _MOST_MARKS:
            kept.append(character)
    return "".join(kept)[:most]


def short(text: str, most: int) -> str:
    """Return a text on one line, cut with an ellipsis: for labels and headings."""
    line = plain(" ".join(text[: 4 * most].split()), 4 * most)
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def _written_out(found: re.Match[str]) -> str:
    return f"⟨U+{ord(found[0]):04X}⟩"
