"""Scores in what a judge answers: what is asked of a model for them, and what stands under each metric's name."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from synthgen.parsing.cleaning import clean_message
from synthgen.parsing.loose import Pairs, loose_values
from synthgen.parsing.nearness import NARROW, numbers_near
from synthgen.parsing.schema import object_schema
from synthgen.parsing.slots import MAX_CHARS
from synthgen.text import bare

_METRIC_KEYS = {"metric", "name", "dimension", "criterion", "aspect", "指标", "维度", "名称", "评价指标"}
_SCORE_KEYS = {"score", "rating", "points", "grade", "value", "得分", "分数", "评分", "打分", "分值"}
_REASON_KEYS = {"reason", "reasoning", "justification", "explanation", "rationale", "理由", "原因", "说明", "解释"}
_QUOTE_KEYS = {"quote", "quotation", "evidence", "span", "excerpt", "引文", "引用", "原文", "原话", "摘录"}
_FIELD_KEYS = _SCORE_KEYS | _REASON_KEYS | _QUOTE_KEYS

# A whole number, perhaps with the highest one behind it; no second number may follow that could be meant instead.
_POINTS = re.compile(
    r"[\s*_`\"'“]{0,5}(?:得分?\s?|打)?(?P<points>-?[0-9]{1,6})(?:\.0{1,6})?(?![0-9]|\.[0-9])"
    r"(?:\s{0,3}(?:/|out\s{1,3}of|of)\s{0,3}(?P<most>[0-9]{1,6})(?:\.0{1,6})?(?![0-9]|\.[0-9]))?"
    r"\s{0,3}(?:分|points?\b|pts?\b)?[\s*_`\"'”]{0,5}(?P<rest>\Z|(?:[-–—:(),;|。、]|\.(?![0-9]))(?!\s{0,5}[0-9]))",
    re.IGNORECASE,
)
# What a line may begin with: marks of lists, headings, tables and bold type, a number.
_LINE_MARKS = re.compile(r"[\s*_#>|•·+-]{0,12}(?:[0-9]{1,2}[.)、]\s{0,3})?[*_\s]{0,4}")
# What parts a name from what is said under it. A hyphen within a name has no spaces around it.
_PARTING = re.compile(r"[*_\s]{0,5}(?:[:：=|｜(（]|\s[-–—]\s|——)[*_]{0,3}")
_SCORE_WORD = re.compile(r"(?:score|rating|得分|评分|分数)\Z")
_OPEN = re.compile(r"[{\[]")
_DECODER = json.JSONDecoder(strict=False)
_MOST_NAME_CHARS = 120
_MOST_TEXT_CHARS = 2_000


@dataclass(frozen=True, slots=True)
class RawScore:
    """What stands under a metric's name, whether sound or not.

    `points` is None where no whole number stands, or several that differ. `most` is the number that it is said to be
    out of, as in "8/10".
    """

    points: int | None
    most: int | None = None
    reason: str = ""
    quote: str = ""


def scores_schema(metrics: Sequence[str], low: int, high: int, *, most_chars: int = 0) -> dict[str, Any]:
    """Return the JSON schema of an answer: for each metric a quote, a reason and then the score that follows from them.

    Scores are listed one by one, for strict servers refuse bounds on numbers. With `most_chars` texts are bounded, for
    models that would not end.
    """
    text: dict[str, Any] = {"type": "string", "maxLength": most_chars} if most_chars else {"type": "string"}
    points = {"type": "integer", "enum": list(range(low, high + 1))}
    each = object_schema({"quote": text, "reason": text, "score": points})
    return object_schema({metric: {"$ref": "#/$defs/score"} for metric in metrics}) | {"$defs": {"score": each}}


def parse_scores(text: str, metrics: Mapping[str, Iterable[str]], *, is_cut: bool = False) -> dict[str, RawScore]:
    """Return what an answer says of each metric that it names. Never raises.

    `metrics` has the other names that a metric may be called by. Read is JSON (whole, cut off, fenced, amid prose, with
    Python's words and quotes) with metrics as keys or in a list, and lines such as "Empathy: 8/10 - ...". A number is
    taken only from under its metric's name, and only a whole one: neither 7.5 nor "7-8" nor "seven" is made into a
    number, and a metric that has two different ones has none. Of an answer that `is_cut` the last line is left, if it
    is not JSON; what lies beyond `MAX_CHARS` characters always is.
    """
    text = text[:MAX_CHARS]
    names = {bare(name): metric for metric, others in metrics.items() for name in (*others, metric)}
    names.pop("", None)
    found: dict[str, list[RawScore]] = {}
    lines = text.splitlines()
    pairs = [pair for value in loose_values(text) for pair in _in_value(value, names)]
    if not _is_sound(text):
        near = numbers_near(text, metrics)
        pairs = [(name, raw) for name, raw in pairs if raw.points is None or abs(raw.points) in near.get(name, ())]
    for metric, score in (*pairs, *_in_lines(lines[:-1] if is_cut else lines, names)):
        found.setdefault(metric, []).append(score)
    return {metric: _agreed(found[metric]) for metric in metrics if metric in found}


def _agreed(found: Sequence[RawScore]) -> RawScore:
    """Return the only score of a metric, with texts from beside it, else from wherever they stand."""
    ordered = sorted(found, key=lambda each: each.points is None)
    points = {each.points for each in found} - {None}
    mosts = {each.most for each in found} - {None}
    is_clear = len(points) == 1 and len(mosts) < 2
    return RawScore(
        points.pop() if is_clear else None,
        mosts.pop() if is_clear and mosts else None,
        next((each.reason for each in ordered if each.reason), ""),
        next((each.quote for each in ordered if each.quote), ""),
    )


def _is_sound(text: str) -> bool:
    """Return whether the JSON in a text is whole, so that no number in it can be taken for another metric's."""
    start = _OPEN.search(text)
    try:
        _, end = _DECODER.raw_decode(text, start.start() if start else 0)
    except (ValueError, RecursionError):
        return False
    return not _OPEN.search(text, end)


def _in_value(value: Any, names: Mapping[str, str]) -> Iterator[tuple[str, RawScore]]:
    if isinstance(value, list):
        for item in value:
            yield from _in_value(item, names)
    elif isinstance(value, Pairs):
        keyed = [(bare(key), each) for key, each in value.pairs]
        named = [names.get(bare(each)) for key, each in keyed if key in _METRIC_KEYS and isinstance(each, str)]
        if len(named) == 1 and named[0]:
            yield named[0], _of_fields(keyed)
        for key, each in keyed:
            yield from _under_key(names.get(key), each, names)


def _under_key(metric: str | None, value: Any, names: Mapping[str, str]) -> Iterator[tuple[str, RawScore]]:
    if metric is None:
        yield from _in_value(value, names)
    elif isinstance(value, list):
        for item in value:
            yield from _under_key(metric, item, names)
    elif isinstance(value, Pairs):
        keyed = [(bare(key), each) for key, each in value.pairs]
        yield metric, _of_fields(keyed)
        for key, each in keyed:  # where a brace is missing, the next metrics stand within this one
            if key not in _FIELD_KEYS:
                yield from _under_key(names.get(key), each, names)
    else:
        yield metric, _score(value)


def _of_fields(keyed: Sequence[tuple[str, Any]]) -> RawScore:
    """Return the score of one object; what stands twice in it may be another metric's, and then no number counts."""
    written = [key for key, _ in keyed if key in _FIELD_KEYS]
    scores = [_score(value) for key, value in keyed if key in _SCORE_KEYS]
    points = {each.points for each in scores}
    is_clear = len(points) == 1 and len(set(written)) == len(written)
    reasons = [_text(value) for key, value in keyed if key in _REASON_KEYS] + [each.reason for each in scores]
    quotes = [_text(value) for key, value in keyed if key in _QUOTE_KEYS]
    return RawScore(
        points.pop() if is_clear else None,
        next((each.most for each in scores if each.most), None) if is_clear else None,
        next(filter(None, reasons), ""),
        next(filter(None, quotes), ""),
    )


def _in_lines(lines: Iterable[str], names: Mapping[str, str]) -> Iterator[tuple[str, RawScore]]:
    """Yield the scores of lines that begin with a metric's name, or that stand right under it as a heading.

    A line that is neither ends what belongs to a heading: it may be the next one, misspelt.
    """
    metric: str | None = None
    fields: list[tuple[str, Any]] = []
    for line in filter(str.strip, lines):
        key, rest = _parted(line)
        if key in _METRIC_KEYS and bare(rest[:_MOST_NAME_CHARS]) in names:
            key, rest = bare(rest[:_MOST_NAME_CHARS]), ""
        if metric and rest and key in _FIELD_KEYS:
            fields.append((key, rest))
            continue
        if metric and fields:
            yield metric, _of_fields(fields)
        metric, fields = names.get(key) or names.get(_SCORE_WORD.sub("", key)), []
        if metric and rest:
            yield metric, _score(rest)
    if metric and fields:
        yield metric, _of_fields(fields)


def _parted(line: str) -> tuple[str, str]:
    """Return the name that a line begins with, as it is compared, and what is said under it."""
    start = _LINE_MARKS.match(line)
    said = line[start.end() if start else 0 :]
    head = _PARTING.search(said, 0, _MOST_NAME_CHARS)
    return bare(said[: head.start()] if head else said[:_MOST_NAME_CHARS]), said[head.end() :].strip() if head else ""


def _score(value: Any) -> RawScore:
    """Return the number that a value begins with, and what is said after it."""
    if isinstance(value, bool) or value is None:
        return RawScore(None)
    if isinstance(value, int):
        return RawScore(value)
    if isinstance(value, float):
        return RawScore(int(value) if value.is_integer() else None)
    if not isinstance(value, str):
        return RawScore(None)
    found = _POINTS.match(value.translate(NARROW))
    if not found:
        return RawScore(None, None, _text(value))
    most = int(found["most"]) if found["most"] else None
    return RawScore(int(found["points"]), most, _text(value[found.end() :].lstrip(" -–—:：()（）,，;；|。、*_")))


def _text(value: Any) -> str:
    """Return a text fit to be stored, of several the first; "" for one without a letter, such as the form's dots."""
    if isinstance(value, list):
        value = next((each for each in value if isinstance(each, str)), "")
    text = clean_message(value[:_MOST_TEXT_CHARS], ()) if isinstance(value, str) else ""
    return text if any(map(str.isalnum, text)) else ""
