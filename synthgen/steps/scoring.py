"""The scoring step: has rows judged, repeat by repeat, judge by judge."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import product

from synthgen.calls import Answered, Request
from synthgen.judging.verdict import Verdict
from synthgen.records import Row, State
from synthgen.steps.asking import Asking, Progress
from synthgen.steps.judge import Judge

# What is asked for in one go: which judge, and which of its repeats.
Place = tuple[int, int]


class Scoring(Asking[Place, Verdict]):
    """There are one or two `judges`, each with so many `repeats`; the rest is as `Asking` has it."""

    def __init__(
        self, judges: Sequence[Judge], repeats: int, tries: int, answers_of: Callable[[Row], Sequence[Answered]]
    ) -> None:
        super().__init__("judge", tries, answers_of)
        self._judges = judges
        self._repeats = repeats

    @property
    def metrics(self) -> tuple[str, ...]:
        """The names of the metrics that are scored."""
        return self._judges[0].metrics

    def questions(self, row: Row) -> list[Place]:
        return list(product(range(len(self._judges)), range(self._repeats)))

    def purpose_of(self, question: Place) -> str:
        return self._judges[question[0]].purpose

    def ask(self, row: Row, question: Place, before: Verdict | None, faulty: str) -> tuple[Request, str]:
        who, repeat = question
        return self._judges[who].request(
            row.messages, row.slot.cell.language, repeat=repeat, before=before, faulty=faulty
        )

    def read(self, row: Row, question: Place, answer: Answered, before: Verdict | None) -> Verdict:
        judge = self._judges[question[0]]
        return judge.read(answer.text, answer.finish, row.messages, row.slot.cell.language, before)

    def lacks(self, found: Verdict) -> bool:
        return not found.is_whole

    def done(self, progress: Progress[Place, Verdict]) -> Row:
        return replace(progress.row, state=State.REPLIED)

    def verdicts(self, row: Row) -> list[list[Verdict]]:
        """Return what each judge gave for a row, in the order of its repeats, as far as it was asked."""
        found = self.so_far(row).all_found()
        return [[verdict for (by, _), verdict in found if by == who] for who in range(len(self._judges))]
