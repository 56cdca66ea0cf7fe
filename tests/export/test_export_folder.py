from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from export_trials import contents, exported, lines, native_row, write_rows

from synthgen.errors import DiskError, FileError, UsageError
from synthgen.export.folder import export_folder, lies_in, write_record
from synthgen.export.recipe import export
from synthgen.export.settings import ExportSettings
from synthgen.formats.sources import EXPORT_RECORD

ROWS = [native_row(number) for number in range(20)]


def test_an_export_takes_the_place_of_another_and_leaves_nothing_of_it() -> None:
    exported(ROWS, "hf", split={"train": 3.0, "test": 1.0})
    Path("out/README.md").write_text("A card.")
    result = exported(ROWS, "sharegpt")
    assert contents(Path("out")).keys() == {EXPORT_RECORD, "README.md", "train.jsonl", "dataset_info.json"}
    assert not Path("out/data").exists()
    assert result.paths == [Path("out/train.jsonl"), Path("out/dataset_info.json")]


@pytest.mark.parametrize("name", ["mine.txt", "train.jsonl", "deep/er/rows.csv", ".hidden"])
def test_files_that_no_export_wrote_are_not_touched(name: str) -> None:
    path = Path("out") / name
    path.parent.mkdir(parents=True)
    path.write_text("mine")
    with pytest.raises(UsageError, match=f"holds {name}"):
        exported(ROWS, "chat")
    assert contents(Path("out")) == {name: b"mine"}


@pytest.mark.parametrize("place", ["../victim.txt", "{absolute}", "sub/../../victim.txt", "link/victim.txt"])
def test_a_record_that_names_files_elsewhere_takes_none_of_them_away(place: str, tmp_path: Path) -> None:
    exported(ROWS, "hf")
    victim = Path("victim.txt")
    victim.write_text("mine")
    Path("out", "link").symlink_to(Path.cwd())
    record = {
        "files": [
            {"path": name} for name in (place.format(absolute=victim.absolute()), "data/train-00000-of-00001.parquet")
        ]
    }
    Path("out", EXPORT_RECORD).write_text(json.dumps(record))
    exported(ROWS, "chat")
    assert victim.read_text() == "mine"
    assert not Path("out/data").exists()


@pytest.mark.parametrize(
    ("name", "is_inside"),
    [
        ("train.jsonl", True),
        ("data/train.jsonl", True),
        ("", False),
        (".", False),
        ("./train.jsonl", False),
        ("data//train.jsonl", False),
        ("..", False),
        ("a/../../b", False),
        ("/etc/hostname", False),
        ("round/train.jsonl", False),
        ("a\0b", False),
        ("a\ud83d", False),
    ],
)
def test_only_plain_names_lie_in_a_folder(name: str, is_inside: bool) -> None:
    folder = Path("folder")
    folder.mkdir()
    (folder / "round").symlink_to("round")
    assert lies_in(folder, name) is is_inside


def test_a_folder_that_is_a_file_is_told() -> None:
    Path("out").write_text("mine")
    with pytest.raises(UsageError, match="is a file"):
        exported(ROWS, "chat")


def test_an_export_that_fails_changes_nothing() -> None:
    exported(ROWS, "chat")
    before = contents(Path("out"))
    broken = write_rows(Path("broken.jsonl"), ROWS)
    broken.write_text(broken.read_text() + "{not json\n")
    with pytest.raises(FileError, match=r"broken\.jsonl:21"):
        export([broken], ExportSettings("csv"), Path("out"))
    with pytest.raises(FileError, match="none of 1 rows can be written: no_message_with_reply 1"):
        exported([{"id": "1", "messages": [{"role": "user", "content": "Hello?"}]}], "chat")
    with pytest.raises(FileError, match="holds no rows"):
        exported([], "chat")
    assert contents(Path("out")) == before


def test_a_disk_that_refuses_is_told() -> None:
    Path("out").mkdir()
    with pytest.raises(DiskError, match="out: cannot be written"), export_folder(Path("out")) as folder:
        (folder / "no" / "folder").write_text("x")
    assert contents(Path("out")) == {}


def test_the_record_tells_each_file_by_its_hash() -> None:
    result = exported(ROWS, "csv", split={"train": 3.0, "test": 1.0})
    record = json.loads(Path("out", EXPORT_RECORD).read_text())
    assert record == result.record
    assert [file["path"] for file in record["files"]] == ["train.csv", "test.csv"]
    assert [file["rows"] for file in record["files"]] == [15, 5]
    for file in record["files"]:
        content = Path("out", file["path"]).read_bytes()
        assert file["bytes"] == len(content)
        assert file["hash"] == "sha256:" + hashlib.sha256(content).hexdigest()


def test_files_of_a_stopped_replacement_are_known_to_the_next_export() -> None:
    """What a kill between two renames leaves: files of both exports, and the record of the change."""
    exported(ROWS, "chat", split={"train": 3.0, "test": 1.0})
    Path("out/train.csv").write_text("of the new one")
    write_record(
        Path("out"),
        {"unfinished": True, "files": [{"path": f"{n}"} for n in ("train.jsonl", "train.csv", "test.jsonl")]},
    )
    exported(ROWS, "csv")
    assert contents(Path("out")).keys() == {EXPORT_RECORD, "train.csv"}


def test_a_kill_leaves_whole_files_and_the_next_export_mends_the_rest(tmp_path: Path) -> None:
    rows = write_rows(tmp_path / "rows.jsonl", [native_row(number, turns=6) for number in range(6_000)])
    out = tmp_path / "out"
    wanted = export([rows], ExportSettings("chat"), tmp_path / "other").paths[0].read_bytes()
    command = [
        sys.executable,
        "-c",
        "import sys; from pathlib import Path; from synthgen.export.recipe import export; "
        "from synthgen.export.settings import ExportSettings; "
        "export([sys.argv[1]], ExportSettings('chat'), Path(sys.argv[2]))",
        str(rows),
        str(out),
    ]
    with subprocess.Popen(command) as process:
        while process.poll() is None and not list(out.glob(".export.*/train.jsonl")):
            time.sleep(0.005)
        process.kill()
    assert not (out / "train.jsonl").exists() or (out / "train.jsonl").read_bytes() == wanted
    export([rows], ExportSettings("chat"), out)
    assert contents(out).keys() == {EXPORT_RECORD, "train.jsonl"}
    assert (out / "train.jsonl").read_bytes() == wanted


def test_rows_from_a_pipe_are_read_more_than_once() -> None:
    path = Path("pipe.jsonl")
    os.mkfifo(path)
    text = write_rows(Path("rows.jsonl"), ROWS).read_text()
    with subprocess.Popen([sys.executable, "-c", f"open({str(path)!r}, 'w').write({text!r})"]):
        export([path], ExportSettings("chat", split={"train": 3.0, "test": 1.0}), Path("out"))
    assert len(lines("out/train.jsonl") + lines("out/test.jsonl")) == len(ROWS)
