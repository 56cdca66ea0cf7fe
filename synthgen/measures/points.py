"""The scores that rows carry, whoever gave them."""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from dataclasses import asdict
from math import isfinite
from typing import Any

from synthgen.formats.note_places import mapping_in
from synthgen.statistics.scores import mean_with_interval

_MOST_METRICS = 40
_SAMPLES = 1000


class PointCount:
    """Keeps the points of each metric, eight bytes a score."""

    def __init__(self) -> None:
        self._points: dict[str, array[float]] = {}

    def add(self, row: Mapping[str, Any]) -> None:
        if row.get("scores") is None:
            return
        for metric, value in mapping_in(row, "scores").items():
            if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
                continue
            if metric in self._points or len(self._points) < _MOST_METRICS:
                self._points.setdefault(metric, array("d")).append(value)

    def figures(self) -> dict[str, Any]:
        """Return mean, interval (bootstrapped over rows, 95 %), deviation, count, least and most by metric."""
        return {
            metric: asdict(mean_with_interval(points, samples=_SAMPLES)) | {"least": min(points), "most": max(points)}
            for metric, points in self._points.items()
        }
