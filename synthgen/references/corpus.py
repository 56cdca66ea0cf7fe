"""Figures of a whole corpus with what they may be off by: pairs are drawn once for all metrics, and only summed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain, repeat
from typing import Any

import numpy as np

from synthgen.references.compared import Compared, Metric
from synthgen.statistics.bootstrap import percentile_interval, resamples

SAMPLES = 1000


def corpus_figures(
    pairs: Sequence[Compared], metrics: Sequence[Metric], *, samples: int = SAMPLES
) -> dict[str, dict[str, Any]]:
    """Return name -> {score, interval, scale, variant} of all metrics over pairs of one language, one pair or more.

    `interval` is percentile bootstrap over pairs, 95 %, [low, high], and None for one pair or without `samples`.
    """
    parts = [metric.parts(pairs) for metric in metrics]
    rows = np.array([list(chain.from_iterable(row)) for row in zip(*parts, strict=True)], dtype=np.float64)
    ends = list(accumulate(len(part[0]) for part in parts))

    def figures(sums: Sequence[float]) -> Iterator[float]:
        for metric, start, end in zip(metrics, [0, *ends], ends, strict=False):
            yield from metric.figures(sums[start:end], len(pairs))

    drawn = [
        list(figures((np.bincount(indexes, minlength=len(pairs)) @ rows).tolist()))
        for indexes in resamples(range(len(pairs)), samples=samples)
    ]
    told = [(name, metric.scale, metric.variant) for metric in metrics for name in metric.names]
    resampled: Iterable[Iterable[float]] = zip(*drawn, strict=True) if drawn else repeat(())
    return {
        name: {"score": score, "interval": _listed(percentile_interval(off)), "scale": scale, "variant": variant}
        for (name, scale, variant), score, off in zip(told, figures(rows.sum(axis=0).tolist()), resampled, strict=False)
    }


def _listed(interval: tuple[float, float] | None) -> list[float] | None:
    return list(interval) if interval else None
