"""Countries, states and large cities in English: places whatever the words around them, as `places.txt` has them."""

from __future__ import annotations

from pathlib import Path

from synthgen.sections import listed, read_sections

_LISTS = {name: listed(lines) for name, lines in read_sections(Path(__file__).with_suffix(".txt")).items()}

# One-word and longer names, in lower case.
ONE_WORD = frozenset(_LISTS["one word"])
LONGER = tuple(sorted(_LISTS["longer"]))
