"""Verdicts: the scores of one text by one judge, each with its grounds, and what could not be read by its kind."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from synthgen.parsing import RawScore
from synthgen.text import units

# missing: the answer has nothing under the metric's name. no_number: no whole number, or several. out_of_scale: one
# beyond the rubric's scale, or of another scale. And where no metric could be read: the judge refused, its answer was
# cut off, or it is something else.
Failure = Literal["missing", "no_number", "out_of_scale", "refused", "cut_off", "nonsense"]

# A judge that scores nothing and says one of these declines; the answer's beginning is where it does.
_DECLINES = re.compile(
    r"\b(?:sorry|apolog\w+|unable|declin\w+|refus\w+|cannot|can ?not|(?:can|won)['’]t"
    r"|not (?:able|allowed|appropriate|comfortable|going) )|抱歉|对不起|不好意思|无法|不能|不便|不予|拒绝|没办法",
    re.IGNORECASE,
)
_DECLINING_CHARS = 400
# NFKC has made "..." of an ellipsis before.
_ELLIPSIS = re.compile(r"\.{3,}|。{3,}|⋯+")
# Some write an apostrophe where others write none, and a dash where others leave a space.
_APOSTROPHES = re.compile("['`\u2018\u2019\u201b\u00ad\u200b-\u200d\ufeff]+")
_DASHES = re.compile("[-\u2010-\u2015]+")
# Stands between the words of a folded text and at its ends, so that "no" is not found in "not".
_EDGE = "\x1f"


@dataclass(frozen=True, slots=True)
class Score:
    """What a judge gives for one metric. `quote_found` says whether its quote stands in what was judged."""

    metric: str
    points: int
    reason: str
    quote: str
    quote_found: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """Sound scores by metric, and the kind of failure of each metric that has none."""

    scores: Mapping[str, Score]
    failures: Mapping[str, Failure]

    @property
    def is_whole(self) -> bool:
        return not self.failures


def verdict_of(
    found: Mapping[str, RawScore],
    wanted: Sequence[str],
    scale: tuple[int, int],
    judged: str,
    *,
    answer: str,
    finish: str,
) -> Verdict:
    """Return the verdict that an answer's scores make for the metrics wanted.

    `judged` is the text that quotes must be from, `answer` the whole answer and `finish` the server's word for why it
    ended ("length": cut off, "content_filter": refused).
    """
    absent = absence(answer, finish, is_empty=not found)
    scores: dict[str, Score] = {}
    failures: dict[str, Failure] = {}
    for metric in wanted:
        raw = found.get(metric)
        if raw is None:
            failures[metric] = absent
        elif raw.points is None:
            failures[metric] = "cut_off" if finish == "length" and metric == [*found][-1] else "no_number"
        elif not scale[0] <= raw.points <= scale[1] or raw.most not in (None, scale[1]):
            failures[metric] = "out_of_scale"
        else:
            scores[metric] = Score(metric, raw.points, raw.reason, raw.quote, quote_found(raw.quote, judged))
    return Verdict(scores, failures)


def joined(before: Verdict, again: Verdict, metrics: Sequence[str]) -> Verdict:
    """Return what is known after what failed was asked for again; a score that was sound stays as it is."""
    scores = {**again.scores, **before.scores}
    failures = {**before.failures, **again.failures}
    return Verdict(
        {metric: scores[metric] for metric in metrics if metric in scores},
        {metric: failures[metric] for metric in metrics if metric in failures and metric not in scores},
    )


def mean_points(verdict: Verdict) -> float | None:
    """Return the mean over the metrics; None for a verdict that is not whole, whose mean would be of other metrics."""
    if not verdict.scores or not verdict.is_whole:
        return None
    return sum(score.points for score in verdict.scores.values()) / len(verdict.scores)


def quote_found(quote: str, text: str) -> bool:
    """Return whether the words of a quote stand in a text one after another; spaces, signs, case and width are nothing.

    A quote with an ellipsis is found when its parts stand in the text in their order. One without a letter or digit is
    not found.
    """
    folded = _folded(text)
    parts = [part for piece in _ELLIPSIS.split(_plain(quote)) if len(part := _folded(piece)) > 1]
    at = 0
    for part in parts:
        start = folded.find(part, at)
        if start < 0:
            return False
        # The edge that ends a part may begin the next.
        at = start + len(part) - 1
    return bool(parts)


def absence(answer: str, finish: str, *, is_empty: bool) -> Failure:
    """Return why an answer lacks something; `is_empty` says that nothing of what was asked for is in it."""
    if finish == "length":
        return "cut_off"
    if finish == "content_filter":
        return "refused"
    if not is_empty:
        return "missing"
    return "refused" if _DECLINES.search(answer, 0, _DECLINING_CHARS) else "nonsense"


# The judged text is folded once for all its metrics.
@lru_cache(maxsize=32)
def _folded(text: str) -> str:
    return _EDGE.join(("", *units(_DASHES.sub(" ", _APOSTROPHES.sub("", _plain(text)))), ""))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
