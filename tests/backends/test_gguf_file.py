"""Model files that are none."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from synthgen.backends.gguf_file import check_gguf, load_failure
from synthgen.errors import ModelFileError


def header(magic: bytes = b"GGUF", version: int = 3, tensors: int = 12, pairs: int = 4) -> bytes:
    return struct.pack("<4sIQQ", magic, version, tensors, pairs)


@pytest.mark.parametrize("version", [2, 3])
def test_a_header_that_llama_cpp_may_load_passes(tmp_path: Path, version: int) -> None:
    path = tmp_path / "model.gguf"
    path.write_bytes(header(version=version))
    assert check_gguf(path) == path


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "not a GGUF file"),
        (b"GG", "not a GGUF file"),
        (b"\x80\x02}q\x00." * 20, "not a GGUF file"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n", "not a GGUF file"),
        (header()[:20], "cut off after 20 bytes"),
        (header(version=1), "version 1"),
        (header(version=0x03000000), "version 50331648"),  # big-endian
        (header(tensors=0), "0 tensors"),
    ],
)
def test_what_is_plainly_no_model_is_told_in_a_line(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "model.gguf"
    path.write_bytes(content)
    with pytest.raises(ModelFileError) as failed:
        check_gguf(path)
    assert words in failed.value.message
    assert str(path) in failed.value.message
    assert failed.value.hint
    assert "\n" not in str(failed.value)


def test_a_missing_file_and_a_folder_are_told(tmp_path: Path) -> None:
    with pytest.raises(ModelFileError, match="no such file or directory"):
        check_gguf(tmp_path / "none.gguf")
    with pytest.raises(ModelFileError, match="is a folder"):
        check_gguf(tmp_path)


def test_a_file_that_does_not_load_is_told_with_what_it_was_given() -> None:
    failure = load_failure(Path("big.gguf"), 8192, 4)
    assert "context of 8192 tokens in 4 slots" in str(failure)
    assert "memory" in failure.hint
