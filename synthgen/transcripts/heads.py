"""The beginnings of lines that may say who speaks, one way of writing them beside the other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

_TIME = r"\d{1,3}:\d{1,2}(?::\d{1,2})?(?:[.,:]\d{1,3})?(?:\s?[AaPp]\.?[Mm]\.?)?"
_SPAN = rf"{_TIME}(?:\s*(?:-->|-|–|—|~|to)\s*{_TIME})?"
_CLOCK = rf"(?:[\[(（【]\s*{_SPAN}\s*[\])）】]|{_SPAN})"
_ITEM = r"^\s*(?:[-*•>]{1,2}\s+)?"
_BEFORE = rf"(?:(?P<before>{_CLOCK})[\s\-–—|,]*)?"
_AFTER = rf"(?:\s*[-–—|,]?\s*(?P<after>{_CLOCK}))?"

# The ways in which programs and people write who speaks. A label alone in a line is followed by what is said.
FORMS: Mapping[str, re.Pattern[str]] = {
    # Coach: text, COACH (00:01:02): text, [00:01:02] Coach: text, 咨询师（00:12）：text
    "colon": re.compile(rf"{_ITEM}{_BEFORE}(?P<label>[^:：\[\]【】]{{1,60}}?){_AFTER}\s*(?:：|:(?![/\\\d]))"),
    # [Coach] text, [Coach]: text, 【咨询师】 text, [Jane Doe] 14:03:12
    "bracket": re.compile(rf"{_ITEM}{_BEFORE}[\[【](?P<label>[^\[\]【】]{{1,60}})[\]】]{_AFTER}\s*[:：]?"),
    # Speaker 1  0:15, 张三(00:00:03), Speaker 1 [00:02] text
    "stamped": re.compile(
        rf"{_ITEM}(?P<label>[^:：\[\]【】]{{1,60}}?)(?:\s[\s\-–—|,]*(?P<before>{_CLOCK})\s*$"
        rf"|\s*(?P<after>[\[(（【]\s*{_SPAN}\s*[\])）】])(?=\s|$))"
    ),
    # 00:00:03 Speaker 1, [00:00:03] - Jane Doe
    "timed": re.compile(rf"{_ITEM}(?P<before>{_CLOCK})[\s\-–—|,]+(?P<label>[^:：\[\]【】]{{1,60}})$"),
    # Coach - text
    "dash": re.compile(rf"{_ITEM}(?P<label>[^:：\[\]【】\-–—]{{1,40}}?)\s+[-–—]+\s+(?=\S)"),
    # ### Coach, **Coach**
    "title": re.compile(
        r"^\s*(?:#{1,6}\s+|(?P<mark>\*{2,3}|__)(?=\S))(?P<label>[^:：*_#]{1,60}?)(?(mark)(?P=mark))\s*$"
    ),
}
_LONGEST_HEAD = 200
# Marks of emphasis round a label, or round it and its colon.
_EMPHASIS = re.compile(rf"^({_ITEM[1:]}(?:{_CLOCK}\s*)?)([*_]{{1,3}})(?=\S)(.{{1,80}}?)\2")
STAMP = re.compile(rf"^\s*[\[(（【]\s*{_SPAN}\s*[\])）】]\s*")
_GAP = re.compile(r"\s+")
_ONLY_TIME = re.compile(rf"^\s*{_CLOCK}\s*$")


@dataclass(frozen=True, slots=True)
class Head:
    """What the beginning of a line says if it is read in one form; `timed` where it also says when."""

    form: str
    label: str
    text: str
    timed: bool

    @property
    def key(self) -> str:
        """The label as it is compared with others."""
        return key_of(self.label)


def key_of(label: str) -> str:
    return " ".join(label.split()).casefold()


def heads(line: str) -> Iterator[Head]:
    """Yield the ways to read the beginning of a line."""
    plain = _GAP.sub(" ", line[:_LONGEST_HEAD])  # many spaces in a row could be matched in too many ways
    bare = _EMPHASIS.sub(r"\1\3", plain, count=1)
    for form, pattern in FORMS.items():
        begin = plain if form == "title" else bare
        if (match := pattern.match(begin)) and (label := match["label"].strip(" \t*_\u3000")):
            times = match.groupdict()
            timed = bool(times.get("before") or times.get("after"))
            yield Head(form, label, (begin[match.end() :] + line[_LONGEST_HEAD:]).strip(), timed)


def is_time(line: str) -> bool:
    """Return whether a line holds a time, or a span of it, and nothing else."""
    return len(line) < _LONGEST_HEAD and _ONLY_TIME.match(line) is not None
