"""A step that asks about a row question by question, one call a run, until nothing more is to be had."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Generic, TypeVar

from synthgen.calls import Answered, Request
from synthgen.hashing import request_seed
from synthgen.records import Row, Stage, State
from synthgen.steps.step import Context

Q = TypeVar("Q")
F = TypeVar("F")


@dataclass(slots=True)
class Progress(Generic[Q, F]):
    """What is known of one row so far. It follows from the answers alone, in their order."""

    row: Row
    questions: Sequence[Q]
    at: int = 0
    tries: int = 0
    before: F | None = None
    faulty: str = ""
    found: list[tuple[Q, F]] = field(default_factory=list)

    @property
    def is_over(self) -> bool:
        """Whether all is asked."""
        return self.at == len(self.questions)

    def all_found(self) -> list[tuple[Q, F]]:
        """Return what was found, also of a question that would still be asked again."""
        last = [] if self.before is None else [(self.questions[self.at], self.before)]
        return [*self.found, *last]


class Asking(ABC, Generic[Q, F]):
    """Goes through the questions about a row; what an answer lacks is asked for again up to `tries` times.

    `answers_of` returns what was answered about a row so far; from this its progress is found again after a stop.
    """

    makes: tuple[Stage, ...] = ()

    def __init__(self, purpose: str, tries: int, answers_of: Callable[[Row], Sequence[Answered]]) -> None:
        self.purpose = purpose
        self._tries = tries
        self._answers_of = answers_of
        self._under_way: dict[str, Progress[Q, F]] = {}

    @abstractmethod
    def questions(self, row: Row) -> Sequence[Q]:
        """Return what is to be asked about a row, in order."""

    @abstractmethod
    def purpose_of(self, question: Q) -> str:
        """Return what the calls of a question are for."""

    @abstractmethod
    def ask(self, row: Row, question: Q, before: F | None, faulty: str) -> tuple[Request, str]:
        """Return the request of a question, and its template's name; with what was found `before` in `faulty`."""

    @abstractmethod
    def read(self, row: Row, question: Q, answer: Answered, before: F | None) -> F:
        """Return what is known of a question after an answer, together with what was found `before` it."""

    @abstractmethod
    def lacks(self, found: F) -> bool:
        """Say whether something is lacking that may be asked for again."""

    @abstractmethod
    def done(self, progress: Progress[Q, F]) -> Row:
        """Return a row about which all is asked."""

    def is_due(self, row: Row) -> bool:
        return row.state is State.DRAFTED

    def request(self, row: Row) -> tuple[Request, str]:
        """Return the request that is due for a row, and its template's name."""
        return self._request(self._under_way.get(row.id) or self.so_far(row))

    def left(self, row: Row) -> Sequence[Q]:
        """Return what is still to be asked about a row if every answer is sound."""
        progress = self.so_far(row)
        return progress.questions[progress.at :]

    def left_requests(self, row: Row) -> Iterator[Request]:
        """Yield the requests of what is still to be asked about a row."""
        for question in self.left(row):
            yield self.ask(row, question, None, "")[0]

    async def run(self, row: Row, ctx: Context) -> Row:
        """Return the row after one more answer."""
        # A call that fails leaves nothing behind: what was answered is in the ledger.
        progress = self._under_way.pop(row.id, None) or self.so_far(row)
        if not progress.is_over:
            request, template = self._request(progress)
            reply = await ctx.generate(request, template)
            self._take(progress, Answered(request.purpose, reply.text, reply.finish))
        if progress.is_over:
            return self.done(progress)
        self._under_way[row.id] = progress
        return row

    def so_far(self, row: Row) -> Progress[Q, F]:
        """Return the progress of a row by what was answered about it.

        After a change of settings some answers are to nothing that is asked any more: these are passed over.
        """
        progress: Progress[Q, F] = Progress(row, self.questions(row))
        for answer in self._answers_of(row):
            if not progress.is_over and self.purpose_of(progress.questions[progress.at]) == answer.purpose:
                self._take(progress, answer)
        return progress

    def _request(self, progress: Progress[Q, F]) -> tuple[Request, str]:
        request, template = self.ask(progress.row, progress.questions[progress.at], progress.before, progress.faulty)
        if progress.tries > 1 and request.sampling.seed is not None:
            # A model that gave the same faulty answer twice would be asked the very same again.
            seed = request_seed(request.sampling.seed, progress.tries)
            request = replace(request, sampling=replace(request.sampling, seed=seed))
        return request, template

    def _take(self, progress: Progress[Q, F], answer: Answered) -> None:
        """Note an answer, and go on to the next question unless something is lacking that may still be asked for."""
        question = progress.questions[progress.at]
        found = self.read(progress.row, question, answer, progress.before)
        if self.lacks(found) and progress.tries < self._tries:
            progress.before, progress.faulty, progress.tries = found, answer.text, progress.tries + 1
            return
        progress.found.append((question, found))
        progress.before, progress.faulty, progress.tries = None, "", 0
        progress.at += 1
