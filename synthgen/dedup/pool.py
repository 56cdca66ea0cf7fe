"""Rows as they are compared: their texts, their lengths and their scores."""

from __future__ import annotations

import contextlib
import math
from array import array
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from synthgen.dedup.rules import Rules
from synthgen.dedup.spool import Spool
from synthgen.dedup.texts import fields_text
from synthgen.errors import FileError
from synthgen.formats.fields import number_at, paths_in, value_at
from synthgen.formats.private import private_source
from synthgen.formats.shapes import dialogue_of

# Rows whose fields are told when what was asked for is in none, and fields told at once.
_ROWS_SHOWN, _FIELDS_SHOWN = 20, 30


class Pool(contextlib.AbstractContextManager["Pool"]):
    """Rows by number from 0. A row has a text for each part; one that is empty is compared with nothing."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self.parts = ("+".join(rules.fields),) if rules.fields else ("query", "reply")
        self._spools = [Spool() for _ in self.parts]
        self._scores = array("d")
        self._missing = {*rules.fields, *([rules.score_field] if rules.keep == "best" else [])}
        self._paths: dict[str, None] = {}
        self.silent = 0  # rows without any text
        self.private = ""  # what any was made from that is so, as formats/private.py has it

    def __exit__(self, *_: object) -> None:
        for spool in self._spools:
            spool.close()

    def __len__(self) -> int:
        return len(self._scores)

    def add(self, row: Mapping[str, Any]) -> None:
        """Take the texts of the next row. Raises DiskError."""
        if len(self) < _ROWS_SHOWN:
            self._paths.update(dict.fromkeys(islice(paths_in(row), _FIELDS_SHOWN)))
        if self._missing:
            self._missing = {path for path in self._missing if value_at(row, path) is None}
        texts = self._texts(row)
        for spool, text in zip(self._spools, texts, strict=True):
            spool.append(text)
        self.silent += not any(texts)
        self.private = self.private or private_source(row)
        score = number_at(row, self._rules.score_field)
        self._scores.append(-math.inf if score is None else score)

    def text(self, part: int, number: int) -> str:
        return self._spools[part].read(number)

    def texts(self, number: int) -> Iterator[tuple[int, str]]:
        """Yield the parts of a row that hold a text, with the text."""
        for part, spool in enumerate(self._spools):
            if spool.size(number):
                yield part, spool.read(number)

    def in_order(self) -> Sequence[int]:
        """Return the rows in the order in which they are kept rather than those that are like them."""
        if self._rules.keep == "longest":
            return sorted(range(len(self)), key=lambda number: -sum(spool.size(number) for spool in self._spools))
        if self._rules.keep == "best":
            return sorted(range(len(self)), key=lambda number: -self._scores[number])
        return range(len(self))

    def check(self, where: str) -> None:
        """See that there is something to compare, and a score to go by. Raises FileError."""
        if not len(self):
            raise FileError(f"{where}: no rows.", hint="name a file that holds some.")
        fields = ", ".join(list(self._paths)[:_FIELDS_SHOWN])
        for path in sorted(self._missing):
            raise FileError(f"{where}: no row has the field {path}.", hint=f"the fields are {fields}.")
        if self.silent == len(self):
            what = "text in the fields" if self._rules.fields else "dialogue of a shape that is known"
            raise FileError(f"{where}: no row holds {what}.", hint=f"name some by --field; the fields are {fields}.")

    def _texts(self, row: Mapping[str, Any]) -> list[str]:
        if self._rules.fields:
            return [fields_text(row, self._rules.fields)]
        turns = dialogue_of(row) or ()
        return [
            "\n".join(turn.content for turn in turns if turn.role == role).strip() for role in ("user", "assistant")
        ]
