"""Paragraphs from the lines of a page's layout: without what stands in its margins, and with words made whole."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from synthgen.transcripts.heads import is_time
from synthgen.transcripts.labels import labels_of
from synthgen.transcripts.spoken import run_on

# PDFium puts this for a hyphen at the end of a line, and the next line behind it.
HYPHEN = "\x02"
_BROKEN = re.compile(rf"(\w+){HYPHEN}(\w+)")
_WORD = re.compile(r"\w+(?:-\w+)*")
_PAGE_NUMBER = re.compile(
    r"[-–—\s]*(?:page|p\.|seite|第)?\s*\d{1,4}\s*(?:页|頁)?(?:\s*(?:of|/|von|共)\s*\d{1,4}\s*(?:页|頁)?)?[-–—\s]*",
    re.IGNORECASE,
)
_LONGEST_NUMBER = 60
# A head or a foot stands on at least three pages and half of them, where what is said does not.
_FEWEST_PAGES = 3
# A line that ends a sentence and leaves this much of the width empty ends a paragraph.
_SHORT = 0.75
_ENDED = re.compile(r"[.!?…。！？][\"'”’»)\]』」]*$")


def unwrapped(pages: Sequence[Sequence[str]]) -> list[list[str]]:
    """Return the paragraphs of pages; one that ends on a later page stays whole on the page where it begins.

    Where the lines name speakers a paragraph is what one of them says, else it ends where a line is short.
    """
    pages = [[" ".join(line.split(" ")).strip("\r \t") for line in page] for page in _without_margins(pages)]
    lines = [line for page in pages for line in page]
    labels = labels_of(lines)
    width = sorted(map(len, lines))[len(lines) * 9 // 10] if lines else 0
    paragraphs: list[list[list[str]]] = [[] for _ in pages]
    ended, pieces = True, list[str]()
    for page, found in zip(pages, paragraphs, strict=True):
        for line in filter(None, page):
            head = labels.head(line)
            if ended or head or is_time(line):
                pieces = [line]
                found.append(pieces)
            elif pieces[-1].endswith("-") and line[0].islower():  # at the end of a page, say
                pieces[-1] = f"{pieces[-1][:-1]}{HYPHEN}{line}"
            else:
                pieces.append(line)
            alone = is_time(line) or (head is not None and not head.text)
            ended = alone or (not labels.keys and len(line) < _SHORT * width and bool(_ENDED.search(line)))
    return _mended([[run_on(pieces) for pieces in page] for page in paragraphs])


def _without_margins(pages: Sequence[Sequence[str]]) -> Iterator[Sequence[str]]:
    """Yield pages without their numbers, heads and feet."""
    filled = [[line for line in page if line.strip()] for page in pages]
    edges = Counter(edge for page in filled for edge in {_unnumbered(line) for line in (page[:1] + page[-1:])})
    often = {edge for edge, count in edges.items() if count >= max(_FEWEST_PAGES, len(pages) / 2)}
    for page in filled:
        lines = list(page)
        for at in (0, -1):
            while lines and (_is_number(lines[at]) or (len(lines) > 1 and _unnumbered(lines[at]) in often)):
                lines.pop(at)
        yield lines


def _is_number(line: str) -> bool:
    return len(line) < _LONGEST_NUMBER and _PAGE_NUMBER.fullmatch(line) is not None


def _unnumbered(line: str) -> str:
    return re.sub(r"\d+", "#", line.strip())


def _mended(pages: list[list[str]]) -> list[list[str]]:
    """Return pages with words whole that a hyphen parts at the end of a line.

    The hyphen may be the word's own, as in self-esteem: it goes only if the text has the word without it elsewhere.
    """
    if not any(HYPHEN in paragraph for page in pages for paragraph in page):
        return pages
    words = {word.casefold() for page in pages for paragraph in page for word in _WORD.findall(paragraph)}

    def whole(match: re.Match[str]) -> str:
        before, after = match.groups()
        return before + after if (before + after).casefold() in words else f"{before}-{after}"

    return [[_BROKEN.sub(whole, paragraph).replace(HYPHEN, "-") for paragraph in page] for page in pages]
