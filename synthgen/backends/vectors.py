"""The vectors in a server's answer to `/embeddings`."""

from __future__ import annotations

import math
from array import array
from collections.abc import Mapping
from typing import Any

from synthgen.calls import Vector
from synthgen.errors import MalformedReplyError


def read_vectors(answer: Any, count: int, where: str) -> list[Vector]:
    """Return the vectors of `count` texts in their order, by the numbers that the server gives them.

    Raises MalformedReplyError unless there is one for each, all of one length.
    """
    items = answer.get("data") if isinstance(answer, Mapping) else None
    vectors: dict[int, Vector] = {}
    for place, item in enumerate(items if isinstance(items, list) else ()):
        if isinstance(item, Mapping):
            index = item.get("index")
            vectors[index if isinstance(index, int) else place] = _vector(item.get("embedding"), where)
    lengths = {len(vector) for vector in vectors.values()}
    if set(vectors) != set(range(count)) or len(lengths) > 1:
        raise MalformedReplyError(f"{where}: the answer does not hold a vector for each of {count} texts")
    return [vectors[index] for index in range(count)]


def _vector(numbers: Any, where: str) -> Vector:
    try:
        vector = array("f", numbers if isinstance(numbers, list) else ())
    except (TypeError, OverflowError):
        vector = array("f")
    if not vector or not math.isfinite(sum(vector)):
        raise MalformedReplyError(f"{where}: the answer holds a vector that is none", hint="is it an embedding model?")
    return vector
