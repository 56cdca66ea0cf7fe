"""A placeholder until the filter that is being written replaces this file."""

from __future__ import annotations


def says_farewell(text: str, language: str) -> bool:
    return "oodbye" in text or "再见" in text
