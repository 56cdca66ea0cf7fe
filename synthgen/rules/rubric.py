"""What a rubric says: metrics, and for every point of its scale what a text at that level does."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from synthgen.hashing import json_hash
from synthgen.rules.parts import FileName, Lines, Names, Part, in_language, rising

MOST_METRICS = 20
# What the average over the metrics is called wherever scores stand beside each other.
MEAN = "mean"

_LEVEL = re.compile(r"([0-9]{1,3})(?:-([0-9]{1,3}))?")


def _said(lines: dict[str, str]) -> dict[str, str]:
    """Refuse a text that says nothing in one of its languages."""
    if not lines or not all(text.strip() for text in lines.values()):
        raise ValueError("must not be empty")
    return lines


def _levels(value: Any) -> Any:
    """A level of one point may be written as a number."""
    if not isinstance(value, dict):
        return value
    written = {str(level) if type(level) is int else level: about for level, about in value.items()}
    if len(written) < len(value):
        raise ValueError("a level stands twice")
    return written


def points_of(level: str) -> range:
    """Return the points that a level such as "3-4" or "10" stands for. Raises ValueError."""
    match = _LEVEL.fullmatch(level)
    low, high = (int(match[1]), int(match[2] or match[1])) if match else (1, 0)
    if low > high:
        raise ValueError(f"a point such as 3 or a range such as 3-4 is wanted, got {level!r}")
    return range(low, high + 1)


Said = Annotated[Lines, AfterValidator(_said)]
Anchors = Annotated[dict[str, Said], BeforeValidator(_levels), Field(min_length=1)]
Point = Annotated[int, Field(ge=0, le=100, strict=True)]


def _wide(scale: tuple[int, int]) -> tuple[int, int]:
    if rising(scale)[0] == scale[1]:
        raise ValueError("at least two points are needed")
    return scale


class Metric(Part):
    """One metric: the name its scores are stored under, what it is called, what it means, and an anchor per level."""

    name: FileName
    names: Names = {}
    about: Said
    anchors: Anchors

    def title(self, language: str) -> str:
        """Return what the metric is called in a language."""
        return self.names.get(language, self.name)

    def meaning(self, language: str) -> str:
        """Return the definition in a language."""
        return told(self.about, language)

    def levels(self, language: str) -> list[tuple[str, str]]:
        """Return each level, such as "3-4", with what a text at that level does; the lowest first."""
        return [
            (level, told(self.anchors[level], language))
            for level in sorted(self.anchors, key=lambda at: points_of(at)[0])
        ]


class Rubric(Part):
    """A whole rubric: its metrics, and the lowest and the highest point."""

    name: FileName
    about: Said
    scale: Annotated[tuple[Point, Point], AfterValidator(_wide)] = (1, 10)
    metrics: Annotated[list[Metric], Field(min_length=1, max_length=MOST_METRICS)]

    @model_validator(mode="after")
    def _consistent(self) -> Rubric:
        seen = {MEAN}
        for at, metric in enumerate(self.metrics):
            if metric.name in seen:
                twice = "is what the average is called" if metric.name == MEAN else "stands twice"
                raise ValueError(f"metrics[{at}].name: {metric.name!r} {twice}")
            seen.add(metric.name)
            if fault := _uncovered(metric, self.scale):
                raise ValueError(f"metrics[{at}].anchors{fault}")
        return self

    @property
    def hash(self) -> str:
        """The hash of everything the rubric says."""
        return json_hash(self.model_dump(mode="json"))

    def meaning(self, language: str) -> str:
        """Return in a language what the rubric judges."""
        return told(self.about, language)

    def metric(self, name: str) -> Metric:
        """Return the metric of that name. Raises KeyError."""
        return {metric.name: metric for metric in self.metrics}[name]


def told(lines: dict[str, str], language: str) -> str:
    """Return a text in a language, else for all languages, else in the language written first: judges read several."""
    return in_language(lines, language, next(iter(lines.values())))


def _uncovered(metric: Metric, scale: tuple[int, int]) -> str:
    """Return where the anchors of a metric leave out a point, name one twice or leave the scale; "" if nowhere."""
    low, high = scale
    anchored: dict[int, str] = {}
    for level in metric.anchors:
        try:
            points = points_of(level)
        except ValueError as error:
            return f".{level}: {error}"
        for point in points:
            if not low <= point <= high:
                return f".{level}: {point} is not on the scale of {low} to {high}"
            if point in anchored:
                return f".{level}: {point} is anchored by {anchored[point]} too"
            anchored[point] = level
    missing = [str(point) for point in range(low, high + 1) if point not in anchored]
    return f": every point from {low} to {high} needs an anchor, none found for {', '.join(missing)}" if missing else ""
