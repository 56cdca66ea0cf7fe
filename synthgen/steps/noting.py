"""The noting step: asks about a conversation window by window, vote by vote, until nothing more is to be had."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product

from synthgen.annotation.fields import SESSION, Field
from synthgen.annotation.findings import Findings
from synthgen.annotation.votes import majority
from synthgen.annotation.windows import Window
from synthgen.calls import Request
from synthgen.records import Annotation, Note, Notes, Row, Stage, State, Turn
from synthgen.steps.annotate import Annotate
from synthgen.steps.step import Context

# What is to be asked: which annotator, which of its votes, about which window.
Place = tuple[int, int, Window]
# What was answered about a row: the purpose of each call and the text.
Answers = Sequence[tuple[str, str]]


@dataclass(slots=True)
class Progress:
    """What is known of one conversation so far. It follows from the answers alone, in their order."""

    turns: Sequence[Turn]
    language: str
    places: list[Place]
    at: int = 0
    tries: int = 0
    before: Findings | None = None
    faulty: str = ""
    notes: dict[tuple[int, int], dict[int, Notes]] = field(default_factory=dict)

    @property
    def is_over(self) -> bool:
        """Whether all is asked."""
        return self.at == len(self.places)


class Noting:
    """Has conversations annotated, one call a run; what is lacking in an answer is asked for again up to `tries` times.

    There are one or two `annotators`, each with so many `votes`. `answers_of` returns what was answered about a row so
    far, each text after the purpose of its call; from these its progress is found again after a stop.
    """

    purpose = "annotate"
    makes: tuple[Stage, ...] = ()

    def __init__(
        self, annotators: Sequence[Annotate], votes: int, tries: int, answers_of: Callable[[Row], Answers]
    ) -> None:
        self._annotators = annotators
        self._votes = votes
        self._tries = tries
        self._answers_of = answers_of
        self._under_way: dict[str, Progress] = {}

    def is_due(self, row: Row) -> bool:
        return row.state is State.DRAFTED

    def request(self, row: Row) -> tuple[Request, str]:
        """Return the request that is due for a row, and its template's name."""
        return self._request(self._under_way.get(row.id) or self._replayed(row))

    async def run(self, row: Row, ctx: Context) -> Row:
        """Return the row after one more answer; with its annotations once all is asked."""
        # A call that fails leaves nothing behind: what was answered is in the ledger.
        progress = self._under_way.pop(row.id, None) or self._replayed(row)
        if not progress.is_over:
            reply = await ctx.generate(*self._request(progress))
            self._take(progress, reply.text)
        if progress.is_over:
            return replace(row, state=State.REPLIED, annotations=self._annotations(progress))
        self._under_way[row.id] = progress
        return row

    def given_up(self, row: Row, why: str) -> tuple[Annotation, ...]:
        """Return what was answered about a row that was given up; all that was not has no value, and says `why`."""
        progress = self._replayed(row)
        if progress.before is not None:
            self._settle(progress, progress.before)
        for who, vote, window in progress.places[progress.at :]:
            notes = progress.notes.setdefault((who, vote), {})
            for place, fields in self._annotators[who].asked(progress.turns, progress.language, window).items():
                notes[place] = {field.name: Note(None, why) for field in fields}
        return self._annotations(progress)

    def _request(self, progress: Progress) -> tuple[Request, str]:
        who, vote, window = progress.places[progress.at]
        return self._annotators[who].request(
            progress.turns, progress.language, window, vote=vote, before=progress.before, faulty=progress.faulty
        )

    def _replayed(self, row: Row) -> Progress:
        """Return the progress of a row by what was answered about it.

        After a change of votes or annotators some answers are to nothing that is asked any more: these are passed over.
        """
        windows = [annotator.windows(row.messages) for annotator in self._annotators]
        places = [
            (who, vote, window)
            for who, vote in product(range(len(self._annotators)), range(self._votes))
            for window in windows[who]
        ]
        progress = Progress(row.messages, row.slot.cell.language, places)
        for purpose, text in self._answers_of(row):
            if not progress.is_over and self._annotators[places[progress.at][0]].purpose == purpose:
                self._take(progress, text)
        return progress

    def _take(self, progress: Progress, text: str) -> None:
        """Note an answer, and go on to the next question unless something is lacking that may still be asked for."""
        who, _, window = progress.places[progress.at]
        annotator = self._annotators[who]
        found = annotator.read(text, progress.turns, progress.language, window, progress.before)
        if found.lacks and progress.tries < self._tries:
            progress.before, progress.faulty, progress.tries = found, text, progress.tries + 1
        else:
            self._settle(progress, found)

    def _settle(self, progress: Progress, found: Findings) -> None:
        """Leave a question with what was found; what is lacking has no value, and says why."""
        who, vote, window = progress.places[progress.at]
        asked = self._annotators[who].asked(progress.turns, progress.language, window)
        progress.notes.setdefault((who, vote), {}).update(found.settled(asked))
        progress.before, progress.faulty, progress.tries = None, "", 0
        progress.at += 1

    def _annotations(self, progress: Progress) -> tuple[Annotation, ...]:
        made = []
        for who, annotator in enumerate(self._annotators):
            asked: dict[int, Sequence[Field]] = {}
            for window in annotator.windows(progress.turns):
                asked |= annotator.asked(progress.turns, progress.language, window)
            votes = [_annotation(progress.notes.get((who, vote), {})) for vote in range(self._votes)]
            made.append(majority(votes, asked))
        return tuple(made)


def _annotation(notes: Mapping[int, Notes]) -> Annotation:
    places = dict(notes)
    return Annotation(places.pop(SESSION, {}), places)
