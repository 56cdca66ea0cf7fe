"""A stream of texts compared by meaning, as `dedup` does it."""

from __future__ import annotations

import asyncio
from array import array
from collections.abc import Iterator, Sequence

from synthgen.calls import Vector
from synthgen.dedup.index import Twin
from synthgen.engine.meanings import semantic_index, semantic_twins
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


def twins(texts: Iterator[tuple[int, str]], embedder: Words, similarity: float = 0.95) -> list[tuple[int, Twin]]:
    async def gather() -> list[tuple[int, Twin]]:
        index = semantic_index(similarity, "--embedding words")
        return [found async for found in semantic_twins(texts, embedder, index)]

    return asyncio.run(gather())


def test_each_twin_is_told_with_the_first_of_its_kind() -> None:
    """Every third text has the words of the one before it in another order."""

    def texts() -> Iterator[tuple[int, str]]:
        for n in range(TEXTS):
            words = [f"w{n - (n % 3 == 2)}x{m}" for m in range(8)]
            yield 10 * n, " ".join(reversed(words) if n % 3 == 2 else words)

    embedder = Words()
    found = twins(texts(), embedder)
    assert [key for key, _ in found] == [10 * n for n in range(TEXTS) if n % 3 == 2]
    assert all(twin.key == key - 10 and twin.similarity > 0.999 for key, twin in found)
    assert embedder.most < TEXTS


def test_what_is_a_twin_gives_no_place_to_others() -> None:
    chain = ["a b c d e f g h i j", "a b c d e f g h i k", "a b c d e f g h l k"]
    found = twins(enumerate(chain), Words(), 0.85)
    assert [(key, twin.key) for key, twin in found] == [(1, 0)]


def test_nothing_has_no_twins() -> None:
    assert twins(iter(()), Words()) == []
