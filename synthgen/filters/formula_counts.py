"""How often formulas occur, in memory that does not grow with how many there are."""

from __future__ import annotations

from array import array
from hashlib import blake2b

# Most openings occur once, and a run may have millions. With this many places a count is too high by a hundred-
# thousandth of all formulas, where a ceiling is a thousandth at least.
_PLACES = 1 << 17
_ROWS = 2


class FormulaCounts:
    """Counts by hash (count-min sketch: Cormode and Muthukrishnan, 2005): never too low, and hardly ever too high."""

    def __init__(self) -> None:
        self._rows = [array("I", bytes(4 * _PLACES)) for _ in range(_ROWS)]

    def __getitem__(self, formula: str) -> int:
        return min(row[place] for row, place in zip(self._rows, _places(formula), strict=True))

    def add(self, formula: str, times: int = 1) -> None:
        """Count a formula; with -1 once less, which it has to have been counted."""
        for row, place in zip(self._rows, _places(formula), strict=True):
            row[place] += times


def _places(formula: str) -> tuple[int, int]:
    digest = blake2b(formula.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest[:4], "big") % _PLACES, int.from_bytes(digest[4:], "big") % _PLACES
