"""What rows were made from that may not be anybody's to publish: transcripts of real talks, and case reports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from synthgen.formats.note_places import opened

# Runs of this recipe hold what was said by real people, with names replaced as far as they were found.
PRIVATE_RECIPE = "summarize"
TRANSCRIPTS, REPORTS = "transcripts", "case reports"
# The word among a data set's keywords that says so, by which a folder is known once its rows say nothing any more.
MARKS = {TRANSCRIPTS: "from-transcripts", REPORTS: "from-case-reports"}


def private_source(row: Mapping[str, Any]) -> str:
    """Return what a row says that it was made from, of `TRANSCRIPTS` and `REPORTS`; "" for anything else.

    It says so wherever it has been copied to since. In tables `source` is the recipe alone.
    """
    said = row.get("source")
    source = opened(said, dict) or {"kind": said}
    if source.get("kind") == PRIVATE_RECIPE:
        return TRANSCRIPTS
    if source.get("mode") == "memo":
        return REPORTS
    return next((private for private in MARKS if source.get("private") == private), "")


def private_among(rows: Iterable[Mapping[str, Any]]) -> str:
    """Return what the first row says that says anything, as `private_source` does. The rows after it are not read."""
    return next(filter(None, map(private_source, rows)), "")


def private_in_notes(meta: Mapping[str, Any]) -> str:
    """Return what a run was made from, itself or by way of others, by the notes in its ledger; "" as above."""
    if meta.get("recipe") == PRIVATE_RECIPE:
        return TRANSCRIPTS
    settings = meta.get("settings")
    if isinstance(settings, Mapping) and settings.get("mode") == "memo":
        return REPORTS
    noted = meta.get("private")
    # Earlier versions noted that there was something, and not what.
    return noted if isinstance(noted, str) else TRANSCRIPTS if noted else ""
