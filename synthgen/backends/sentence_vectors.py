"""Embeddings by a `sentence-transformers` folder, on the GPU if there is one. Long texts are cut."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sentence_transformers import SentenceTransformer

from synthgen.backends.folder_vectors import FolderEmbedder, unreadable


def open_folder(name: str, folder: Path) -> FolderEmbedder:
    return FolderEmbedder(name, folder, _load, _encode)


def _load(folder: Path) -> SentenceTransformer:
    try:
        return SentenceTransformer(str(folder), local_files_only=True, trust_remote_code=False)
    except Exception as error:  # torch and transformers raise of their own, some of them bare Exceptions
        hint = "give a folder that sentence-transformers saved."
        raise unreadable(folder, "sentence-transformers", error, hint) from error


def _encode(model: SentenceTransformer, texts: list[str]) -> Any:
    return model.encode(texts, batch_size=len(texts), show_progress_bar=False, convert_to_numpy=True)
