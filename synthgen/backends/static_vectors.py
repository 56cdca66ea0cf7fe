"""Static embeddings: a `model2vec` folder read from this machine, thousands of texts a second without a GPU."""

from __future__ import annotations

import asyncio
from array import array
from collections.abc import Sequence
from pathlib import Path

from model2vec import StaticModel

from synthgen.calls import Vector
from synthgen.errors import ModelFileError


class StaticEmbedder:
    """A model of one vector a token. It is loaded by the first texts, in a thread."""

    local = True

    def __init__(self, name: str, folder: Path) -> None:
        self.name = name
        self._folder = folder
        self._model: StaticModel | None = None

    async def embed(self, texts: Sequence[str]) -> list[Vector]:
        """Return a vector for each text, however long it is. Raises ModelFileError."""
        return await asyncio.to_thread(self._embed, texts)

    async def aclose(self) -> None:
        self._model = None

    def _embed(self, texts: Sequence[str]) -> list[Vector]:
        model = self._model = self._model or self._load()
        found = model.encode(list(texts), max_length=None, use_multiprocessing=False)
        return [array("f", vector.tolist()) for vector in found]

    def _load(self) -> StaticModel:
        try:
            return StaticModel.from_pretrained(self._folder, force_download=False)
        except Exception as error:  # the libraries below it raise of their own, some of them bare Exceptions
            raise ModelFileError(
                f"{self._folder}: model2vec cannot load it: {' '.join(str(error).split())}",
                hint="give a folder that model2vec saved, with model.safetensors, tokenizer.json and config.json.",
            ) from error
