"""The noting step: has conversations annotated window by window, vote by vote, annotator by annotator."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import product

from synthgen.annotation.findings import Findings, annotation_of
from synthgen.annotation.votes import majority
from synthgen.annotation.windows import Window
from synthgen.calls import Answered, Request
from synthgen.records import Annotation, Note, Notes, Row, State
from synthgen.steps.annotate import Annotate
from synthgen.steps.asking import Asking, Progress

# What is to be asked: which annotator, which of its votes, about which window.
Place = tuple[int, int, Window]


class Noting(Asking[Place, Findings]):
    """There are one or two `annotators`, each with so many `votes`; the rest is as `Asking` has it."""

    def __init__(
        self,
        annotators: Sequence[Annotate],
        votes: int,
        tries: int,
        answers_of: Callable[[Row], Sequence[Answered]],
    ) -> None:
        super().__init__("annotate", tries, answers_of)
        self._annotators = annotators
        self._votes = votes

    def questions(self, row: Row) -> list[Place]:
        windows = [annotator.windows(row.messages) for annotator in self._annotators]
        return [
            (who, vote, window)
            for who, vote in product(range(len(self._annotators)), range(self._votes))
            for window in windows[who]
        ]

    def purpose_of(self, question: Place) -> str:
        return self._annotators[question[0]].purpose

    def ask(self, row: Row, question: Place, before: Findings | None, faulty: str) -> tuple[Request, str]:
        who, vote, window = question
        return self._annotators[who].request(
            row.messages, row.slot.cell.language, window, vote=vote, before=before, faulty=faulty
        )

    def read(self, row: Row, question: Place, answer: Answered, before: Findings | None) -> Findings:
        who, _, window = question
        return self._annotators[who].read(answer.text, row.messages, row.slot.cell.language, window, before)

    def lacks(self, found: Findings) -> bool:
        return bool(found.lacks)

    def done(self, progress: Progress[Place, Findings]) -> Row:
        return replace(progress.row, state=State.REPLIED, annotations=self._annotations(progress))

    def given_up(self, row: Row, why: str) -> tuple[Annotation, ...]:
        """Return what was answered about a row that was given up; all that was not has no value, and says `why`."""
        progress = self.so_far(row)
        progress.found = progress.all_found()
        progress.at = len(progress.found)
        return self._annotations(progress, why)

    def _annotations(self, progress: Progress[Place, Findings], why: str = "") -> tuple[Annotation, ...]:
        """Return what each annotator says; questions that were not asked have no value, for the reason given."""
        turns, language = progress.row.messages, progress.row.slot.cell.language
        notes: dict[tuple[int, int], dict[int, Notes]] = {}
        for (who, vote, window), found in progress.found:
            wanted = self._annotators[who].asked(turns, language, window)
            notes.setdefault((who, vote), {}).update(found.settled(wanted))
        for who, vote, window in progress.questions[progress.at :]:
            wanted = self._annotators[who].asked(turns, language, window)
            empty = {place: {field.name: Note(None, why) for field in fields} for place, fields in wanted.items()}
            notes.setdefault((who, vote), {}).update(empty)
        return tuple(
            majority(
                [annotation_of([notes.get((who, vote), {})]) for vote in range(self._votes)],
                annotator.asked_of_all(turns, language),
            )
            for who, annotator in enumerate(self._annotators)
        )
