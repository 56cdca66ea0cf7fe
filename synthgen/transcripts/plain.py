"""Utterances of text that is written line by line, with or without saying who speaks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from synthgen.errors import FileError
from synthgen.transcripts.heads import STAMP, is_time
from synthgen.transcripts.labels import Labels, labels_of
from synthgen.transcripts.limits import MB, MOST_LINE, MOST_LINES
from synthgen.transcripts.spoken import heard, said
from synthgen.transcripts.transcript import Utterance

# A line; or who speaks and what is said, where the file's own layout tells it, as a table does.
Line = str | tuple[str, str]
Sheets = Sequence[Sequence[Line]]

# What programs write below a transcript of theirs.
_SIGNED = re.compile(r"\s*transcribed by (?:https?://)?\S+\s*", re.IGNORECASE)


def text_sheets(text: str) -> Sheets:
    """Return a text as lines by sheets, which form feeds part. Raises FileError when it is too long to be talk."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.count("\n") + text.count("\f") > MOST_LINES:
        raise FileError(f"more than {MOST_LINES:,} lines", hint="split it into a file for each conversation.")
    sheets = [sheet.split("\n") for sheet in text.split("\f")]
    if any(len(line) > MOST_LINE for sheet in sheets for line in sheet):
        raise FileError(
            f"a line of more than {MOST_LINE // MB} million characters",
            hint="a transcript has line ends; check that the name tells what the file is.",
        )
    return sheets


def utterances_of(sheets: Sheets) -> tuple[Utterance, ...]:
    """Return what is said in the lines of sheets, numbered from 1.

    A line without a label goes on from the line before. Without any label at all a paragraph is an utterance of
    nobody; so is what stands before the first label.
    """
    lines = [(line, number) for number, sheet in enumerate(sheets, 1) for line in _timed(sheet)]
    labels = labels_of(line for line, _ in lines if isinstance(line, str))
    if not labels.keys and all(isinstance(line, str) for line, _ in lines):
        return heard(_paragraphs([(str(line), number) for line, number in lines]))
    return heard(_turns(lines, labels))


def _timed(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield lines with a time that stands alone put before the next line, as others write it."""
    time = ""
    for line in lines:
        if isinstance(line, tuple) or not line.strip():
            yield line
        elif is_time(line):
            time = f"[{line.strip(' []()（）【】')}] "
        elif not _SIGNED.fullmatch(line):
            yield time + line
            time = ""


def _turns(lines: Iterable[tuple[Line, int]], labels: Labels) -> Iterator[Utterance]:
    speaker, sheet, parts = "", 1, list[str]()
    for line, number in lines:
        turn = line if isinstance(line, tuple) else None
        if isinstance(line, str) and (head := labels.head(line)):
            turn = head.label, head.text
        if turn is not None:
            yield said(speaker, "\n".join(parts), sheet)
            (speaker, text), sheet, parts = turn, number, []
            parts.append(text)
        elif isinstance(line, str) and (line.strip() or parts):
            sheet = sheet if parts else number
            parts.append(STAMP.sub("", line).rstrip())
    yield said(speaker, "\n".join(parts), sheet)


def _paragraphs(lines: Sequence[tuple[str, int]]) -> Iterator[Utterance]:
    """Yield paragraphs, which blank lines part; in a text without blank lines each line is one."""
    filled = [bool(line.strip()) for line, _ in lines]
    first, last = (filled.index(True), len(filled) - filled[::-1].index(True)) if any(filled) else (0, 0)
    spaced = not all(filled[first:last])
    sheet, parts = 1, list[str]()
    for line, number in lines[first:last]:
        if parts and (not spaced or not line.strip() or number != sheet):
            yield said("", "\n".join(parts), sheet)
            parts = []
        if line.strip():
            sheet = sheet if parts else number
            parts.append(STAMP.sub("", line).rstrip())
    yield said("", "\n".join(parts), sheet)
