"""What a run will ask of its models, counted before anything is sent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from statistics import fmean

from synthgen.calls import Usage
from synthgen.records import Cell

# The share of drafts that an estimate takes to be kept: measured is the run itself, this is a guess on the safe side.
USUAL_YIELD = 0.8


@dataclass(frozen=True, slots=True)
class Sample:
    """The size of one call as it would be sent, in tokens; a draft takes so many `calls` for this purpose.

    One that is not kept at once takes so many more to be `mended`.
    """

    purpose: str
    language: str
    usage: Usage
    calls: float = 1.0
    mended: float = 0.0


@dataclass(frozen=True, slots=True)
class Load:
    """Calls by their purpose, tokens, and cost in the currency of the prices."""

    calls_for: Mapping[str, int]
    prompt_tokens: int
    completion_tokens: int
    cost: float

    @property
    def calls(self) -> int:
        return sum(self.calls_for.values())


@dataclass(frozen=True, slots=True)
class Estimate:
    """The rows still to be made by cell, and what they take.

    `best` is when nothing is dropped, `likely` when `kept_share` of the drafts is kept.
    """

    wanted: Mapping[Cell, int]
    kept_share: float
    best: Load
    likely: Load


def estimate_run(
    wanted: Mapping[Cell, int],
    samples: Iterable[Sample],
    *,
    kept_share: float,
    cost: Callable[[Usage], float],
) -> Estimate:
    """Return what it takes to make `wanted`, by samples of each stage's calls in each language.

    A draft that is dropped is counted with its reply, which is
    bought only for messages that passed: the figures are on the high side.
    """
    rows: Counter[str] = Counter()
    for cell, count in wanted.items():
        rows[cell.language] += count
    known = list(samples)

    def load(share: float) -> Load:
        calls = Counter(dict.fromkeys((sample.purpose for sample in known), 0))
        tokens_in = tokens_out = 0.0
        for language, count in rows.items():
            drafts = ceil(count / share)
            for purpose in calls:
                per_draft, mended, size_in, size_out = _mean_call(known, purpose, language)
                asked = ceil(round(drafts * (per_draft + (1 - share) * mended), 6))
                tokens_in += asked * size_in
                tokens_out += asked * size_out
                calls[purpose] += asked
        used = Usage(round(tokens_in), round(tokens_out))
        return Load(calls, used.prompt_tokens, used.completion_tokens, cost(used))

    return Estimate(dict(wanted), kept_share, load(1.0), load(kept_share))


def _mean_call(samples: Sequence[Sample], purpose: str, language: str) -> tuple[float, float, float, float]:
    """Return the mean calls a draft and a mend take, and tokens in and out of one.

    Other languages stand in for one without samples.
    """
    alike = [sample for sample in samples if sample.purpose == purpose]
    known = [sample for sample in alike if sample.language == language] or alike
    return (
        fmean(sample.calls for sample in known),
        fmean(sample.mended for sample in known),
        fmean(sample.usage.prompt_tokens for sample in known),
        fmean(sample.usage.completion_tokens for sample in known),
    )
