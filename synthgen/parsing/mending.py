"""Messages in JSON that is broken: stray or single quotes, raw newlines, bare keys, missing commas.

General mending guesses, and takes seconds over a hostile text. An object of one message and its number is so
plain that what stands between its first and its last quote is the message, or nothing is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

Entry = tuple[int | None, str]

_S = r"\s{0,50}"
_SLOT = rf"[\"'“]?(?:slot|number|id|index){_S}[\"'”]?{_S}:{_S}[\"'“]?[^\W\d]{{0,12}}[ #]{{0,2}}(\d{{1,6}})[\"'”]?"
_TEXT = rf"[\"'“]?(?:message|text|content|query){_S}[\"'”]?{_S}:{_S}"
_START = re.compile(
    rf"\{{{_S}[\"'“]?(?:slot|number|id|index|message|text|content|query){_S}[\"'”]?{_S}:", re.IGNORECASE
)
_END = re.compile(rf"(?P<entry>[\"'”\d]{_S}\}})(?P<list>{_S}\])?")
_SLOT_FIRST = re.compile(rf"\{{{_S}{_SLOT}{_S},?{_S}{_TEXT}", re.IGNORECASE)
_TEXT_FIRST = re.compile(rf"\{{{_S}{_TEXT}", re.IGNORECASE)
_SLOT_LAST = re.compile(rf",?{_S}{_SLOT}{_S},?{_S}\}}$", re.IGNORECASE)
_NEXT_KEY = re.compile(rf"[\"'”]{_S},{_S}[\"'“]\w{{1,30}}[\"'”]{_S}:")
_QUOTES = {'"': '"', "'": "'", "“": "”"}
_BARE_QUOTE = re.compile(r'\\(.)|"', re.DOTALL)


def mended_entry(leaf: str) -> Entry | None:
    """Return the message and number of a broken {...}; None unless it holds just those two."""
    if head := _SLOT_FIRST.match(leaf):
        number, body = head[1], leaf[head.end() : -1]
    elif (head := _TEXT_FIRST.match(leaf)) and (tail := _SLOT_LAST.search(leaf, max(head.end(), len(leaf) - 300))):
        number, body = tail[1], leaf[head.end() : tail.start()]
    else:
        return None
    body = body.strip().removesuffix(",").rstrip()
    close = _QUOTES.get(body[:1], "")
    if _NEXT_KEY.search(body) or (close and (len(body) < 2 or body[-1] != close)):
        return None
    message = unescaped(body[1:-1] if close else body)
    return (int(number), message) if message.strip() else None


def mended_entries(text: str) -> Iterator[Entry]:
    """Yield the entries of a broken text, found by how they begin: stray quotes may hide where they end."""
    starts = [match.start() for match in _START.finditer(text)]
    for start, end in zip(starts, [*starts[1:], len(text)], strict=False):
        ends = list(_END.finditer(text, start, end))
        last = next((each for each in ends if each["list"]), ends[-1] if ends else None)
        if last and (entry := mended_entry(text[start : last.end("entry")])):
            yield entry


def unescaped(body: str) -> str:
    """Return what a JSON string means in which quotes may stand bare."""
    sound = _BARE_QUOTE.sub(lambda mark: "'" if mark[1] == "'" else mark[0] if mark[1] else '\\"', body)
    try:
        return str(json.loads(f'"{sound}"', strict=False))
    except ValueError:
        return body
