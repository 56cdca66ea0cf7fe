"""Rows that say what evaluation sets hold."""

from __future__ import annotations

import contextlib
from array import array
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from synthgen.dedup.index import DuplicateIndex
from synthgen.dedup.places import Place, Places
from synthgen.dedup.rules import Rules
from synthgen.dedup.spool import Spool
from synthgen.errors import FileError
from synthgen.export.example import Example
from synthgen.splits.evaluation import evaluation_files, evaluation_texts
from synthgen.splits.runs import SHORTEST, Runs, as_text, share_of, words_in
from synthgen.splits.texts import PARTS, Texts, marked_turns, texts_of

Kind = Literal["near_duplicate", "ngram"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a row counts as held by an evaluation set.

    `twin` is where that set has it; `part` what of the row is meant: query, reply or whole. `share`, 0 to 1, is how
    alike the two are, or how much of the evaluation text's runs of words the row holds; `words` is the first of those.
    """

    twin: Place
    kind: Kind
    part: str
    share: float
    words: str = ""

    def as_json(self) -> dict[str, Any]:
        told = {"kind": self.kind, "part": self.part, "share": round(self.share, 4)}
        return {"twin": self.twin.as_json()} | told | ({"words": self.words} if self.words else {})


@dataclass(frozen=True, slots=True)
class Contamination:
    """What was found: evidence by the place of a row in the stream, from 0, and figures that JSON can hold."""

    places: Mapping[int, Evidence]
    told: Mapping[str, Any]


def contaminated(
    rows: Callable[[], Iterator[Example]], paths: Sequence[Path], *, similarity: float = 0.80, ngram: int = 13
) -> Contamination:
    """Find the rows that evaluation sets hold: those nearly the same as one of theirs, or with so many words in a row.

    `paths` are files of rows, .txt files with a text a line, runs' folders, and folders of such files. `similarity` is
    a ratio of letters, 0.5 to 1; an `ngram` of 0 leaves runs of words out. The rows are read once. Raises UsageError,
    FileError for a path that holds no text, MissingExtraError, DiskError, and what reading rows raises.
    """
    with Evaluation(Rules(similarity=similarity, ngram=ngram)) as evaluation:
        for file in evaluation_files(paths):
            evaluation.read(file)
        places: dict[int, Evidence] = {}
        count = 0
        for number, example in enumerate(rows()):
            count += 1
            if (evidence := evaluation.find(texts_of(marked_turns(example.turns)))) is not None:
                places[number] = evidence
        told = {
            "rows": count,
            "found": len(places),
            "by_kind": dict(Counter(evidence.kind for evidence in places.values())),
            "by_file": dict(Counter(evidence.twin.file for evidence in places.values())),
            "evaluation": evaluation.told,
        }
    return Contamination(places, told)


class Evaluation(contextlib.AbstractContextManager["Evaluation"]):
    """The texts of evaluation sets; a kilobyte is held of each, and 100 bytes of each run of words."""

    def __init__(self, rules: Rules) -> None:
        self.told: dict[str, dict[str, int]] = {}
        self._rules = rules
        self._texts = Spool()
        self._rows = array("I")  # by text
        self._places = Places()
        self._count = 0
        self._indexes = [DuplicateIndex(rules.similarity, self._texts.read) for _ in PARTS]
        self._runs = Runs(rules.ngram) if rules.ngram else None

    def __exit__(self, *_: object) -> None:
        self._texts.close()
        self._places.__exit__()

    def read(self, file: Path) -> None:
        """Take the rows of a file. Raises FileError, MissingExtraError or DiskError."""
        name = str(file)
        self._places.begin(name)
        told = self.told[name] = {"rows": 0, "too_short": 0, "phrases": 0}
        before = len(self._texts)
        for number, own, all_texts in evaluation_texts(file):
            self._places.add(number, {"id": own})
            held = [self._hold(texts) for texts in all_texts]
            told["rows"] += 1
            told["too_short"] += not any(held)
            self._count += 1
        if len(self._texts) == before:
            raise FileError(f"{name}: holds no text to look for.", hint="name files with rows, or a text a line.")
        if self._runs:
            told["phrases"] = self._runs.leave_phrases(told["rows"])

    def find(self, texts: Texts) -> Evidence | None:
        """Return the evidence that a row with these texts is held by an evaluation set, None where it is not."""
        for part, index, text in zip(PARTS, self._indexes, texts, strict=True):
            if text and len(index) and (twin := index.find(text)):
                return Evidence(self._place(twin.key), "near_duplicate", part, twin.similarity)
        for part, text in zip(PARTS, texts[:2], strict=False):
            if text and self._runs and (shared := self._runs.find(text)):
                number, run = shared
                share = share_of(self._texts.read(number), text, self._rules.ngram)
                return Evidence(self._place(number), "ngram", part, share, as_text(run))
        return None

    def _hold(self, texts: Texts) -> bool:
        """Take the texts of a row, and return whether any of them says enough to be looked for.

        What one side says in a few words is said in many rows. It counts with what the other side says, or where it
        is all that there is.
        """
        numbers: dict[str, int] = {}
        *sides, whole = texts
        for part, text in enumerate(texts):
            if not text or (whole and part < len(sides) and words_in(text) < SHORTEST):
                continue
            if text not in numbers:
                numbers[text] = len(self._texts)
                self._texts.append(text)
                self._rows.append(self._count)
                if self._runs and text is not whole:
                    self._runs.add(numbers[text], text)
            self._indexes[part].hold(numbers[text], text)
        return bool(numbers)

    def _place(self, text: int) -> Place:
        return self._places[self._rows[text]]
