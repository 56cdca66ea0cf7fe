"""How far a judge's scores are those of people, in figures, and the line that brings the one to the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from math import floor, fsum, isfinite, sqrt
from pathlib import Path
from statistics import fmean
from typing import Any

from synthgen.errors import FileError
from synthgen.formats.rows import read_rows
from synthgen.formats.sources import source_of
from synthgen.statistics.agreement import cohen_kappa, krippendorff_alpha
from synthgen.statistics.correlation import linear_fit, pearson, spearman

# The id of a row, and the name of a metric.
Key = tuple[str, str]

ID, METRIC, SCORE, RATER = "id", "metric", "score", "rater"
_FORMS = "a line is id, metric, score, or an id and a score in a column for each metric; a column rater may tell whose."
# A longer value is no score but a text, which is not for a message.
_MOST_SHOWN = 20


def read_human_scores(
    path: str | Path, metrics: Collection[str] = (), scale: tuple[float, float] | None = None
) -> dict[Key, list[float]]:
    """Return what people gave: (row's id, metric) -> a score for each rater, in the order of the file.

    The file is a table such as a CSV, or any other file of rows. It is long, with the columns id, metric and score, or
    wide, with an id and a column for each metric. Several lines of one id and metric are of several raters; with a
    column `rater` two of the same rater are refused. Empty cells are scores that were not given, and
    empty rows are passed over. Where `metrics` are named, a long table has no others, and of a wide one only they are
    read, so that other columns may hold anything; otherwise every other column is one. A `scale` has its lowest and
    its highest score.

    Raises FileError for what is no such file, for scores off the scale and a file without any, and MissingExtraError.
    """
    name = source_of(path).name
    scores: defaultdict[Key, list[float]] = defaultdict(list)
    lines: dict[tuple[Key, str], int] = {}
    for number, row in read_rows(path):
        if not any(map(_word, row.values())):
            continue
        where = f"{name}: row {number}"
        rater = _word(row.get(RATER))
        for key, value in _cells(row, where, metrics):
            if (score := _score(value, f"{where}: the score of {key[1]}", scale)) is None:
                continue
            if rater and (before := lines.setdefault((key, rater), number)) != number:
                raise FileError(
                    f"{where}: {rater} scored {key[1]} of {key[0]} in row {before} already.",
                    hint="leave one of the two.",
                )
            scores[key].append(score)
    if not scores:
        of = f" of {', '.join(metrics)}" if metrics else ""
        raise FileError(f"{name}: it holds no score{of}.", hint=_FORMS)
    return dict(scores)


def calibration(judge: Mapping[Key, float], human: Mapping[Key, Sequence[float]]) -> dict[str, Any]:
    """Return how far a judge scores as people do, as JSON can hold it: `overall` and by `metrics`.

    An item is a metric of a row; `overall` takes the items of all metrics together. Each has:
    items, judge_only, human_only: items scored by both and compared, and those that one side alone scored;
    ratings: how many scores people gave to the items compared;
    pearson, spearman: correlation of the judge with the mean of the raters;
    quadratic_kappa: Cohen's kappa of the same two, each rounded to a whole point (half a point up);
    alpha: Krippendorff's, interval, of the raters with the judge as one more; human_alpha: of the raters alone;
    bias: the mean of judge - people; absolute_error: the mean distance of the two, in points;
    fit: the line people = slope judge + intercept of least squares, and its residual standard deviation, with divisor
    items - 2; see `corrected`;
    curve: for each whole point of the judge how many items have it and what people gave them on average.
    A figure that is undefined is None.
    """
    rated = {key: ratings for key, ratings in human.items() if ratings}
    metrics = dict.fromkeys(metric for _, metric in chain(judge, rated))
    return {
        "overall": _figures(judge, rated),
        "metrics": {metric: _figures(_of(judge, metric), _of(rated, metric)) for metric in metrics},
    }


def corrected(points: Iterable[float], fit: Mapping[str, float | None]) -> list[float]:
    """Return a judge's scores on the scale of the people that a calibration's `fit` is of.

    Points are not cut to the scale. Raises ValueError for a fit that does not rise: it would turn the order round.
    """
    slope, intercept = fit["slope"], fit["intercept"]
    if slope is None or intercept is None or slope <= 0:
        raise ValueError(f"a fit that rises is needed to correct scores, got a slope of {slope}")
    return [slope * point + intercept for point in points]


def _cells(row: Mapping[str, Any], where: str, metrics: Collection[str]) -> Iterator[tuple[Key, Any]]:
    """Yield the scores of a row, long or wide, as they are written."""
    is_long = METRIC in row and SCORE in row
    for column in (ID, METRIC) if is_long else (ID,):
        if column not in row:
            raise FileError(f"{where}: there is no column {column} among {', '.join(row)[:200]}.", hint=_FORMS)
        if not _word(row[column]):
            raise FileError(f"{where}: its {column} is empty.", hint="say there what was scored.")
    named = _word(row[ID])
    if is_long:
        metric = _word(row[METRIC])
        if metrics and metric not in metrics:
            raise FileError(
                f"{where}: {metric[:_MOST_SHOWN]!r} is no metric of the rubric.", hint=f"it has {', '.join(metrics)}."
            )
        yield (named, metric), row[SCORE]
        return
    for column, value in row.items():
        # A table's own numbering stands in a column without a name.
        metric = column.strip()
        if metric and column not in (ID, RATER) and (not metrics or metric in metrics):
            yield (named, metric), value


def _word(value: Any) -> str:
    return "" if value is None else str(value).strip()


def _score(value: Any, where: str, scale: tuple[float, float] | None) -> float | None:
    """Return the number in a cell, None for an empty one. Raises FileError."""
    written = _word(value)
    if not written:
        return None
    try:
        score = float(written)
    except ValueError:
        score = float("nan")
    if not isfinite(score):
        shown = repr(written) if len(written) <= _MOST_SHOWN else "a text"
        raise FileError(f"{where} must be a number, got {shown}.", hint="leave the cell empty where none was given.")
    if scale and not scale[0] <= score <= scale[1]:
        raise FileError(
            f"{where} must be from {scale[0]:g} to {scale[1]:g}, as the judge's are, got {score:g}.",
            hint="bring scores of another scale to the rubric's first.",
        )
    return score


def _of(scores: Mapping[Key, Any], metric: str) -> dict[Key, Any]:
    return {key: score for key, score in scores.items() if key[1] == metric}


def _figures(judge: Mapping[Key, float], human: Mapping[Key, Sequence[float]]) -> dict[str, Any]:
    both = [key for key in judge if key in human]
    ours, ratings = [judge[key] for key in both], [human[key] for key in both]
    theirs = [fmean(each) for each in ratings]
    apart = [one - other for one, other in zip(ours, theirs, strict=True)]
    return {
        "items": len(both),
        "judge_only": len(judge) - len(both),
        "human_only": len(human) - len(both),
        "ratings": sum(map(len, ratings)),
        "pearson": pearson(ours, theirs),
        "spearman": spearman(ours, theirs),
        "quadratic_kappa": cohen_kappa([_point(one) for one in ours], [_point(one) for one in theirs], "quadratic"),
        "alpha": krippendorff_alpha([[one, *each] for one, each in zip(ours, ratings, strict=True)], "interval"),
        "human_alpha": krippendorff_alpha(ratings, "interval"),
        "bias": fmean(apart) if apart else None,
        "absolute_error": fmean(map(abs, apart)) if apart else None,
        "fit": _fit(ours, theirs),
        "curve": _curve(ours, theirs),
    }


def _fit(ours: Sequence[float], theirs: Sequence[float]) -> dict[str, float | None] | None:
    line = linear_fit(ours, theirs)
    if line is None:
        return None
    slope, intercept = line
    left = fsum((other - slope * one - intercept) ** 2 for one, other in zip(ours, theirs, strict=True))
    residual = sqrt(left / (len(ours) - 2)) if len(ours) > 2 else None
    return {"slope": slope, "intercept": intercept, "residual": residual}


def _curve(ours: Sequence[float], theirs: Sequence[float]) -> list[dict[str, float]]:
    by_point: defaultdict[int, list[float]] = defaultdict(list)
    for one, other in zip(ours, theirs, strict=True):
        by_point[_point(one)].append(other)
    return [{"judge": point, "items": len(given), "human": fmean(given)} for point, given in sorted(by_point.items())]


def _point(score: float) -> int:
    return floor(score + 0.5)
