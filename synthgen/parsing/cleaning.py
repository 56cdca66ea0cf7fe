"""A message without what models wrap around it, fit to be stored."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

_NEWLINE = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# Controls, invisible marks, lone surrogates and code points that are no characters.
_UNWANTED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\U000e0000-\U000e007f"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0x110000, 0x10000))
    + "]"
)
# The joiners are letters' and emojis' business in some scripts, and stray after anything else.
_STRAY_JOINER = re.compile("(?<![\u0600-\u0dff\u200d\u2190-\u2bff\ufe0f\U0001f000-\U0001faff])[\u200c\u200d]+")
_BLANK_LINES = re.compile(r"\n{3,}")
_FENCE_TAG = re.compile(r"[\w+-]{0,20}\s{0,5}")
_QUOTES = {'"': '"', "'": "'", "“": "”", "‘": "’", "「": "」", "『": "』", "«": "»", "《": "》"}


def clean_message(text: str, labels: Sequence[str]) -> str:
    """Return a message stripped of a code fence, one of the role labels and quotes around the whole.

    Newlines become plain ones and at most two stand in a row; what is invisible or cannot be stored as UTF-8
    goes. Names in `labels` ("Client", "来访者") count in any case, with either colon, in bold or not.
    """
    # All that the patterns look for is unprintable, and most texts hold nothing of it.
    if not text.replace("\n", "").isprintable():
        text = _STRAY_JOINER.sub("", _UNWANTED.sub("", _NEWLINE.sub("\n", text)))
    if "\n" in text:
        text = _BLANK_LINES.sub("\n\n", "\n".join(line.rstrip() for line in text.split("\n")))
    text = _unfenced(text.strip())
    text = _unquoted(text)
    if label := _label(tuple(labels)).match(text):
        text = text[label.end() :].strip()
    return _unquoted(text)


@lru_cache(maxsize=64)
def _label(labels: tuple[str, ...]) -> re.Pattern[str]:
    names = "|".join(re.escape(label) for label in sorted(labels, key=len, reverse=True) if label) or r"(?!)"
    return re.compile(rf"[*_#>]{{0,3}}\s?(?:{names})\s?[*_]{{0,3}}\s?[:：][*_]{{0,3}}\s*", re.IGNORECASE)


def _unfenced(text: str) -> str:
    """Return a text without the code fence around the whole of it."""
    inner = text[3:-3]
    if len(text) < 6 or not (text.startswith("```") and text.endswith("```")) or "```" in inner:
        return text
    tag, newline, rest = inner.partition("\n")
    return (rest if newline and _FENCE_TAG.fullmatch(tag) else inner).strip()


def _unquoted(text: str) -> str:
    """Return a text without the quotes around the whole of it: not those of `"Yes" and "no"`."""
    close = _QUOTES.get(text[:1])
    if close is None or len(text) < 2 or text[-1] != close:
        return text
    inner, depth = text[1:-1], 0
    for mark in re.finditer(f"[{text[0]}{close}]", inner):
        before, after = text[mark.start()], text[mark.end() + 1]
        if mark[0] in "'’" and before.isalnum() and after.isalnum():
            continue
        opens = (before.isspace() or mark.start() == 0) if text[0] == close else mark[0] == text[0]
        depth += 1 if opens else -1
        if depth < 0:
            return text
    return inner.strip() if depth == 0 else text
