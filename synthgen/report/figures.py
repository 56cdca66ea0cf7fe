"""Figures as people read them."""

from __future__ import annotations


def duration(seconds: float) -> str:
    """Return "42 s", "3 min 05 s", "2 h 07 min" or "3 d 04 h"."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60:02d} s"
    if whole < 86_400:
        return f"{whole // 3600} h {whole % 3600 // 60:02d} min"
    return f"{whole // 86_400} d {whole % 86_400 // 3600:02d} h"


def rate(per_second: float) -> str:
    """Return a rate with the digits that matter: "0.42", "7.3" or "1,204"."""
    digits = 0 if per_second >= 20 or not per_second else 1 if per_second >= 1 else 2
    return f"{per_second:,.{digits}f}"


def share(part: float, whole: float = 1.0) -> str:
    """Return a share in percent; all and nothing are said only when they are true."""
    if not whole:
        return "–"
    if part in (0, whole):
        return "100 %" if part else "0 %"
    percent = min(max(part / whole * 100, 0.1), 99.9)
    return f"{percent:.1f} %" if percent < 10 or percent > 99 else f"{percent:.0f} %"


def money(cost: float) -> str:
    """Return a cost in the currency of the prices: cents when it is much, more digits when it is little."""
    return f"{cost:,.2f}" if cost >= 100 else f"{cost:.4f}"


def decimal(value: float | None, digits: int = 2) -> str:
    return "–" if value is None else f"{value:,.{digits}f}"
