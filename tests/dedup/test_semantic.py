"""The index of meanings against brute force."""

from __future__ import annotations

from array import array

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthgen.calls import Vector
from synthgen.dedup.index import Twin
from synthgen.dedup.semantic import SemanticIndex

Matrix = numpy.typing.NDArray[numpy.float32]


def topics(count: int, dimensions: int, seed: int = 3) -> Matrix:
    """Return unit vectors round 33 centres, a fifth of them at a cosine of 0.85 to 1 to an earlier one."""
    draw = numpy.random.default_rng(seed)
    vectors = draw.normal(size=(33, dimensions))[draw.integers(0, 33, count)] * 0.9
    vectors += draw.normal(size=(count, dimensions))
    vectors /= numpy.linalg.norm(vectors, axis=1, keepdims=True)
    for n in range(1, count):
        if draw.random() < 0.2:
            other = vectors[draw.integers(0, n)]
            aside = draw.normal(size=dimensions)
            aside -= aside @ other * other
            share = draw.uniform(0.85, 0.999)
            vectors[n] = share * other + numpy.sqrt(1 - share**2) * aside / numpy.linalg.norm(aside)
    return vectors.astype(numpy.float32)


def vector(*numbers: float) -> Vector:
    return array("f", numbers)


def packed(row: Matrix) -> Vector:
    return array("f", row.tobytes())


@pytest.mark.parametrize("dimensions", [64, 384])
def test_it_finds_the_twins_that_brute_force_finds(dimensions: int) -> None:
    """Recall among 5,000 at cosine 0.90, each compared with those that hold a place when it comes."""
    vectors = topics(5000, dimensions)
    index = SemanticIndex(0.9)
    held: list[int] = []
    places = numpy.empty_like(vectors)
    found = twins = 0
    for n, row in enumerate(vectors):
        nearest = float((places[: len(held)] @ row).max(initial=-1.0))
        twin = index.claim(n, packed(row))
        twins += nearest >= 0.9
        found += nearest >= 0.9 and twin is not None
        if twin is None:
            places[len(held)] = row
            held.append(n)
        else:
            assert nearest >= 0.9 - 1e-5
            assert twin.similarity == pytest.approx(float(vectors[twin.key] @ row), abs=1e-5)
    assert twins > 400
    assert found >= 0.99 * twins
    assert len(index) == len(held)


def test_places_that_are_given_back_hide_nobody() -> None:
    """Most of a graph may be places given back: those that are left are still found."""
    vectors = topics(3000, 32, seed=8)
    index = SemanticIndex(0.999)
    held = [n for n, row in enumerate(vectors) if index.claim(n, packed(row)) is None]
    kept = held[::10]
    for n in set(held) - set(kept):
        index.release(n)
    assert len(index) == len(kept)
    again = [index.claim(10_000 + n, packed(vectors[n])) for n in kept]
    assert sum(twin is not None and twin.key == n for twin, n in zip(again, kept, strict=True)) >= 0.99 * len(kept)


def test_a_twin_is_named_with_its_cosine() -> None:
    index = SemanticIndex(0.9)
    assert index.claim(1, vector(1, 0, 0)) is None
    assert index.claim(2, vector(0, 2, 0)) is None
    twin = index.claim(3, vector(0.1, 9, 0))
    assert twin is not None
    assert (twin.key, twin.similarity) == (2, pytest.approx(0.99994, abs=1e-5))
    assert index.claim(4, vector(1, 1, 0)) is None  # at 0.71 to both
    assert len(index) == 3


def test_at_the_bound_is_a_twin() -> None:
    index = SemanticIndex(0.8)
    index.claim(1, vector(1, 0))
    assert index.claim(2, vector(0.8, 0.6)) is not None
    assert index.claim(2, vector(0.799, 0.6013)) is None


def test_a_key_is_not_its_own_twin_and_moves() -> None:
    index = SemanticIndex(0.9)
    assert index.claim(7, vector(1, 0)) is None
    assert index.claim(7, vector(1, 0)) is None
    assert index.claim(7, vector(0, 1)) is None
    assert len(index) == 1
    assert index.claim(8, vector(1, 0)) is None
    assert index.claim(9, vector(0, 1)) == Twin(7, pytest.approx(1.0))


def test_a_key_that_is_refused_has_given_its_old_place_back() -> None:
    index = SemanticIndex(0.9)
    index.claim(1, vector(1, 0))
    index.claim(2, vector(0, 1))
    assert index.claim(2, vector(1, 0)) == Twin(1, 1.0)
    assert index.claim(3, vector(0, 1)) is None


def test_an_index_emptied_is_like_new() -> None:
    index = SemanticIndex(0.9)
    index.release(5)
    for _ in range(3):
        assert index.claim(5, vector(1, 0)) is None
        index.release(5)
        index.release(5)
        assert len(index) == 0


def test_a_vector_of_zeros_is_like_nothing() -> None:
    index = SemanticIndex(0.5)
    assert index.claim(1, vector(0, 0)) is None
    assert index.claim(2, vector(0, 0)) is None
    assert index.claim(3, vector(1, 0)) is None


def test_keys_may_be_large() -> None:
    index = SemanticIndex(0.9)
    index.claim(1 << 40, vector(1, 0))
    assert index.claim(1, vector(1, 0)) == Twin(1 << 40, 1.0)


angles = st.floats(0, 6.28, allow_nan=False)


@given(st.lists(st.tuples(st.integers(0, 9), angles, st.booleans()), max_size=60))
def test_it_agrees_with_a_list_of_all(steps: list[tuple[int, float, bool]]) -> None:
    index, held = SemanticIndex(0.95), dict[int, Matrix]()
    for key, angle, back in steps:
        held.pop(key, None)
        if back:
            index.release(key)
            continue
        at = numpy.array([numpy.cos(angle), numpy.sin(angle)], dtype=numpy.float32)
        nearest = max((float(other @ at) for other in held.values()), default=-1.0)
        twin = index.claim(key, packed(at))
        if abs(nearest - 0.95) > 1e-4:
            assert (twin is not None) == (nearest >= 0.95)
        if twin is None:
            held[key] = at
        assert len(index) == len(held)
