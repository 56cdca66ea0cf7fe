"""Figures as a page writes them."""

from __future__ import annotations

from datetime import timedelta

from synthgen.measures.shown import short

LABEL_CHARS = 30


def count(number: float) -> str:
    return f"{number:,.0f}"


def span(seconds: float) -> str:
    """Return "0:02:05" or "1 day, 3:00:00"."""
    return str(timedelta(seconds=round(seconds)))


def label(text: str) -> str:
    """Return a name as a chart can show it beside a bar."""
    return short(text, LABEL_CHARS) or "(none)"


def title(slug: str) -> str:
    """Return a name of ours as people read it: "near duplicate" of "near_duplicate"."""
    return short(slug.replace("_", " "), 80)


def group_title(side: str, language: str) -> str:
    return f"{side}, {short(language, 12)}"
