"""What evaluation sets hold, and which rows hold it too: the one rule of `dedup --against` and `--decontaminate`."""

from __future__ import annotations

import contextlib
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from synthgen.dedup.evaluation_files import Sought, evaluation_texts
from synthgen.dedup.indexes import check_pairs, opened_index
from synthgen.dedup.ngrams import SHORTEST, Runs, as_text, share_of, words_in
from synthgen.dedup.places import Places
from synthgen.dedup.rules import Match, Rules
from synthgen.dedup.spool import Spool
from synthgen.dedup.texts import PARTS, Texts
from synthgen.errors import FileError

Kind = Literal["near_duplicate", "ngram"]
_REPLY, _WHOLE = PARTS.index("reply"), PARTS.index("whole")


@dataclass(frozen=True, slots=True)
class Held:
    """Why a row counts as held by an evaluation set.

    `row` is the number, from 0 through all sets, of the row that has it; `part` what of the row is meant. `share`, 0
    to 1, is how alike the two are, or how much of the evaluation text's runs of words the row holds; `words` is the
    first of those.
    """

    row: int
    kind: Kind
    part: str
    share: float
    words: str = ""

    def as_match(self) -> Match:
        """Return it as the reason why a row is dropped."""
        if self.kind == "ngram":
            return Match("shared_ngram", self.part, self.row, evidence=self.words)
        return Match("near_evaluation", self.part, self.row, self.share)


class Evaluation(contextlib.AbstractContextManager["Evaluation"]):
    """The texts of evaluation sets; a kilobyte is held of each, and 100 bytes of each run of words."""

    def __init__(self, rules: Rules) -> None:
        self.places = Places()
        self.private = ""  # what any row was made from that is so
        self.told: dict[str, dict[str, int]] = {}
        self._rules = rules
        self._parts = ("+".join(rules.fields),) if rules.fields else PARTS
        self._texts = Spool()
        self._rows = array("I")  # by text
        self._count = 0
        self._indexes = [opened_index(rules, self._texts.read) for _ in self._parts]
        self._runs = Runs(rules.ngram) if rules.ngram else None

    def __exit__(self, *_: object) -> None:
        self._texts.close()
        self.places.__exit__()

    def read(self, file: Path) -> None:
        """Take the rows of a file. Raises FileError, MissingExtraError, UsageError or DiskError."""
        self.take(str(file), evaluation_texts(file, self._rules.fields))

    def take(self, name: str, rows: Iterable[Sought]) -> None:
        """Take rows. Raises FileError, UsageError or DiskError."""
        self.places.begin(name)
        told = self.told[name] = {"rows": 0, "too_short": 0, "phrases": 0}
        before = len(self._texts)
        for row in rows:
            self.places.add(row.number, {"id": row.id})
            self.private = self.private or row.private
            held = [self._hold(texts) for texts in row.texts]
            told["rows"] += 1
            told["too_short"] += not any(held)
            self._count += 1
        check_pairs(self._rules, self._count)
        if len(self._texts) == before:
            where = f" in the fields {', '.join(self._rules.fields)}" if self._rules.fields else ""
            raise FileError(
                f"{name}: holds no text to look for{where}.", hint="name files with rows, or a text a line."
            )
        if self._runs:
            told["phrases"] = self._runs.leave_phrases(told["rows"])

    def find(self, texts: Texts) -> Held | None:
        """Return the evidence that a row with these texts is held by an evaluation set, None where it is not."""
        for part, index, text in zip(self._parts, self._indexes, texts, strict=True):
            if text and (twin := index.find(text)):
                return Held(self._rows[twin.key], "near_duplicate", part, twin.similarity)
        for part, text in zip(self._parts, texts[:_WHOLE], strict=False):
            if text and self._runs and (shared := self._runs.find(text)):
                number, run = shared
                share = share_of(self._texts.read(number), text, self._rules.ngram)
                return Held(self._rows[number], "ngram", part, share, as_text(run))
        return None

    def _hold(self, texts: Texts) -> bool:
        """Take the texts of a row, and return whether there are any to be looked for.

        A reply of a few words is given to many messages: it counts with its message, or where it is all that there is.
        """
        numbers: dict[str, int] = {}
        has_whole = len(texts) > _WHOLE and bool(texts[_WHOLE])
        for part, text in enumerate(texts):
            if not text or (part == _REPLY and has_whole and words_in(text) < SHORTEST):
                continue
            if text not in numbers:
                numbers[text] = len(self._texts)
                self._texts.append(text)
                self._rows.append(self._count)
                if self._runs and part != _WHOLE:
                    self._runs.add(numbers[text], text)
            self._indexes[part].hold(numbers[text], text)
        return bool(numbers)
