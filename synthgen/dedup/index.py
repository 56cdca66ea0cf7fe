"""Who is like whom: the index that every text of a run has to pass before money is spent on it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from heapq import nsmallest

from rapidfuzz import fuzz
from rensa import RMinHash, RMinHashLSH

from synthgen.dedup.shingles import forms
from synthgen.text import normalize

# Two texts share a band of two slots with the square of the share of shingles that they have in common, so 48 bands
# find more than 99.5 % of the pairs at ratio 0.80 and above (`benchmarks/duplicates.py`), and of unrelated texts of
# one topic about 1 in 100; their sketches then part those at 0.2 µs each, before any text is fetched.
SLOTS = 96
BANDS = 48
_SEED = 20240229
# Candidates whose text is fetched, the likeliest first. Texts made from one template are all candidates.
_MAX_FETCHED = 64


@dataclass(frozen=True, slots=True)
class Twin:
    """The text that is most like another: its key, and the `rapidfuzz` ratio of the two, 0 to 1."""

    key: int
    similarity: float


class DuplicateIndex:
    """The texts that hold a place, no two of them at or above a similarity.

    `similarity` is a `rapidfuzz` ratio, 0 to 1, of normalized texts; the index is tuned for 0.80 and more, and
    at 0.70 overlooks about one twin in fifty. `fetch` returns the text of a key that holds a place: the index keeps
    sketches of about 5 kB and no text. The same claims in the same order give the same answers everywhere.
    """

    def __init__(self, similarity: float, fetch: Callable[[int], str]) -> None:
        self._cutoff = similarity * 100 - 1e-9  # 0.55 * 100 is more than 55
        self._fetch = fetch
        self._bands = RMinHashLSH(threshold=similarity, num_perm=SLOTS, num_bands=BANDS)
        self._sketches: dict[int, RMinHash] = {}

    def __len__(self) -> int:
        return len(self._sketches)

    def claim(self, key: int, text: str) -> Twin | None:
        """Give the text a place and return None, or return its most similar twin and store nothing.

        A key that holds a place already gives that back first.
        """
        self.release(key)
        text = normalize(text)
        sketches = [(_sketch(form.shingles), form.least) for form in forms(text)]
        twin = self._twin(text, sketches)
        if twin is None:
            self._sketches[key], _ = sketches[0]
            self._bands.insert(key, self._sketches[key])
        return twin

    def release(self, key: int) -> None:
        """Give back the place of a key; a key that holds none is fine."""
        if self._sketches.pop(key, None) is not None:
            self._bands.remove(key)

    def _twin(self, text: str, sketches: Iterable[tuple[RMinHash, float]]) -> Twin | None:
        found: Twin | None = None
        cutoff = self._cutoff
        for key in self._candidates(sketches):
            ratio = fuzz.ratio(text, normalize(self._fetch(key)), score_cutoff=cutoff)
            if ratio >= cutoff and (found is None or ratio > cutoff):
                found, cutoff = Twin(key, ratio / 100), ratio
        return found

    def _candidates(self, sketches: Iterable[tuple[RMinHash, float]]) -> list[int]:
        """Return the keys whose texts may be twins, the likeliest first."""
        likely: dict[int, float] = {}
        for sketch, least in sketches:
            keys = self._bands.query(sketch)
            shares = map(sketch.jaccard, map(self._sketches.__getitem__, keys))
            for key, share in zip(keys, shares, strict=True):
                if share >= least:
                    likely[key] = max(share, likely.get(key, 0.0))
        return nsmallest(_MAX_FETCHED, likely, key=lambda key: (-likely[key], key))


def _sketch(shingles: list[str]) -> RMinHash:
    sketch = RMinHash(num_perm=SLOTS, seed=_SEED)
    sketch.update(shingles)
    return sketch
