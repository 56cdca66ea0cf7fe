"""Rows that say what evaluation sets hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from synthgen.dedup.evaluation import Evaluation, Kind
from synthgen.dedup.evaluation_files import evaluation_files
from synthgen.dedup.places import Place
from synthgen.dedup.rules import Rules
from synthgen.dedup.texts import marked_turns, texts_of
from synthgen.export.example import Example


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
            if (held := evaluation.find(texts_of(marked_turns(example.turns)))) is not None:
                twin = evaluation.places[held.row]
                places[number] = Evidence(twin, held.kind, held.part, held.share, held.words)
        told = {
            "rows": count,
            "found": len(places),
            "by_kind": dict(Counter(evidence.kind for evidence in places.values())),
            "by_file": dict(Counter(evidence.twin.file for evidence in places.values())),
            "evaluation": evaluation.told,
        }
    return Contamination(places, told)
