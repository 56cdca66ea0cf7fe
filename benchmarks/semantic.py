"""How many twins by meaning the index of vectors finds of those that brute force finds, how fast, in what memory.

Run by `python benchmarks/semantic.py` (about a minute; wants the extra `semantic`). The vectors are made up: normal
noise round 33 centres, as messages of 33 topics are, and for every five of them one at a cosine of 0.85 to 1 to one.
"""

from __future__ import annotations

import gc
import time
from array import array
from typing import Any

import numpy
import psutil
from harness import store
from numpy.typing import NDArray

from synthgen.dedup.semantic import SemanticIndex

SIZES = ((5_000, 768), (50_000, 256))
SIMILARITY = 0.90
WINDOW = 2_000

Vectors = NDArray[numpy.float32]


def unit(vectors: NDArray[numpy.float64]) -> Vectors:
    return (vectors / numpy.linalg.norm(vectors, axis=1, keepdims=True)).astype(numpy.float32)


def made_up(count: int, dimensions: int) -> tuple[Vectors, Vectors]:
    """Return `count` unit vectors, a row each, and a fifth as many that are near to some of them."""
    draw = numpy.random.default_rng(0)
    centres = draw.normal(size=(33, dimensions))
    held = unit(centres[draw.integers(0, 33, count)] * 0.9 + draw.normal(size=(count, dimensions)))
    others = held[draw.integers(0, count, count // 5)]
    aside = draw.normal(size=others.shape)
    aside = unit(aside - (aside * others).sum(axis=1, keepdims=True) * others)
    cosines = draw.uniform(0.85, 0.999, size=(len(others), 1))
    return held, unit(cosines * others + numpy.sqrt(1 - cosines**2) * aside)


def nearest(vectors: Vectors, others: Vectors) -> Vectors:
    """Return the highest cosine of each vector to the others, by brute force."""
    windows = [vectors[start : start + WINDOW] @ others.T for start in range(0, len(vectors), WINDOW)]
    return numpy.concatenate([cosines.max(axis=1) for cosines in windows])


def measured(count: int, dimensions: int) -> dict[str, Any]:
    """Return how an index of vectors that are no twins finds the twins of them, how fast, and what it takes."""
    held, near = made_up(count, dimensions)
    cosines = nearest(near, held)
    gc.collect()
    before, started = psutil.Process().memory_info().rss, time.perf_counter()
    index = SemanticIndex(SIMILARITY)
    for key, row in enumerate(held):
        index.claim(key, array("f", row.tobytes()))
    adding = time.perf_counter() - started
    memory = psutil.Process().memory_info().rss - before
    started = time.perf_counter()
    found = [index.claim(count + key, array("f", row.tobytes())) for key, row in enumerate(near)]
    finding = time.perf_counter() - started
    twins = [twin is not None for twin, cosine in zip(found, cosines, strict=True) if cosine >= SIMILARITY]
    return {
        "vectors": len(index),
        "dimensions": dimensions,
        "twins": len(twins),
        "recall": round(sum(twins) / len(twins), 4),
        "claims_per_s": round(len(held) / adding),
        "claims_per_s_of_twins": round(len(found) / finding),
        "bytes_per_vector": round(memory / len(index)),
    }


if __name__ == "__main__":
    store("semantic", {"similarity": SIMILARITY, "sizes": [measured(*size) for size in SIZES]})
