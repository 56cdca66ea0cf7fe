"""Embeddings by a model in a folder of this machine, whatever library reads it."""

from __future__ import annotations

import asyncio
from array import array
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from synthgen.calls import Vector
from synthgen.errors import ModelFileError


class FolderEmbedder:
    """A model that is loaded by the first texts, in a thread."""

    local = True

    def __init__(
        self, name: str, folder: Path, load: Callable[[Path], Any], encode: Callable[[Any, list[str]], Any]
    ) -> None:
        """`load` raises ModelFileError; `encode` returns rows of numbers, one a text."""
        self.name = name
        self._folder, self._load, self._encode = folder, load, encode
        self._model: Any = None

    async def embed(self, texts: Sequence[str]) -> list[Vector]:
        """Return a vector for each text. Raises ModelFileError."""
        return await asyncio.to_thread(self._embed, texts)

    async def aclose(self) -> None:
        self._model = None

    def _embed(self, texts: Sequence[str]) -> list[Vector]:
        model = self._model = self._model or self._load(self._folder)
        return [array("f", vector.tolist()) for vector in self._encode(model, list(texts))]


def unreadable(folder: Path, library: str, error: Exception, hint: str) -> ModelFileError:
    return ModelFileError(f"{folder}: {library} cannot load it: {' '.join(str(error).split())}", hint=hint)
