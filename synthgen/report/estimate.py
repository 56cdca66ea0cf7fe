"""What a run will ask of its models, counted before anything is sent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from statistics import fmean

from synthgen.calls import Usage
from synthgen.records import Cell, Stage

# The share of drafts that an estimate takes to be kept: measured is the run itself, this is a guess on the safe side.
USUAL_YIELD = 0.8


@dataclass(frozen=True, slots=True)
class Sample:
    """The size of one call as it would be sent, in tokens."""

    stage: Stage
    language: str
    usage: Usage


@dataclass(frozen=True, slots=True)
class Load:
    """Calls, tokens and cost, in the currency of the prices."""

    query_calls: int
    reply_calls: int
    prompt_tokens: int
    completion_tokens: int
    cost: float

    @property
    def calls(self) -> int:
        return self.query_calls + self.reply_calls


@dataclass(frozen=True, slots=True)
class Estimate:
    """The rows still to be made by cell, and what they take.

    `best` is when nothing is dropped, `likely` when `kept_share` of the drafts is kept.
    """

    wanted: Mapping[Cell, int]
    batch_size: int
    kept_share: float
    best: Load
    likely: Load


def estimate_run(
    wanted: Mapping[Cell, int],
    samples: Iterable[Sample],
    *,
    batch_size: int,
    kept_share: float,
    cost: Callable[[Usage], float],
) -> Estimate:
    """Return what it takes to make `wanted`, by samples of each stage's calls in each language.

    `batch_size` messages come of one query call. A draft that is dropped is counted with its reply, which is
    bought only for messages that passed: the figures are on the high side.
    """
    rows: Counter[str] = Counter()
    for cell, count in wanted.items():
        rows[cell.language] += count
    known = list(samples)

    def load(share: float) -> Load:
        queries = replies = 0
        tokens_in = tokens_out = 0.0
        for language, count in rows.items():
            drafts = ceil(count / share)
            drafting = ceil(drafts / batch_size)
            for asked, (size_in, size_out) in (
                (drafting, _mean_size(known, "query", language)),
                (drafts, _mean_size(known, "reply", language)),
            ):
                tokens_in += asked * size_in
                tokens_out += asked * size_out
            queries += drafting
            replies += drafts
        used = Usage(round(tokens_in), round(tokens_out))
        return Load(queries, replies, used.prompt_tokens, used.completion_tokens, cost(used))

    return Estimate(dict(wanted), batch_size, kept_share, load(1.0), load(kept_share))


def _mean_size(samples: Sequence[Sample], stage: Stage, language: str) -> tuple[float, float]:
    """Return the mean tokens in and out of a stage's calls; another language stands in for one without samples."""
    of_stage = [sample for sample in samples if sample.stage == stage]
    sizes = [sample.usage for sample in of_stage if sample.language == language] or [s.usage for s in of_stage]
    if not sizes:
        return 0.0, 0.0
    return fmean(size.prompt_tokens for size in sizes), fmean(size.completion_tokens for size in sizes)
