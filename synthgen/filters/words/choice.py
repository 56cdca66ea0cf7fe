"""Patterns from lists that can be read."""

from __future__ import annotations


def choice(listed: str, *, after: str = "") -> str:
    """Return the pattern of one of the patterns listed, parted by slashes, each with what comes `after` it."""
    return f"(?:(?:{'|'.join(pattern.strip() for pattern in listed.split('/'))}){after})"
