"""The lines of a DOCX file, its tables among its paragraphs. Loaded in the process that `apart` starts.

The tree of the document is walked here: the library's own walk passes over what is inserted by tracked changes and
what stands in content controls.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
from docx.oxml.ns import qn

from synthgen.errors import FileError
from synthgen.transcripts.limits import MB, MOST_UNPACKED
from synthgen.transcripts.plain import Line, Sheets
from synthgen.transcripts.tables import said_in

_PARAGRAPH, _TABLE, _ROW, _CELL = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
_BREAK, _RENDERED_BREAK, _BREAK_BEFORE = qn("w:br"), qn("w:lastRenderedPageBreak"), qn("w:pageBreakBefore")
_CHARACTERS = {qn("w:tab"): "\t", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-", qn("w:ptab"): "\t"}
# What was deleted, and what stands once more for programs that do not know text boxes.
_UNSEEN = {qn("w:del"), qn("w:moveFrom"), "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
# Properties of a paragraph hold tab stops, which are no tabs.
_PROPERTIES = {qn("w:pPr"), qn("w:rPr"), qn("w:tblPr"), qn("w:sectPr")}


def sheets_of(path: Path) -> Sheets:
    """Return the lines of a document by its pages, as far as Word noted them. Raises FileError and what docx raises."""
    with zipfile.ZipFile(path) as package:
        # zipfile gives no more of a part than is declared, so this is the real size as well.
        if sum(entry.file_size for entry in package.infolist()) > MOST_UNPACKED:
            raise FileError(f"unpacks to more than {MOST_UNPACKED // MB} MB", hint="save it without its pictures.")
    document = docx.Document(str(path))
    if document.element.getroottree().docinfo.internalDTD is not None:
        raise FileError("it holds a DTD, which no program writes into a document", hint="save it anew in Word.")
    sheets: list[list[Line]] = [[]]
    for lines in _blocks(document.element.body):
        for line in lines:
            _add(sheets, line)
    return sheets


def _add(sheets: list[list[Line]], line: Line) -> None:
    """Add a line to the last sheet; a page that ends within it begins the next one."""
    text = line if isinstance(line, str) else ""
    if text.startswith("\f") and any(sheets[-1]):
        sheets.append([])
    sheets[-1] += text.replace("\f", "").split("\n") if isinstance(line, str) else [line]
    if "\f" in text.lstrip("\f") and any(sheets[-1]):
        sheets.append([])


def _blocks(parent: Any) -> Iterator[list[Line]]:
    for child in parent:
        if child.tag == _PARAGRAPH:
            yield [_text(child)]
        elif child.tag == _TABLE:
            rows = [[" ".join(_cell(cell)) for cell in _nearest(row, _CELL)] for row in _nearest(child, _ROW)]
            yield list(said_in(rows))
        elif child.tag not in _UNSEEN:
            yield from _blocks(child)


def _cell(cell: Any) -> Iterator[str]:
    for paragraph in _nearest(cell, _PARAGRAPH):
        yield " ".join(_text(paragraph).split())


def _nearest(parent: Any, tag: str) -> Iterator[Any]:
    """Yield the elements of a kind below another, but not those that stand in one of them."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag not in _UNSEEN:
            yield from _nearest(child, tag)


def _text(paragraph: Any) -> str:
    """Return a paragraph's text with form feeds where pages end."""
    return "".join(_pieces(paragraph))


def _pieces(parent: Any) -> Iterator[str]:
    for child in parent:
        tag = child.tag
        if tag == qn("w:t"):
            yield child.text or ""
        elif tag in _CHARACTERS:
            yield _CHARACTERS[tag]
        elif tag == _BREAK:
            yield "\f" if child.get(qn("w:type")) == "page" else "\n"
        elif tag == _RENDERED_BREAK or (tag == qn("w:pPr") and child.find(_BREAK_BEFORE) is not None):
            yield "\f"
        elif tag not in _UNSEEN and tag not in _PROPERTIES:
            yield from _pieces(child)
