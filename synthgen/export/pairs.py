"""Two answers to one prompt, of which one is better: by a repair, or by their scores."""

from __future__ import annotations

import contextlib
import hashlib
import math
import tempfile
from array import array
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import groupby
from typing import Any

from synthgen.errors import FileError
from synthgen.export.columns import messages_of
from synthgen.export.dialogues import Manner, apart
from synthgen.export.example import Example
from synthgen.export.repairs import Refused
from synthgen.export.tally import Tally
from synthgen.formats.fields import number_at
from synthgen.records import Turn

# Where the worse answer stands in the row of an example whose last turn is the better one, and what tells that it is.
REJECTED, TOLD_BY = "rejected", "told_by"
SCORES, REPAIR = "scores", "repair"
USUAL_FIELD = "scores.mean"
NO_WORSE = "no_worse_answer"

# Goes through examples, and counts in the tally what becomes of rows.
Rows = Callable[[Tally], Iterator[Example]]


def preference_record(example: Example, manner: Manner) -> dict[str, Any]:
    """Return a pair of answers as TRL takes it: messages of the prompt, of the better answer and of the worse one."""
    *prompt, chosen = messages_of(example.turns)
    return {"prompt": prompt, "chosen": [chosen], REJECTED: [{"role": "assistant", "content": example.row[REJECTED]}]}


class Pairs(contextlib.AbstractContextManager["Pairs"]):
    """The pairs of answers in rows: of all answers to one prompt the best and the worst by a score, and each answer
    that was mended with what it was before.

    Rows are gone through once to find them; answers wait in a temporary file until it is known which are worse. The
    scores are what rows have at `USUAL_FIELD`, if any, unless a field is named; they differ by the margin at least.
    """

    def __init__(
        self,
        rows: Rows,
        refused: Callable[[str, tuple[Turn, ...]], Iterator[Refused]],
        score_field: str | None = None,
        margin: float | None = None,
    ) -> None:
        """Raises FileError where a field or a margin is asked for and no row has a score."""
        self._rows = rows
        self._refused = refused
        # The last turn of every answer that has a score, one after another.
        self._texts = tempfile.TemporaryFile()  # noqa: SIM115  # it lives as long as the pairs
        self._ends = array("Q", [0])
        self._stand = bytearray()  # by place: whether the row is the worse answer of a pair
        self._worse = self._found(rows(Tally(doing="Pairing answers")), score_field or USUAL_FIELD, margin or 0.0)
        if len(self._ends) == 1 and (score_field or margin is not None):
            self._texts.close()
            raise FileError(
                f"--score-field {score_field or USUAL_FIELD}: no row has a number there.",
                hint="synthgen judge writes scores; name the field that holds yours.",
            )

    def __exit__(self, *_: object) -> None:
        self._texts.close()

    def examples(self, tally: Tally) -> Iterator[Example]:
        """Yield each pair as its better answer's example, and count the rows that stand in none."""
        for place, example in enumerate(self._rows(tally)):
            pairs = list(self._of(place, example))
            if not pairs and not self._stand[place]:
                tally.leave_out(example.id, NO_WORSE)
            yield from pairs

    def _of(self, place: int, example: Example) -> Iterator[Example]:
        if (worse := self._worse.get(place)) is not None:
            yield _pair(example, example.id, example.turns, self._text(worse), SCORES)
        said = tuple(apart(example.turns)[1])
        before = example.turns[: len(example.turns) - len(said)]
        for number, refused in enumerate(self._refused(example.id, said), 1):
            yield _pair(
                example, f"{example.id}-repair-{number}", (*before, *said[: refused.number]), refused.text, REPAIR
            )

    def _found(self, examples: Iterator[Example], score_field: str, margin: float) -> Mapping[int, int]:
        """Return for the best answer to each prompt the number of the worst, where their scores differ enough."""
        places, prompts, scores = array("L"), array("Q"), array("d")
        for place, example in enumerate(examples):
            self._stand.append(False)
            score = number_at(example.row, score_field)
            if score is not None and math.isfinite(score):
                places.append(place)
                prompts.append(_mark(example.turns[:-1]))
                scores.append(score)
                self._ends.append(self._ends[-1] + self._texts.write(_bytes(example.turns[-1].content)))
        found: dict[int, int] = {}
        order = sorted(range(len(places)), key=prompts.__getitem__)
        for _, group in groupby(order, key=prompts.__getitem__):
            answers = list(group)
            best, worst = max(answers, key=scores.__getitem__), min(answers, key=scores.__getitem__)
            differ = scores[best] > scores[worst] and scores[best] - scores[worst] >= margin
            if differ and self._text(best) != self._text(worst):
                found[places[best]] = worst
                self._stand[places[worst]] = True
        return found

    def _text(self, number: int) -> str:
        start, end = self._ends[number], self._ends[number + 1]
        self._texts.seek(start)
        return self._texts.read(end - start).decode("utf-8")


def _pair(example: Example, name: str, turns: tuple[Turn, ...], rejected: str, told_by: str) -> Example:
    return replace(example, id=name, turns=turns, row={**example.row, REJECTED: rejected, TOLD_BY: told_by})


def _mark(turns: tuple[Turn, ...]) -> int:
    """Return 64 bits that stand for a prompt."""
    text = "\x1f".join(f"{turn.role}\x1e{turn.content}" for turn in turns)
    return int.from_bytes(hashlib.blake2b(_bytes(text), digest_size=8).digest(), "big")


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "replace")
