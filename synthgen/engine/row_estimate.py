"""What a run over rows of another run or file will ask of its models, counted before anything is sent."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any

from synthgen.calls import Request, Usage
from synthgen.engine.note_source import row_of, seat_of
from synthgen.engine.preview import usage_of
from synthgen.records import Row, State
from synthgen.report.estimate import Load
from synthgen.steps.asking import Asking

# Rows whose requests are written out, by lot: enough for totals within some percent, done in half a second.
SAMPLED_ROWS = 200
# Of what an answer may take, room for quotes and reasons at their longest, most take about a third.
USUAL_SHARE = 1 / 3


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


def estimate_rows(
    step: Asking[Any, Any], records: Iterable[Mapping[str, Any]], cost: Callable[[Usage], float]
) -> RowEstimate:
    """Return what a step asks about rows of a file: calls by counting, tokens by a sample. Raises TemplateError."""
    calls: Counter[str] = Counter()
    rows = passed_over = 0
    sample: list[Row] = []
    dice = random.Random(0)
    for number, record in enumerate(records, 1):
        row = row_of(record, seat_of(number), str(number))
        if row.state is State.DROPPED:
            passed_over += 1
            continue
        rows += 1
        calls.update(map(step.purpose_of, step.questions(row)))
        if len(sample) < SAMPLED_ROWS:
            sample.append(row)
        elif (place := dice.randrange(rows)) < SAMPLED_ROWS:
            sample[place] = row
    found = [request for row in sample for request in step.first_requests(row)]
    return RowEstimate(rows, passed_over, *loads_of(calls, found, cost))


def loads_of(calls: Mapping[str, int], sample: Sequence[Request], cost: Callable[[Usage], float]) -> tuple[Load, Load]:
    """Return what so many calls of each purpose take, by a sample of them: as a rule, and at the most."""

    def load(share: float) -> Load:
        tokens_in = tokens_out = 0.0
        for purpose, count in calls.items():
            uses = [usage_of(one, int(one.sampling.max_tokens * share)) for one in sample if one.purpose == purpose]
            tokens_in += count * fmean(use.prompt_tokens for use in uses) if count else 0
            tokens_out += count * fmean(use.completion_tokens for use in uses) if count else 0
        used = Usage(round(tokens_in), round(tokens_out))
        return Load(calls, used.prompt_tokens, used.completion_tokens, cost(used))

    return load(USUAL_SHARE), load(1.0)
