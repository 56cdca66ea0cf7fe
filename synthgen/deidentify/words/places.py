"""Countries, states and large cities in English: places whatever the words around them, as `places.txt` has them."""

from __future__ import annotations

from pathlib import Path

from synthgen.sections import read_lists

_LISTS = read_lists(Path(__file__).with_suffix(".txt"))

# One-word and longer names, in lower case.
ONE_WORD = frozenset(_LISTS["one word"])
LONGER = tuple(sorted(_LISTS["longer"]))
