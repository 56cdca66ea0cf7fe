from __future__ import annotations

import os
from pathlib import Path

import pytest

from synthgen.errors import FileError
from synthgen.transcripts.folders import transcript_files
from synthgen.transcripts.reading import read_transcripts


def made(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("Coach: hi\n")


def names_in(folder: Path) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in transcript_files([folder])]


def test_natural_order_files_before_folders(tmp_path):
    made(tmp_path, "s10.txt", "s2.txt", "S1.txt", "week 10/a.txt", "week 9/b.txt", "week 9/a.txt")
    assert names_in(tmp_path) == ["S1.txt", "s2.txt", "s10.txt", "week 9/a.txt", "week 9/b.txt", "week 10/a.txt"]


def test_hidden_files_locks_and_backups_are_passed_over(tmp_path):
    made(
        tmp_path,
        "a.txt",
        ".hidden.txt",
        ".git/b.txt",
        "~$a.docx",
        ".~lock.a.docx#",
        "a.txt~",
        "~WRL0001.tmp",
        "Thumbs.db",
    )
    assert names_in(tmp_path) == ["a.txt"]


def test_files_come_once_in_the_order_of_the_paths(tmp_path):
    made(tmp_path, "a.txt", "b.txt")
    assert transcript_files([tmp_path / "b.txt", tmp_path, tmp_path / "b.txt"]) == [
        tmp_path / "b.txt",
        tmp_path / "a.txt",
    ]


def test_a_folder_may_be_called_as_a_file(tmp_path):
    made(tmp_path, "x.txt/a.txt")
    assert names_in(tmp_path) == ["x.txt/a.txt"]
    assert transcript_files([tmp_path / "x.txt"]) == [tmp_path / "x.txt" / "a.txt"]


def test_links_out_of_the_folder_are_not_followed(tmp_path):
    made(tmp_path, "out/secret.txt", "in/a.txt")
    (tmp_path / "in" / "file.txt").symlink_to(tmp_path / "out" / "secret.txt")
    (tmp_path / "in" / "folder").symlink_to(tmp_path / "out")
    (tmp_path / "in" / "round").symlink_to(tmp_path / "in")
    (tmp_path / "in" / "again.txt").symlink_to(tmp_path / "in" / "a.txt")
    (tmp_path / "in" / "broken.txt").symlink_to(tmp_path / "nowhere")
    assert names_in(tmp_path / "in") == ["a.txt"]
    named = tmp_path / "in" / "file.txt"
    assert transcript_files([named]) == [named]


def test_a_path_that_does_not_exist_is_told(tmp_path):
    with pytest.raises(FileError, match="no such file or folder"):
        transcript_files([tmp_path / "nowhere"])


@pytest.mark.skipif(os.geteuid() == 0, reason="root may list every folder")
def test_a_folder_that_cannot_be_listed_is_told(tmp_path):
    (tmp_path / "shut").mkdir(mode=0)
    with pytest.raises(FileError, match="cannot be listed"):
        transcript_files([tmp_path])


def test_files_whose_names_are_not_utf8_have_names_that_can_be_told(tmp_path):
    for name in (b"caf\xe9.txt", b"caf\xe8.txt", b"caf\xe9.png"):
        Path(os.fsdecode(bytes(tmp_path) + b"/" + name)).write_text("Coach: hi\nClient: hello\n")
    names = [found.name for found in read_transcripts([tmp_path])]
    assert sorted(names) == [f"{tmp_path}/caf{end}" for end in ("\\udce8.txt", "\\udce9.png", "\\udce9.txt")]
    assert all(name.encode() for name in names)
