"""Embeddings by `sentence-transformers` from a folder on this machine."""

from __future__ import annotations

import asyncio
from array import array
from collections.abc import Sequence
from pathlib import Path

from sentence_transformers import SentenceTransformer

from synthgen.calls import Vector
from synthgen.errors import ModelFileError


class SentenceEmbedder:
    """A transformer on the GPU if there is one. It is loaded by the first texts, in a thread, and cuts long texts."""

    local = True

    def __init__(self, name: str, folder: Path) -> None:
        self.name = name
        self._folder = folder
        self._model: SentenceTransformer | None = None

    async def embed(self, texts: Sequence[str]) -> list[Vector]:
        """Return a vector for each text. Raises ModelFileError."""
        return await asyncio.to_thread(self._embed, texts)

    async def aclose(self) -> None:
        self._model = None

    def _embed(self, texts: Sequence[str]) -> list[Vector]:
        model = self._model = self._model or self._load()
        found = model.encode(list(texts), batch_size=len(texts), show_progress_bar=False, convert_to_numpy=True)
        return [array("f", vector.tolist()) for vector in found]

    def _load(self) -> SentenceTransformer:
        try:
            return SentenceTransformer(str(self._folder), local_files_only=True, trust_remote_code=False)
        except Exception as error:  # torch and transformers raise of their own, some of them bare Exceptions
            raise ModelFileError(
                f"{self._folder}: sentence-transformers cannot load it: {' '.join(str(error).split())}",
                hint="give a folder that sentence-transformers saved.",
            ) from error
