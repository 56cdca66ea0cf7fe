"""Model files: found, and looked at before llama.cpp is, which says little about what is wrong with one."""

from __future__ import annotations

import struct
from pathlib import Path

from synthgen.errors import ModelFileError

_HEADER = struct.Struct("<4sIQQ")
_VERSIONS = {2, 3}
# The metadata stand before the weights; a quarter of a million tokens take about 10 MB of them.
_METADATA_BYTES = 32_000_000
_HINT = "download it again, or give the path of another GGUF file."


def check_gguf(path: Path) -> Path:
    """Return the path of a GGUF file. Raises ModelFileError where it is missing, unreadable or plainly none."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEADER.size)
    except OSError as error:
        reason = "is a folder" if path.is_dir() else (error.strerror or str(error)).lower()
        raise ModelFileError(f"{path}: {reason}", hint="give the path of a GGUF file.") from None
    if not head.startswith(b"GGUF"):
        raise ModelFileError(f"{path}: not a GGUF file", hint="convert it for llama.cpp, or give another path.")
    if len(head) < _HEADER.size:
        raise ModelFileError(f"{path}: cut off after {len(head)} bytes", hint=_HINT)
    _, version, tensors, _ = _HEADER.unpack(head)
    if version not in _VERSIONS or tensors == 0:
        raise ModelFileError(f"{path}: GGUF version {version} with {tensors} tensors cannot be loaded", hint=_HINT)
    return path


def has_pooling(path: Path) -> bool:
    """Say whether a GGUF file names how the vectors of a text's tokens become one, as embedding models do."""
    with path.open("rb") as file:
        return b".pooling_type" in file.read(_METADATA_BYTES)


def load_failure(path: Path, context: int, slots: int) -> ModelFileError:
    """Return the error for a file that looks like GGUF and that llama.cpp does not load."""
    return ModelFileError(
        f"{path}: llama.cpp cannot load it with a context of {context} tokens in {slots} slots",
        hint="the file may be damaged or cut off, of a kind this llama.cpp does not know, or too big for the memory.",
    )
