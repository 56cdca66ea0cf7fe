"""How texts begin: a set whose replies all open alike teaches just that."""

from __future__ import annotations

from synthgen.text import units

# The first words that count, and the first characters of a script without spaces.
WORDS = 3
CHARACTERS = 4
_HEAD_CHARS = 200


def opening(text: str) -> str:
    """Return the first words of a text in lower case, "" for one that has none."""
    head = units(text[:_HEAD_CHARS].lower())
    if head and len(head[0]) == 1 and not head[0].isascii():
        return "".join(head[:CHARACTERS])
    return " ".join(head[:WORDS])
