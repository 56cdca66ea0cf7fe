"""Markdown in a text that is to be plain."""

from __future__ import annotations

import re

_INLINE = re.compile(
    r"\*\*(?=\S)[^*\n]{1,200}\*\*|(?<!\w)__(?=\S)[^_\n]{1,200}__(?!\w)"  # bold
    r"|\[[^\[\]\n]{1,200}\]\([^()\s]{1,300}\)"  # a link
    r"|```|(?<!`)`[^`\n]{1,200}`(?!`)"  # code
)
_HEADING = re.compile(r" {0,3}#{1,6} +\S|.{0,120}\n {0,3}(?:={3,}|-{3,}) *(?:\n|$)")
_TABLE_ROW = re.compile(r" *\|[^|]+\|")
_ITEM = re.compile(r" *(?:[-*+•] +|\d{1,2}[.)、] *)\S")


def markdown_in(text: str) -> str:
    """Return the first piece of markdown of a text, or "": bold, links, code, headings, tables, lists of two or more.

    A single line that begins with a dash is speech or a signature.
    """
    if inline := _INLINE.search(text):
        return inline[0]
    lines = text.split("\n")
    for at, line in enumerate(lines):
        if _HEADING.match("\n".join(lines[at : at + 2])) or _TABLE_ROW.match(line):
            return line
    items = [line for line in lines if _ITEM.match(line)]
    return items[0] if len(items) > 1 else ""
