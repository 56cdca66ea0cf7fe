"""Texts asked for one by one, embedded many at a time: no text waits while its model is idle."""

from __future__ import annotations

import asyncio
import math
from collections import deque
from collections.abc import Awaitable, Callable, Sequence

from synthgen.backends.patience import patient
from synthgen.calls import Embedder, Vector
from synthgen.errors import MalformedReplyError, TooLongError

# Providers bound a request to about 300,000 tokens; a character is at most about one.
MOST_TEXTS = 64
MOST_CHARS = 200_000
# A text is not cut further than this to make it fit its model.
SHORTEST_CHARS = 64

Sleep = Callable[[float], Awaitable[None]]
_Waiting = tuple[str, asyncio.Future[Vector]]


class Batched:
    """An embedder before another one: it joins what is asked for, tries again, and cuts texts to what the model takes.

    `most` is how many requests are in flight. Once a model has refused a text for its length, longer ones are
    compared by their beginnings.
    """

    def __init__(self, embedder: Embedder, most: int, *, sleep: Sleep = asyncio.sleep) -> None:
        self.name, self.local = embedder.name, embedder.local
        self._embedder = embedder
        self._most = most
        self._waiting: deque[_Waiting] = deque()
        self._workers: set[asyncio.Task[None]] = set()
        self._working = 0
        self._chars = MOST_CHARS
        self._dimensions = 0
        self._retrying = patient(sleep, lambda: self._dimensions > 0)

    async def embed(self, texts: Sequence[str]) -> list[Vector]:
        """Return a vector for each text. Raises a ModelError that no retry mends."""
        loop = asyncio.get_running_loop()
        futures: list[asyncio.Future[Vector]] = [loop.create_future() for _ in texts]
        self._waiting.extend((_sendable(text), future) for text, future in zip(texts, futures, strict=True))
        for _ in range(min(self._most - self._working, math.ceil(len(texts) / MOST_TEXTS))):
            self._working += 1
            worker = loop.create_task(self._work())
            self._workers.add(worker)
            worker.add_done_callback(self._workers.discard)
        return await asyncio.gather(*futures)

    async def aclose(self) -> None:
        for _, future in self._waiting:
            future.cancel()
        for worker in self._workers:
            worker.cancel()
        await asyncio.gather(*self._workers, return_exceptions=True)
        await self._embedder.aclose()

    async def _work(self) -> None:
        batch: list[_Waiting] = []
        try:
            while batch := self._next():
                try:
                    vectors = await self._fitting([text for text, _ in batch])
                except Exception as error:
                    _settle(batch, error)
                else:
                    _settle(batch, vectors)
        finally:
            self._working -= 1
            for _, future in batch:
                future.cancel()

    def _next(self) -> list[_Waiting]:
        """Take what goes into one request."""
        batch: list[_Waiting] = []
        chars = 0
        while self._waiting and len(batch) < MOST_TEXTS:
            text, future = self._waiting[0]
            chars += min(len(text), self._chars)
            if batch and chars > MOST_CHARS:
                break
            self._waiting.popleft()
            if not future.done():
                batch.append((text, future))
        return batch

    async def _fitting(self, texts: Sequence[str]) -> list[Vector]:
        """Embed texts, in smaller requests and cut down as far as the model asks for it."""
        cut = [text[: self._chars] for text in texts]
        try:
            vectors: list[Vector] = await self._retrying.copy()(self._embedder.embed, cut)
        except TooLongError:
            if len(texts) == 1:
                if len(cut[0]) <= SHORTEST_CHARS:
                    raise
                self._chars = min(self._chars, len(cut[0]) // 2)
                return await self._fitting(texts)
            half = len(texts) // 2
            return await self._fitting(texts[:half]) + await self._fitting(texts[half:])
        self._check(vectors)
        return vectors

    def _check(self, vectors: Sequence[Vector]) -> None:
        self._dimensions = self._dimensions or len(vectors[0])
        if any(len(vector) != self._dimensions for vector in vectors):
            raise MalformedReplyError(f"{self.name}: the length of its vectors has changed", hint="was it replaced?")


def _settle(batch: Sequence[_Waiting], result: Sequence[Vector] | Exception) -> None:
    """Tell those who asked and are still there."""
    for at, (_, future) in enumerate(batch):
        if future.done():
            continue
        if isinstance(result, Exception):
            future.set_exception(result)
        else:
            future.set_result(result[at])


def _sendable(text: str) -> str:
    """Return a text that every server takes: a blank one is refused, half of a surrogate pair is no text."""
    return text.encode(errors="replace").decode().strip() or "-"
