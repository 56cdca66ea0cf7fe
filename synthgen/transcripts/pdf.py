"""The lines of a PDF file. Loaded in the process that `apart` starts.

`pypdfium2` and not `pypdf`: it is three times as fast, knows the fonts and character maps of Chinese files, repairs
more damaged ones and opens what is encrypted by AES without another package. It runs no scripts.
"""

from __future__ import annotations

from pathlib import Path

import pypdfium2
from pypdfium2.raw import FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY

from synthgen.errors import FileError
from synthgen.transcripts.layout import unwrapped
from synthgen.transcripts.limits import MOST_PAGES
from synthgen.transcripts.plain import Sheets


def sheets_of(path: Path) -> Sheets:
    """Return the lines of a document by its pages, each a paragraph. Raises FileError and what pypdfium2 does."""
    try:
        document = pypdfium2.PdfDocument(path, password="")
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) in (FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY):
            raise FileError("encrypted with a password", hint="save it without one.") from None
        raise
    if len(document) > MOST_PAGES:
        raise FileError(f"more than {MOST_PAGES:,} pages", hint="split it into a file for each conversation.")
    pages = []
    for page in document:
        text = page.get_textpage()
        pages.append(text.get_text_bounded().split("\n"))
        text.close()
        page.close()
    if not any(line.strip() for page in pages for line in page):
        raise FileError("no text in it: its pages are pictures", hint="have a program for OCR read them first.")
    return unwrapped(pages)
