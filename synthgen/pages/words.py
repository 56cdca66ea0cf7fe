"""Figures as a page writes them."""

from __future__ import annotations

from datetime import timedelta

from synthgen.measures.shown import short

LABEL_CHARS = 30


def count(number: float) -> str:
    return f"{number:,.0f}"


def share(part: float, whole: float = 1.0) -> str:
    """Return a share in percent, with a digit more where it is small; all and nothing only where it is true."""
    if not whole:
        return "–"
    percent = 100 * part / whole
    if part in (0, whole):
        return f"{percent:.0f} %"
    percent = min(max(percent, 0.1), 99.9)
    return f"{percent:.1f} %" if percent < 10 or percent > 99 else f"{percent:.0f} %"


def decimal(value: float | None, digits: int = 2) -> str:
    return "–" if value is None else f"{value:,.{digits}f}"


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
