"""What counts as a duplicate, and which of the duplicates is kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from synthgen.errors import UsageError

Keep = Literal["first", "longest", "best"]
KEEPS: tuple[Keep, ...] = get_args(Keep)
Reason = Literal["exact_duplicate", "near_duplicate", "semantic_duplicate", "near_evaluation", "shared_ngram"]
REASONS: tuple[Reason, ...] = get_args(Reason)

LEAST_SIMILARITY = 0.5
LEAST_NGRAM = 3


@dataclass(frozen=True, slots=True)
class Rules:
    """How rows are compared.

    `fields` are dotted paths whose texts are compared together; without them queries are compared with queries
    and replies with replies. `similarity` is 0.5 to 1. `ngram` is the words in a row that a row may not share with
    an evaluation set, 0 for any. Of duplicates the `first` is kept, the `longest`, or the `best` by the number at
    `score_field`. `exhaustive` compares all pairs. Raises UsageError.
    """

    fields: tuple[str, ...] = ()
    similarity: float = 0.80
    ngram: int = 13
    keep: Keep = "first"
    score_field: str = "scores.mean"
    exhaustive: bool = False

    def __post_init__(self) -> None:
        if not LEAST_SIMILARITY <= self.similarity <= 1:
            raise UsageError(
                f"--similarity {self.similarity:g}: must be from {LEAST_SIMILARITY:g} to 1.",
                hint="0.80 finds texts of which a fifth was changed.",
            )
        if self.ngram and self.ngram < LEAST_NGRAM:
            raise UsageError(
                f"--ngram {self.ngram}: must be 0 or from {LEAST_NGRAM} up.", hint="13 is usual, 0 is off."
            )
        if self.keep not in KEEPS:
            raise UsageError(f"--keep {self.keep}: no such rule.", hint=f"known are {', '.join(KEEPS)}.")


@dataclass(frozen=True, slots=True)
class Match:
    """Why a row is dropped.

    `twin` is the number (from 0) of the kept row that it is like, or of a row of the evaluation set, by the reason.
    `part` is what is alike: query, reply, or the fields. `similarity` is 0 to 1; for a shared run of words, which
    has none, `evidence` is that run.
    """

    reason: Reason
    part: str
    twin: int
    similarity: float | None = None
    evidence: str = ""


USUAL = Rules()
