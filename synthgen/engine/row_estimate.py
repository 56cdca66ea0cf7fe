"""What a run over rows of another run or file will ask of its models, counted before anything is sent."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from statistics import fmean
from typing import Any

from synthgen.calls import Answered, Request, Usage
from synthgen.engine.note_source import LANGUAGES, row_of, seat_of
from synthgen.engine.preview import usage_of
from synthgen.formats.sources import LEDGER
from synthgen.measures.reservoir import Reservoir
from synthgen.records import UNDER_WAY, Row, State
from synthgen.report.estimate import Load
from synthgen.steps.asking import Asking
from synthgen.store.codec import row_number
from synthgen.store.ledger import Ledger
from synthgen.store.original_book import OriginalBook

# Rows whose requests of a purpose are written out, by lot: enough for totals within some percent, in half a second.
SAMPLED_ROWS = 200
# Of what an answer may take, room for quotes and reasons at their longest, most take about a third.
USUAL_SHARE = 1 / 3


@dataclass(frozen=True, slots=True)
class Waiting:
    """The rows that a run has still to ask about; `answers_of` returns what was answered about one so far."""

    rows: Iterable[Row]
    answers_of: Callable[[Row], Sequence[Answered]]


@dataclass(frozen=True, slots=True)
class RowEstimate:
    """How many rows are to be worked on, and what they take if every answer is sound.

    `usual` is with answers of the usual length, `most` with answers as long as they may be. `passed_over` rows hold no
    dialogue.
    """

    rows: int
    passed_over: int
    usual: Load
    most: Load


@contextmanager
def rows_waiting(
    folder: Path, records: Iterable[Mapping[str, Any]], languages: Sequence[str] = LANGUAGES
) -> Iterator[Waiting]:
    """Have the rows that a run in a folder is not done with, asked about in these languages, for as long as the block.

    All `records` wait where it has not taken them in yet. Nothing is changed. Raises RunError.
    """
    if (folder / LEDGER).exists():
        with closing(Ledger(folder, write=False)) as ledger:
            if ledger.meta().get("taken"):
                book = OriginalBook(ledger)
                fresh = ((number, book.record(number)) for number in book.unasked())
                rows = chain(ledger.rows(*UNDER_WAY), _rows_of(fresh, languages))
                yield Waiting(rows, lambda row: book.answers(row_number(row.id)) if row.id else ())
                return
    yield Waiting(_rows_of(enumerate(records, 1), languages), lambda row: ())


def _rows_of(numbered: Iterable[tuple[int, Mapping[str, Any]]], languages: Sequence[str]) -> Iterator[Row]:
    """Yield the rows that records will make; they have no id yet."""
    for number, record in numbered:
        yield row_of(record, seat_of(number), "", languages)


def estimate_asking(step: Asking[Any, Any], rows: Iterable[Row], cost: Callable[[Usage], float]) -> RowEstimate:
    """Return what a step has still to ask about rows. Raises TemplateError."""
    return estimate_rows(rows, lambda row: map(step.purpose_of, step.left(row)), step.left_requests, cost)


def estimate_rows(
    rows: Iterable[Row],
    purposes_left: Callable[[Row], Iterable[str]],
    requests_left: Callable[[Row], Iterable[Request]],
    cost: Callable[[Usage], float],
    purposes: Iterable[str] = (),
) -> RowEstimate:
    """Return what is still to be asked about rows: calls by counting, tokens by a sample.

    Of a row there are the purposes of its calls, and these written out. `purposes` are told first, whether or not
    anything is asked for them. Raises TemplateError.
    """
    calls = Counter(dict.fromkeys(purposes, 0))
    asked = passed_over = 0
    # One for each purpose, which may be that of few rows. Those of the same rows draw the same.
    drawn: defaultdict[str, Reservoir[Row]] = defaultdict(lambda: Reservoir(SAMPLED_ROWS, seed=0))
    for row in rows:
        if row.state is State.DROPPED:
            passed_over += 1
            continue
        left = Counter(purposes_left(row))
        asked += bool(left)
        calls.update(left)
        for purpose in left:
            drawn[purpose].add(row)
    seats = {purpose: {row.slot.seat for row in sample.kept} for purpose, sample in drawn.items()}
    sampled = {row.slot.seat: row for sample in drawn.values() for row in sample.kept}
    found = [
        request for seat, row in sampled.items() for request in requests_left(row) if seat in seats[request.purpose]
    ]
    return RowEstimate(asked, passed_over, *loads_of(calls, found, cost))


def loads_of(calls: Mapping[str, int], sample: Sequence[Request], cost: Callable[[Usage], float]) -> tuple[Load, Load]:
    """Return what so many calls of each purpose take, by a sample of each: as a rule, and at the most."""

    def load(share: float) -> Load:
        tokens_in = tokens_out = 0.0
        for purpose, count in calls.items():
            uses = [usage_of(one, int(one.sampling.max_tokens * share)) for one in sample if one.purpose == purpose]
            if uses:
                tokens_in += count * fmean(use.prompt_tokens for use in uses)
                tokens_out += count * fmean(use.completion_tokens for use in uses)
        used = Usage(round(tokens_in), round(tokens_out))
        return Load(calls, used.prompt_tokens, used.completion_tokens, cost(used))

    return load(USUAL_SHARE), load(1.0)
