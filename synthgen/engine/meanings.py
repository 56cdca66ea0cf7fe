"""Texts compared by what they mean: vectors from an embedding model, and near neighbours among them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import TYPE_CHECKING

from synthgen.calls import Embedder
from synthgen.dedup.index import Twin
from synthgen.dedup.pool import Pool
from synthgen.dedup.rules import Match
from synthgen.extras import late
from synthgen.formats.watch import Watch, unwatched, watched
from synthgen.records import Stage

if TYPE_CHECKING:
    from synthgen.dedup.semantic import SemanticIndex

# Texts read ahead of their vectors, so that a stream of any length takes little memory.
_AHEAD = 512
# Asked for first, to learn whether the model answers at all.
_FIRST = "Good morning."


def semantic_index(similarity: float, option: str) -> SemanticIndex:
    """Return an empty index for a cosine of 0 to 1; `option` is what asked for it. Raises MissingExtraError."""
    module = late("synthgen.dedup.semantic", "voyager", "semantic", option)
    index: SemanticIndex = module.SemanticIndex(similarity)
    return index


async def semantic_matches(
    pool: Pool, matches: Mapping[int, Match], embedder: Embedder, similarity: float, watch: Watch = unwatched
) -> dict[int, Match]:
    """Return, of the rows that no match drops, those of which a part means what it does in a row before them.

    Raises a ModelError or MissingExtraError.
    """
    indexes = [semantic_index(similarity, f"--embedding {embedder.name}") for _ in pool.parts]
    found: dict[int, Match] = {}
    in_order = watched(pool.in_order(), watch, "Comparing what rows mean", len(pool))
    kept = (number for number in in_order if number not in matches)
    while batch := list(islice(kept, _AHEAD)):
        texts = [(number, part, text) for number in batch for part, text in pool.texts(number)]
        vectors = await embedder.embed([text for *_, text in texts])
        for (number, part, _), vector in zip(texts, vectors, strict=True):
            if number in found or (twin := indexes[part].claim(number, vector)) is None:
                continue
            for index in indexes[:part]:
                index.release(number)
            found[number] = Match("semantic_duplicate", pool.parts[part], twin.key, twin.similarity)
    return found


class Meanings:
    """What the messages, replies and conversations of a run mean, each compared with its like.

    It lives in memory: a run that goes on embeds its rows anew.
    """

    def __init__(self, embedder: Embedder, similarity: float) -> None:
        """Raises MissingExtraError."""
        option = f"--embedding {embedder.name}"
        self.name, self.local = embedder.name, embedder.local
        self._embedder = embedder
        self._indexes: dict[Stage, SemanticIndex] = {
            "query": semantic_index(similarity, option),
            "reply": semantic_index(similarity, option),
            "conversation": semantic_index(similarity, option),
        }

    async def restore(self, texts: Iterable[tuple[Stage, int, str]]) -> None:
        """Give texts, each with its stage and its key, the places that they had.

        Raises a ModelError where the model cannot be asked, before anything is bought.
        """
        await self._embedder.embed([_FIRST])
        stream = iter(texts)
        while batch := list(islice(stream, _AHEAD)):
            vectors = await self._embedder.embed([text for *_, text in batch])
            for (stage, key, _), vector in zip(batch, vectors, strict=True):
                # What is accepted stays, though a lower similarity would not have it.
                self._indexes[stage].claim(key, vector)

    async def claim(self, stage: Stage, key: int, text: str) -> Twin | None:
        """Give a text a place and return None, or return the one that means the same. Raises a ModelError."""
        (vector,) = await self._embedder.embed([text])
        return self._indexes[stage].claim(key, vector)

    def release(self, key: int) -> None:
        """Give back the places of a row."""
        for index in self._indexes.values():
            index.release(key)

    async def aclose(self) -> None:
        await self._embedder.aclose()
