"""What rows were made from that may not be anybody's to publish: transcripts of real talks, and case reports."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from synthgen.formats.note_places import opened

# Runs of this recipe hold what was said by real people, with names replaced as far as they were found.
PRIVATE_RECIPE = "summarize"
TRANSCRIPTS, REPORTS = "transcripts", "case reports"
# The word among a data set's keywords that says so, by which a folder is known once its rows say nothing any more.
MARKS = {TRANSCRIPTS: "from-transcripts", REPORTS: "from-case-reports"}


def private_source(row: Mapping[str, Any]) -> str:
    """Return what a row says that it was made from, of `TRANSCRIPTS` and `REPORTS`; "" for anything else.

    In tables `source` is the recipe alone.
    """
    said = row.get("source")
    source = opened(said, dict) or {"kind": said}
    if source.get("kind") == PRIVATE_RECIPE:
        return TRANSCRIPTS
    return REPORTS if source.get("mode") == "memo" else ""


def is_private_row(row: Mapping[str, Any]) -> bool:
    """Whether a row says that it was made from a transcript or a case report, wherever it has been copied to since."""
    return bool(private_source(row))
