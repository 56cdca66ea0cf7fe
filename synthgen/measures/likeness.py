"""How like one another texts are by the characters that they share: nearest neighbours and the Vendi score.

A text is the vector of how often each of its character n-grams occurs (the logarithm, of length 1), so that the cosine
of two is a product. That sees wording, not meaning. N-grams are not weighted by how rare they are among the texts: a
phrase that all of them have would then count for nothing, and it is what makes them alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Places = npt.NDArray[np.intp]

# An n-gram is a place among so many: a text has a few thousand, so that hardly two of it fall together.
_BITS = 18
# A word of a spaced script is about as telling as two characters of an unspaced one.
_SPACED, _UNSPACED = 5, 2
_FACTOR, _MIXER = np.uint64(1_000_003), np.uint64(0x9E3779B97F4A7C15)
# Neighbours are looked for by sketches: vectors folded, with signs that let what falls together cancel out (feature
# hashing; Weinberger et al., 2009). A cosine of two is off by 0.02, so the best few are compared again as they are.
_WIDTH = 2048
_SEEN_AGAIN = 8
_BLOCK = 1000


class Vector(NamedTuple):
    """The places of a text's n-grams, each once and in order, and their weights."""

    places: Places
    weights: Floats


class Space:
    """Texts as vectors."""

    def __init__(self, texts: Sequence[str], *, spaced: bool) -> None:
        """`spaced` says that the words of the texts are parted by spaces."""
        self._size = _SPACED if spaced else _UNSPACED
        self._texts = texts
        self._signs = np.random.default_rng(0).choice(np.array([-1, 1], np.float32), 1 << _BITS)
        self.vector = lru_cache(maxsize=_BLOCK)(self._vector)

    def sketches(self, start: int, end: int) -> Floats:
        """Return the sketches of some of the texts, one a row."""
        rows = np.zeros((end - start, _WIDTH), np.float32)
        for row, number in zip(rows, range(start, end), strict=True):
            places, weights = self._vector(number)
            signed = weights * self._signs[places]
            row[:] = np.bincount(places & (_WIDTH - 1), weights=signed, minlength=_WIDTH)
        return rows

    def cosine(self, one: int, other: int) -> float:
        (places, weights), (others, their_weights) = self.vector(one), self.vector(other)
        _, at, there = np.intersect1d(places, others, assume_unique=True, return_indices=True)
        return float(weights[at] @ their_weights[there])

    def _vector(self, number: int) -> Vector:
        points = np.frombuffer(self._texts[number].lower().encode("utf-32-le", "replace"), np.uint32).astype(np.uint64)
        hashes = np.zeros(max(0, len(points) - self._size + 1), np.uint64)
        for start in range(self._size):
            hashes = hashes * _FACTOR + points[start : start + len(hashes)]
        # The high bits are the well mixed ones.
        mixed = ((hashes * _MIXER) >> np.uint64(64 - _BITS)).astype(np.intp)
        places, counts = np.unique(mixed, return_counts=True)
        weights = np.log1p(counts, dtype=np.float32)
        return Vector(places, weights / max(np.float32(1e-9), np.linalg.norm(weights)))


def nearest(texts: Sequence[str], asked: int, *, spaced: bool) -> list[float]:
    """Return for each of the first `asked` texts the cosine (0 to 1) with the other one that is most like it."""
    space, asked = Space(texts, spaced=spaced), min(asked, len(texts))
    sketches = space.sketches(0, asked)
    likely: list[list[tuple[float, int]]] = [[] for _ in range(asked)]
    for start in range(0, len(texts), _BLOCK):
        end = min(start + _BLOCK, len(texts))
        cosines = sketches @ space.sketches(start, end).T
        own = np.arange(start, min(asked, end))
        cosines[own, own - start] = -2
        best = np.argsort(-cosines, axis=1)[:, :_SEEN_AGAIN]
        for number, places in enumerate(best):
            found = [(float(cosines[number, place]), start + int(place)) for place in places]
            likely[number] = sorted(likely[number] + found, reverse=True)[:_SEEN_AGAIN]
    return [
        round(min(1.0, max((space.cosine(number, other) for _, other in found if other != number), default=0.0)), 4)
        for number, found in enumerate(likely)
    ]


def vendi_score(texts: Sequence[str], *, spaced: bool) -> float:
    """Return how many texts without any likeness would be as varied as these, 1 to their number.

    The exponential of the entropy of the eigenvalues of K / n, with K the cosines of all pairs (the Vendi score;
    Friedman & Dieng, 2023).
    """
    space = Space(texts, spaced=spaced)
    vectors = [space.vector(number) for number in range(len(texts))]
    columns, column = np.unique(np.concatenate([vector.places for vector in vectors]), return_inverse=True)
    dense = np.zeros((len(texts), len(columns)), np.float32)
    row = np.repeat(np.arange(len(texts)), [len(vector.places) for vector in vectors])
    dense[row, column] = np.concatenate([vector.weights for vector in vectors])
    shares = np.linalg.eigvalsh((dense @ dense.T).astype(np.float64) / len(texts))
    shares = shares[shares > 1e-9]
    return float(np.exp(-np.sum(shares * np.log(shares))))
