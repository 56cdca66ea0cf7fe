"""What a page is made of, before it is HTML."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart with its caption. A `wide` one is not shrunk on a narrow screen but scrolled."""

    kind: ClassVar[str] = "picture"
    title: str
    svg: str
    note: str = ""
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of text; a column whose name starts with ">" holds numbers. One that is `folded` is opened by a click."""

    kind: ClassVar[str] = "table"
    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    note: str = ""
    folded: bool = False


@dataclass(frozen=True, slots=True)
class Tile:
    """A figure in large, with what it is."""

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Tiles:
    """Figures of one side, under its name where there are two sides."""

    kind: ClassVar[str] = "tiles"
    side: int
    name: str
    tiles: Sequence[Tile]
    warnings: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """What is printed of a turn, and how many of its characters are not."""

    role: str
    text: str
    left_out: int
    labels: Sequence[str]


@dataclass(frozen=True, slots=True)
class Reading:
    """A row as it is printed; `left_out` are its turns that are not. `why` is what it was dropped for."""

    id: str
    topic: str
    language: str
    passages: Sequence[Passage]
    left_out: int
    why: str


@dataclass(frozen=True, slots=True)
class Samples:
    """Rows to read under a heading that unfolds: for each side its own, none where it has none."""

    kind: ClassVar[str] = "samples"
    title: str
    note: str
    sides: Sequence[Sequence[Reading]]


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence that stands by itself."""

    kind: ClassVar[str] = "remark"
    text: str


Block = Picture | Table | Tiles | Samples | Remark


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page, with its `anchor` in the list of contents."""

    anchor: str
    title: str
    about: str
    blocks: Sequence[Block] = field(default_factory=tuple)
