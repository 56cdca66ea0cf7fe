"""Rows of any number compared by meaning, as `dedup` does it."""

from __future__ import annotations

import asyncio
from array import array
from collections.abc import Iterable, Sequence

from synthgen.calls import Vector
from synthgen.dedup.pool import Pool
from synthgen.dedup.rules import Match, Rules
from synthgen.engine.meanings import semantic_matches
from synthgen.loopback.vectors import vector_of

TEXTS = 3000


class Words:
    """The loopback server's vectors without a server."""

    name, local = "words", True

    def __init__(self) -> None:
        self.most = 0

    async def embed(self, texts: Sequence[str]) -> list[Vector]:
        self.most = max(self.most, len(texts))
        return [array("f", vector_of(text)) for text in texts]

    async def aclose(self) -> None:
        pass


def matches(texts: Iterable[str], embedder: Words, similarity: float = 0.95) -> dict[int, Match]:
    with Pool(Rules(fields=("text",))) as pool:
        for text in texts:
            pool.add({"text": text})
        return asyncio.run(semantic_matches(pool, {}, embedder, similarity))


def test_each_twin_is_told_with_the_first_of_its_kind() -> None:
    """Every third text has the words of the one before it in another order."""

    def text(n: int) -> str:
        words = [f"w{n - (n % 3 == 2)}x{m}" for m in range(8)]
        return " ".join(reversed(words) if n % 3 == 2 else words)

    embedder = Words()
    found = matches(map(text, range(TEXTS)), embedder)
    assert list(found) == [n for n in range(TEXTS) if n % 3 == 2]
    assert all(match.twin == n - 1 and (match.similarity or 0) > 0.999 for n, match in found.items())
    assert embedder.most < TEXTS


def test_what_is_a_twin_gives_no_place_to_others() -> None:
    chain = ["a b c d e f g h i j", "a b c d e f g h i k", "a b c d e f g h l k"]
    found = matches(chain, Words(), 0.85)
    assert [(n, match.twin) for n, match in found.items()] == [(1, 0)]


def test_nothing_has_no_twins() -> None:
    assert matches((), Words()) == {}
