"""Vectors made from the words of a text, so that texts with many words in common have vectors near each other."""

from __future__ import annotations

import math
from collections import Counter
from hashlib import blake2b

from synthgen.text import normalize, units

DIMENSIONS = 256
_SIGN = 1 << 31


def vector_of(text: str) -> list[float]:
    """Return a vector of length 1 for a text, made of its words, or of its characters where words are not spaced.

    Each word adds to one dimension, up or down, both by its hash: the cosine of two texts is about the share of
    words that they have in common, in whatever order.
    """
    vector = [0.0] * DIMENSIONS
    for word, count in Counter(units(normalize(text))).items():
        hashed = int.from_bytes(blake2b(word.encode(errors="replace"), digest_size=4).digest())
        vector[hashed % DIMENSIONS] += count if hashed & _SIGN else -count
    length = math.hypot(*vector) or 1.0
    return [number / length for number in vector]
