"""The numbers around each metric's name in an answer, by which one that was read is known to be the metric's own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

# Full-width signs as plain ones, each as long as before. All of NFKC would make 82 of "8²".
NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_SCORE = re.compile(
    r"\b(?:score|rating|points|grade)[\"'”’]\s{0,9}[:：]|(?:得分|分数|评分|打分|分值)[\"'”’]\s{0,9}[:：]", re.I
)
_NUMBER = re.compile(r"[0-9]{1,15}")
_COLON = re.compile(r"\s{0,9}[:：]")
_QUOTES = set("\"'“”‘’「」")


class _Place(NamedTuple):
    start: int
    end: int
    metric: str


def numbers_near(text: str, metrics: Mapping[str, Iterable[str]]) -> dict[str, set[int]]:
    """Return by metric the numbers that stand around its names, each time from the last other name to the next one.

    Names count in quotes or before a colon. Where a quote is missing in JSON, a reader may take several metrics for one
    text, and the last one's number for the first one's: then another name stands between the metric's own and the
    number. Where two scores follow a name, the second may be that of a misspelt metric, and none of them counts.
    """
    names = {name.casefold(): metric for metric, others in metrics.items() for name in (*others, metric) if name}
    runs = [[*run] for _, run in groupby(_places(text, names), key=lambda place: place.metric)]
    found: dict[str, set[int]] = {}
    for at, run in enumerate(runs):
        start = runs[at - 1][-1].end if at else 0
        end = runs[at + 1][0].start if at + 1 < len(runs) else len(text)
        if len(_SCORE.findall(text[run[-1].start : end])) < 2:
            written = _NUMBER.findall(text[start:end].translate(NARROW))
            found.setdefault(run[0].metric, set()).update(map(int, written))
    return found


def _places(text: str, names: Mapping[str, str]) -> Iterable[_Place]:
    for match in _any_of(tuple(names)).finditer(text):
        start, end = match.span()
        metric = names.get(match[0].casefold())
        if metric and ({text[start - 1 : start], text[end : end + 1]} & _QUOTES or _COLON.match(text, end)):
            yield _Place(start, end, metric)


@lru_cache(maxsize=16)
def _any_of(names: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    return re.compile(rf"(?<!\w)(?:{longest_first})(?!\w)", re.IGNORECASE)
