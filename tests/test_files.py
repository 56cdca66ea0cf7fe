"""A file is the old one or the new one, never half of one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from synthgen.errors import DiskError
from synthgen.files import written_aside

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "dataset.jsonl"
    path.write_text("old\n")
    return path


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


@pytest.mark.parametrize("error", [ValueError("a bug"), KeyboardInterrupt(), OSError(28, "No space left on device")])
def test_a_failure_leaves_the_old_file_and_nothing_beside_it(path, error):
    def write():
        with written_aside(path) as file:
            file.write("half of")
            raise error

    told = DiskError if isinstance(error, OSError) else type(error)
    with pytest.raises(told) as caught:
        write()
    assert path.read_text() == "old\n"
    assert alone(path)
    if told is DiskError:
        assert str(path) in caught.value.message
        assert "No space left on device" in caught.value.message


def test_a_folder_that_is_not_there_is_told(tmp_path):
    with pytest.raises(DiskError, match="No such file or directory"), written_aside(tmp_path / "no" / "file"):
        pass


def test_a_place_that_cannot_be_taken_is_told(tmp_path):
    (tmp_path / "folder" / "inside").mkdir(parents=True)
    with pytest.raises(DiskError, match="folder: cannot be written"), written_aside(tmp_path / "folder") as file:
        file.write("x")
    assert os.listdir(tmp_path) == ["folder"]


def test_a_real_full_disk_is_told(path):
    """/dev/full refuses what is written to it, at the latest when the text leaves its buffer."""
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    aside = path.with_name(f".{path.name}.{os.getpid()}.aside")
    aside.symlink_to("/dev/full")
    with pytest.raises(DiskError, match="No space left on device"), written_aside(path) as file:
        file.write("x" * 100_000)
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
