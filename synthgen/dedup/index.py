"""Who is like whom: the index that every text of a run has to pass before money is spent on it."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from itertools import repeat

from rapidfuzz import fuzz
from rensa import RMinHash

from synthgen.dedup.bands import ROWS, Sketch, sketch_of
from synthgen.dedup.key_places import Places
from synthgen.dedup.layers import Layers
from synthgen.dedup.shingles import forms
from synthgen.text import normalize

# Two texts share a band of two slots with the square of the share of shingles that they have in common, so 40 bands
# find more than 99 % of the pairs at ratio 0.80 and above (`benchmarks/duplicates.py`), and of unrelated texts of
# one topic about 1 in 100; their sketches then part those at 0.5 µs each, before any text is fetched.
BANDS = 40
_SEED = 20240229
# Candidates whose text is fetched, the likeliest first. Texts made from one template are all candidates.
_MAX_FETCHED = 64


# The sketches of a text, the one it is held by first, each with the least share that twins by it have in common.
Sketches = Sequence[tuple[Sketch, float]]


@dataclass(frozen=True, slots=True)
class Twin:
    """The text that is most like another: its key, and the `rapidfuzz` ratio of the two, 0 to 1."""

    key: int
    similarity: float


class DuplicateIndex:
    """The texts that hold a place, no two of them at or above a similarity.

    `similarity` is a `rapidfuzz` ratio, 0 to 1, of normalized texts; the index is tuned for 0.80 and more, and
    at 0.70 overlooks about one twin in fifty. `fetch` returns the text of a key that holds a place: the index keeps
    sketches of about a kilobyte and no text. Those beyond `in_memory` are kept in a file, where a claim takes twice as
    long. The same claims in the same order give the same answers everywhere.
    """

    def __init__(self, similarity: float, fetch: Callable[[int], str], *, in_memory: int = sys.maxsize) -> None:
        self._cutoff = similarity * 100 - 1e-9  # 0.55 * 100 is more than 55
        self._fetch = fetch
        self._bands = Layers(BANDS, in_memory)
        self._places = Places()
        self._keys = array("q")  # by place

    def __len__(self) -> int:
        return len(self._places)

    def claim(self, key: int, text: str, sketches: Sketches = ()) -> Twin | None:
        """Give the text a place and return None, or return its most similar twin and store nothing.

        A key that holds a place already gives that back first. `sketches` are the text's where they are known already.
        """
        self.release(key)
        sketches = sketches or sketches_of(text)
        twin = self._twin(text, sketches)
        if twin is None:
            self._hold(key, sketches[0][0])
        return twin

    def find(self, text: str) -> Twin | None:
        """Return the most similar twin of a text, and store nothing."""
        return self._twin(text, sketches_of(text))

    def hold(self, key: int, text: str) -> None:
        """Give the text a place, whatever it is like."""
        self.release(key)
        self._hold(key, sketches_of(text)[0][0])

    def release(self, key: int) -> None:
        """Give back the place of a key; a key that holds none is fine."""
        if place := self._places.pop(key):
            self._bands.remove(place)

    def _hold(self, key: int, sketch: Sketch) -> None:
        place = self._bands.add(sketch)
        self._places.put(key, place)
        if place >= len(self._keys):
            self._keys.extend(repeat(0, place + 1 - len(self._keys)))
        self._keys[place] = key

    def _twin(self, text: str, sketches: Iterable[tuple[Sketch, float]]) -> Twin | None:
        candidates = self._candidates(sketches)
        if not candidates:  # as of most texts
            return None
        found: Twin | None = None
        text, cutoff = normalize(text), self._cutoff
        for key in candidates:
            ratio = fuzz.ratio(text, normalize(self._fetch(key)), score_cutoff=cutoff)
            if ratio >= cutoff and (found is None or ratio > cutoff):
                found, cutoff = Twin(key, ratio / 100), ratio
        return found

    def _candidates(self, sketches: Iterable[tuple[Sketch, float]]) -> list[int]:
        """Return the keys whose texts may be twins, the likeliest first."""
        likely: dict[int, float] = {}
        for sketch, least in sketches:
            for place, share in self._bands.alike(sketch):
                if share >= least:
                    key = self._keys[place]
                    likely[key] = max(share, likely.get(key, 0.0))
        return nsmallest(_MAX_FETCHED, likely, key=lambda key: (-likely[key], key))


def sketches_of(text: str) -> Sketches:
    """Return what a text is looked up by. It depends on the text alone, so any process may make it."""
    return [(sketch_of(digest_of(form.shingles)), form.least) for form in forms(normalize(text))]


def digest_of(shingles: list[str]) -> list[int]:
    """Return the minima of shingles, `ROWS` for each of the bands: 32 bits each, the same everywhere."""
    minima = RMinHash(num_perm=BANDS * ROWS, seed=_SEED)
    minima.update(shingles)
    found: list[int] = minima.digest()
    return found
