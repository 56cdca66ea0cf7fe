"""Messages in text that numbers them: "1. ...", "[2] ...", "Message 3: ...", "**4)** ...", "消息5：..."."""

from __future__ import annotations

import re
from collections.abc import Iterator

_HEADER = re.compile(
    r"^(?:#{1,6}[ \t]{1,4})?[ \t>*_•-]{0,12}"
    r"(?P<word>(?:[^\W\d_]{1,20}[ \t]){0,2}(?:message|slot|item|query|number|no\.)|消息|信息|编号|第)?[ \t]{0,3}"
    r"(?P<open>[#\[(【（]?)[ \t]?(?P<number>\d{1,6})(?!\d)[ \t]?"
    r"(?P<close>[条个]?[*_]{0,3}[\])】）]?[*_]{0,3}[ \t]?[.:：、)–—-]?)(?!\d)[*_]{0,3}",
    re.IGNORECASE | re.MULTILINE,
)


def numbered_entries(text: str) -> Iterator[tuple[int, str]]:
    """Yield each number with the paragraphs that follow it.

    Only headers of the first one's style count: a list inside a message is mostly of another. What stands
    before the first header is dropped.
    """
    headers = [(match, style) for match in _HEADER.finditer(text) if (style := _style(match))]
    headers = [(match, style) for match, style in headers if style == headers[0][1]]
    ends = [match.start() for match, _ in headers[1:]] + [len(text)]
    for (match, _), end in zip(headers, ends, strict=False):
        if message := text[match.end() : end].strip().removesuffix("---").strip():
            yield int(match["number"]), message


def _style(header: re.Match[str]) -> str:
    """Return how a header is written; "" for a line that only begins with a number."""
    close = header["close"].strip("*_ \t条个–—-")
    if header["word"]:
        return header["word"].casefold()
    if header["open"]:
        return header["open"] if header["open"] == "#" or close[:1] in {"]", ")", "】", "）"} else ""
    return close[-1:]
