"""What a run over rows of another run or file will ask of its models, counted before anything is sent."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any

from synthgen.calls import Request, Usage
from synthgen.engine.note_source import LANGUAGES, row_of, seat_of
from synthgen.engine.preview import usage_of
from synthgen.measures.reservoir import Reservoir
from synthgen.records import Row, State
from synthgen.report.estimate import Load
from synthgen.steps.asking import Asking

# Rows whose requests of a purpose are written out, by lot: enough for totals within some percent, in half a second.
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
    step: Asking[Any, Any],
    records: Iterable[Mapping[str, Any]],
    cost: Callable[[Usage], float],
    languages: Sequence[str] = LANGUAGES,
) -> RowEstimate:
    """Return what a step asks about rows of a file, in these languages: calls by counting, tokens by a sample.

    Raises TemplateError.
    """
    calls: Counter[str] = Counter()
    rows = passed_over = 0
    # One for each purpose, which may be that of few rows. Those of the same rows draw the same.
    drawn: defaultdict[str, Reservoir[Row]] = defaultdict(lambda: Reservoir(SAMPLED_ROWS, seed=0))
    for number, record in enumerate(records, 1):
        row = row_of(record, seat_of(number), str(number), languages)
        if row.state is State.DROPPED:
            passed_over += 1
            continue
        rows += 1
        asked = Counter(map(step.purpose_of, step.questions(row)))
        calls += asked
        for purpose in asked:
            drawn[purpose].add(row)
    names = {purpose: {row.id for row in sample.kept} for purpose, sample in drawn.items()}
    sampled = {row.id: row for sample in drawn.values() for row in sample.kept}
    found = [
        request for row in sampled.values() for request in step.first_requests(row) if row.id in names[request.purpose]
    ]
    return RowEstimate(rows, passed_over, *loads_of(calls, found, cost))


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
