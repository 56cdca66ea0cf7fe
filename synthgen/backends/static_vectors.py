"""Static embeddings: a `model2vec` folder, a vector a token, thousands of texts a second without a GPU."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from model2vec import StaticModel

from synthgen.backends.folder_vectors import FolderEmbedder, unreadable


def open_folder(name: str, folder: Path) -> FolderEmbedder:
    """Return what embeds texts however long they are."""
    return FolderEmbedder(name, folder, _load, _encode)


def _load(folder: Path) -> StaticModel:
    try:
        return StaticModel.from_pretrained(folder, force_download=False)
    except Exception as error:  # the libraries below it raise of their own, some of them bare Exceptions
        hint = "give a folder that model2vec saved, with model.safetensors, tokenizer.json and config.json."
        raise unreadable(folder, "model2vec", error, hint) from error


def _encode(model: StaticModel, texts: list[str]) -> Any:
    return model.encode(texts, max_length=None, use_multiprocessing=False)
