"""Stored answers read again: each row as today's parser and filters would have it, without any call."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, count, groupby, zip_longest

from synthgen.engine.screen import SEMANTIC_DUPLICATE, Screen
from synthgen.engine.sources import drafted
from synthgen.records import Cell, Row, State
from synthgen.steps.gate import JUDGE_FAILED, LOW_SCORE
from synthgen.steps.query import Query
from synthgen.steps.reply import Reply
from synthgen.store.codec import row_number
from synthgen.store.ledger import Answer

History = tuple[Row, list[Answer]]
# Drops that no filter can tell from a text.
FOUND_BY_MODELS = (LOW_SCORE, JUDGE_FAILED, SEMANTIC_DUPLICATE)


@dataclass(frozen=True, slots=True)
class Reread:
    """A row as it was (None for one that nobody had seen before) and as it is now, with the calls that made it."""

    before: Row | None
    after: Row
    calls: list[int]


@dataclass(slots=True)
class Rereader:
    """Reads the histories of a run's rows again, for a run named `run` whose rows take places in `screen`.

    `repairs` is how often a fault may be mended. Rows that were accepted take their seats first, so that what has
    not changed stays as it was. What models found of a text, scores and likeness of meaning, holds while the text is
    the same; `asks_more` says that the run has rows judged or compared so, which others wait for.
    """

    run: str
    query: Query
    reply: Reply
    screen: Screen
    repairs: int
    asks_more: bool = False
    _seated: set[tuple[Cell, int]] = field(default_factory=set)

    def read(self, histories: Callable[[], Iterable[History]], first_new: int) -> Iterator[Reread]:
        """Yield every row anew; `histories` is asked twice. Numbers from `first_new` on go to rows never seen."""
        for with_accepted in (True, False):
            new_ids = map(self._id, count(first_new))
            for batch in _batches(histories()):
                for before, fresh, answers in self._drafts(batch, new_ids):
                    if (before is not None and before.state is State.ACCEPTED) is with_accepted:
                        after = self._seat(self._found(before, self._retraced(fresh, answers)))
                        yield Reread(before, after, [answer.call for answer in answers])

    def _drafts(
        self, batch: Sequence[History], new_ids: Iterator[str]
    ) -> Iterator[tuple[Row | None, Row, list[Answer]]]:
        """Yield each row of a draft call as it was, as it is drafted today, and all answers that made it."""
        answers = batch[0][1]
        if not answers:
            # No model ever answered: there is nothing to read.
            yield from ((row, replace(row, id=self._id(row_number(row.id))), []) for row, _ in batch)
            return
        placed = [history for history in batch if history[0].slot.seat >= 0]
        ids = chain([self._id(row_number(row.id)) for row, _ in batch], new_ids)
        slots, draft = [row.slot for row, _ in placed], answers[0]
        rows = drafted(self.query, slots, draft.text, draft.finish, lambda: next(ids))
        yield from (
            (before, fresh, made_by) for (before, made_by), fresh in zip(placed, rows[: len(placed)], strict=True)
        )
        seen = [row for row, _ in batch if row.slot.seat < 0]
        for before, unplaced in zip_longest(seen, rows[len(placed) :]):
            if unplaced is not None:
                yield before, unplaced, [draft]

    def _retraced(self, row: Row, answers: Sequence[Answer]) -> Row:
        """Return a drafted row after all that was answered since."""
        if row.state is State.DROPPED:
            return row
        mended = [answer for answer in answers[1:] if answer.purpose == "query"]
        replies = [answer for answer in answers if answer.purpose == "reply"]
        for answer in mended:
            row = self.query.with_text(row, answer.text, answer.finish)
        row = replace(row, repairs=len(mended))
        drop, risk, _ = self.screen.examine(row, "query")
        if drop is not None:
            held = drop.repairable and row.repairs < self.repairs and not replies
            return replace(row, drop=drop, state=State.DRAFTED if held else State.DROPPED)
        row = replace(row, risk=risk, repairs=0, shown=())
        return self._replied(row, replies) if replies else row

    def _replied(self, row: Row, replies: Sequence[Answer]) -> Row:
        """Return the row with the last reply that passes, else with the last one and its fault."""
        failed: list[Row] = []
        for repairs, answer in reversed([*enumerate(replies)]):
            tried = replace(self.reply.with_text(row, answer.text, answer.finish), repairs=repairs)
            drop = self.screen.examine(tried, "reply").drop
            if drop is None:
                return replace(tried, state=State.ACCEPTED)
            failed.append(replace(tried, drop=drop))
        last = failed[0]
        held = last.drop is not None and last.drop.repairable and last.repairs < self.repairs
        return last if held else replace(last, state=State.DROPPED)

    def _found(self, before: Row | None, row: Row) -> Row:
        """Return the row with what models have found of it; one that passes without that waits to be asked about."""
        if before is not None and before.messages == row.messages:
            row = replace(row, judgement=before.judgement)
            if row.drop is None and before.drop is not None and before.drop.reason in FOUND_BY_MODELS:
                return replace(row, drop=before.drop, state=before.state, repairs=before.repairs)
            if before.state is State.ACCEPTED:
                return row
        waits = self.asks_more and row.state is State.ACCEPTED
        return replace(row, state=State.REPLIED) if waits else row

    def _seat(self, row: Row) -> Row:
        """Return the row as surplus when another sits where it would; give back the places of what is not kept."""
        seat = (row.slot.cell, row.slot.seat)
        if row.state is not State.DROPPED and seat in self._seated:
            row = replace(row, state=State.SURPLUS, drop=None)
        if row.state is State.ACCEPTED:
            self._seated.add(seat)
        if row.state in (State.DROPPED, State.SURPLUS):
            self.screen.release(row)
        return row

    def _id(self, number: int) -> str:
        return f"{self.run}-{number:06d}"


def _batches(histories: Iterable[History]) -> Iterator[list[History]]:
    """Yield together the rows of one draft call, which stand beside each other."""
    for _, batch in groupby(histories, key=lambda history: history[1][0].call if history[1] else history[0].id):
        yield list(batch)
