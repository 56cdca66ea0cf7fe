"""A file is the old one or the new one, never half of one."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from synthgen.errors import DiskError, FileError
from synthgen.files import bytes_aside, private_files, share_files, text_in, written_aside

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "dataset.jsonl"
    path.write_text("old\n")
    return path


def test_a_text_is_read_without_the_mark_of_its_encoding(path):
    path.write_bytes(b"\xef\xbb\xbfZ\xc3\xbcrich\n")
    assert text_in(path, "name another.") == "Zürich\n"


def test_what_is_no_text_is_told(path):
    path.write_bytes(b"Z\xfcrich")
    with pytest.raises(FileError, match=r"dataset\.jsonl: not UTF-8 text\. Hint: save it as UTF-8"):
        text_in(path, "name another.")
    with pytest.raises(FileError, match=r"cannot be read: Is a directory\. Hint: name another\."):
        text_in(path.parent, "name another.")


def alone(path: Path) -> bool:
    return os.listdir(path.parent) == [path.name]


def test_a_new_file_takes_the_place_of_the_old(path):
    with written_aside(path) as file:
        file.write("新\n")
        file.flush()
        assert path.read_text() == "old\n"
    assert path.read_bytes() == "新\n".encode()
    assert alone(path)


def test_line_ends_are_the_same_everywhere(path):
    with written_aside(path) as file:
        file.write("a\nb\r\n")
    assert path.read_bytes() == b"a\nb\r\n"


@pytest.mark.parametrize(
    "error", [ValueError("a bug"), KeyboardInterrupt(), OSError("unseekable"), FileNotFoundError(2, "No", "rows.csv")]
)
@pytest.mark.parametrize("opened", [written_aside, bytes_aside])
def test_a_failure_leaves_the_old_file_and_nothing_beside_it(path, error, opened):
    """An error of the block goes through as it is: it may be of another file."""

    def write():
        with opened(path) as file:
            file.write("half of" if opened is written_aside else b"half of")
            raise error

    with pytest.raises(type(error)) as caught:
        write()
    assert caught.value is error
    assert path.read_text() == "old\n"
    assert alone(path)


def test_a_folder_that_is_not_there_is_told(tmp_path):
    with pytest.raises(DiskError, match="No such file or directory"), written_aside(tmp_path / "no" / "file"):
        pass


def test_a_place_that_cannot_be_taken_is_told(tmp_path):
    (tmp_path / "folder" / "inside").mkdir(parents=True)
    with pytest.raises(DiskError, match="folder: cannot be written"), written_aside(tmp_path / "folder") as file:
        file.write("x")
    assert os.listdir(tmp_path) == ["folder"]


@pytest.mark.parametrize("length", [10, 100_000])
@pytest.mark.parametrize("opened", [written_aside, bytes_aside])
def test_a_real_full_disk_is_told(path, opened, length):
    """/dev/full refuses what is written to it, at the latest when the text leaves its buffer."""
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    aside = path.with_name(f".{path.name}.{os.getpid()}.aside")
    aside.symlink_to("/dev/full")
    with pytest.raises(DiskError, match=r"dataset\.jsonl: cannot be written: No space left"), opened(path) as file:
        file.write("x" * length if opened is written_aside else b"x" * length)
    assert path.read_text() == "old\n"
    assert alone(path)


def test_a_kill_in_the_midst_leaves_the_old_file(path):
    lines = f"""
import os, signal
from pathlib import Path
from synthgen.files import written_aside
with written_aside(Path({str(path)!r})) as file:
    file.write("half of")
    file.flush()
    os.kill(os.getpid(), signal.SIGKILL)
"""
    ended = subprocess.run([sys.executable, "-c", lines], cwd=ROOT, check=False)
    assert ended.returncode == -signal.SIGKILL
    assert path.read_text() == "old\n"
    with written_aside(path) as file:
        file.write("new\n")
    assert path.read_text() == "new\n"


def test_private_files_are_for_their_owner_alone_until_they_are_shared(tmp_path):
    usual = os.umask(0o027)
    try:
        paths = [tmp_path / name for name in ("open", "kept", "shared")]
        with private_files(False):
            paths[0].touch()
        with contextlib.suppress(KeyError), private_files():
            paths[1].touch()
            paths[2].touch()
            (tmp_path / "folder").mkdir()
            raise KeyError
        share_files(paths[2])
        assert [path.stat().st_mode & 0o777 for path in paths] == [0o640, 0o600, 0o640]
        assert (tmp_path / "folder").stat().st_mode & 0o777 == 0o700
        assert os.umask(0o027) == 0o027
    finally:
        os.umask(usual)
    with pytest.raises(DiskError, match="gone: others cannot be let read it"):
        share_files(tmp_path / "gone")
