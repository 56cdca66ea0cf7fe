"""Files in, files out: order, bytes, twins and places."""

from __future__ import annotations

import json
import os
import threading
from pathlib import Path

import pytest

from synthgen.dedup.batch import dedup_files
from synthgen.dedup.places import Place
from synthgen.dedup.rules import Rules
from synthgen.errors import DiskError, FileError, UsageError
from synthgen.formats.rows import open_writer, read_rows

TEXT = Rules(fields=("text",))
LINES = [
    b'{"id":"a-1",  "text": "The rent is late again and the heating is off."}',
    b'{"id":"a-2","text":"Who waters the plants while you are away in May?"}',
    b"",
    b'{"id":"a-3","text":"The rent is late again, and the heating is off!"}',
    b'{"text":"who waters the plants  while you are away in May?"}',
    '{"id":5,"text":"我又睡不着了，怎么办？"}'.encode(),
]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "in.jsonl"
    path.write_bytes(b"\n".join(LINES))
    return path


def lines(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_kept_rows_keep_their_order_and_bytes(path: Path, tmp_path: Path) -> None:
    result = dedup_files([path], tmp_path / "out.jsonl", rules=TEXT)
    assert (tmp_path / "out.jsonl").read_bytes() == b"\n".join([LINES[0], LINES[1], LINES[5], b""])
    assert (result.rows, result.kept, result.silent, result.clusters) == (5, 3, 0, 2)
    assert result.dropped == {"exact_duplicate": 1, "near_duplicate": 1}
    assert result.biggest == ((Place(str(path), 1, "a-1"), 1), (Place(str(path), 2, "a-2"), 1))
    assert result.written == (tmp_path / "out.jsonl",)


def test_order_stays_that_of_the_files_whatever_is_kept(path: Path, tmp_path: Path) -> None:
    dedup_files([path], tmp_path / "out.jsonl", rules=Rules(fields=("text",), keep="longest"))
    assert (tmp_path / "out.jsonl").read_bytes() == b"\n".join([LINES[3], LINES[4], LINES[5], b""])


def test_dropped_rows_name_their_twins_across_files(path: Path, tmp_path: Path) -> None:
    other, gone = tmp_path / "more.csv", tmp_path / "gone.jsonl"
    other.write_text("id,text\nb-1,The rent is late again and the heating is off.\nb-2,Nothing like it\n")
    dedup_files([other, path], dropped=gone, rules=TEXT)
    told = lines(gone)
    assert [(each["file"], each["number"], each.get("id"), each["reason"]) for each in told] == [
        (str(path), 1, "a-1", "exact_duplicate"),
        (str(path), 4, "a-3", "near_duplicate"),
        (str(path), 5, None, "exact_duplicate"),
    ]
    assert told[1]["twin"] == {"file": str(other), "number": 1, "id": "b-1"}
    assert told[2]["twin"] == {"file": str(path), "number": 2, "id": "a-2"}
    assert told[1]["similarity"] == pytest.approx(0.968, abs=0.01)
    assert told[1]["row"] == json.loads(LINES[3])


def test_rows_of_an_evaluation_set_are_told_with_their_place(path: Path, tmp_path: Path) -> None:
    against, gone = tmp_path / "exam.json", tmp_path / "gone.jsonl"
    against.write_text(
        json.dumps([{"text": "Unlike."}, {"id": "q2", "text": "Who waters the plants while you're away?"}])
    )
    result = dedup_files([path], dropped=gone, against=[against], rules=Rules(fields=("text",), similarity=0.85))
    assert result.dropped == {"near_duplicate": 1, "near_evaluation": 2}
    assert lines(gone)[0]["twin"] == {"file": str(against), "number": 2, "id": "q2"}
    assert result.clusters == 1


def test_shared_words_are_told(path: Path, tmp_path: Path) -> None:
    against, gone = tmp_path / "exam.jsonl", tmp_path / "gone.jsonl"
    against.write_text('{"text": "A tenant writes to us: the rent is late again, and what of it, he asks?"}')
    dedup_files([path], dropped=gone, against=[against], rules=Rules(fields=("text",), ngram=4))
    (first, second) = lines(gone)[:2]
    assert first["reason"] == second["reason"] == "shared_ngram"
    assert first["evidence"] == "the rent is late"
    assert "similarity" not in first


def test_evaluation_sets_may_be_lines_of_text_and_folders(tmp_path: Path) -> None:
    rows, sets = tmp_path / "rows.jsonl", tmp_path / "sets"
    sets.mkdir()
    rows.write_text('{"question": "Who waters the plants?"}\n{"question": "Who feeds the cat?"}\n')
    (sets / "lines.txt").write_text("Hello.\nWho feeds the cat?\n")
    (sets / "README.md").write_text("Who waters the plants?")
    gone = tmp_path / "gone.jsonl"
    assert dedup_files([rows], dropped=gone, against=[sets]).dropped == {"near_evaluation": 1}
    assert lines(gone)[0]["twin"] == {"file": str(sets / "lines.txt"), "number": 2}


def test_clusters_show_kept_rows_and_their_duplicates(path: Path, tmp_path: Path) -> None:
    told = tmp_path / "clusters.jsonl"
    dedup_files([path], clusters=told, rules=TEXT)
    first, second = lines(told)
    assert first["kept"] == {
        "file": str(path),
        "number": 1,
        "id": "a-1",
        "texts": {"text": "The rent is late again and the heating is off."},
    }
    assert [(member["id"], member["part"]) for member in first["members"]] == [("a-3", "text")]
    assert second["members"][0]["similarity"] == 1.0


@pytest.mark.parametrize("suffix", [".jsonl.gz", ".jsonl.zst", ".json", ".csv", ".tsv", ".parquet"])
def test_every_format_goes_in_and_out(tmp_path: Path, suffix: str) -> None:
    rows = [
        {"id": str(at), "text": f"{word} is all that I have to say of it"}
        for at, word in enumerate("one two 三 one".split())
    ]
    source, out = tmp_path / f"in{suffix}", tmp_path / f"out{suffix}"
    with open_writer(source) as writer:
        for row in rows:
            writer.write(row)
    dedup_files([source], out, rules=Rules(fields=("text",), similarity=1.0))
    assert [row for _, row in read_rows(out)] == rows[:3]


def test_files_may_be_of_two_formats(path: Path, tmp_path: Path) -> None:
    table = tmp_path / "in.csv"
    table.write_text("text\nA line of a table\n")
    path.write_bytes(LINES[0])
    dedup_files([path, table], tmp_path / "out.parquet", rules=TEXT)
    rows = [row for _, row in read_rows(tmp_path / "out.parquet")]
    assert rows == [json.loads(LINES[0]), {"id": None, "text": "A line of a table"}]


def test_without_outputs_nothing_is_written(path: Path, tmp_path: Path) -> None:
    assert dedup_files([path], rules=TEXT).written == ()
    assert [each.name for each in tmp_path.iterdir()] == ["in.jsonl"]


@pytest.mark.parametrize("option", ["out", "dropped", "clusters"])
def test_no_input_is_overwritten(path: Path, option: str) -> None:
    alias = path.parent / "alias.jsonl"
    alias.symlink_to(path)
    before = path.read_bytes()
    for name in (path, alias, os.path.relpath(path)):
        with pytest.raises(UsageError, match=f"--{option} .* is read as well"):
            dedup_files([path], rules=TEXT, **{option: name})
    assert path.read_bytes() == before


def test_files_that_cannot_be_meant_are_refused(path: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    with pytest.raises(UsageError, match="--out and --dropped: are one file"):
        dedup_files([path], out, dropped=out, rules=TEXT)
    with pytest.raises(UsageError, match=r"--against .* is looked at as well"):
        dedup_files([path], against=[path], rules=TEXT)
    with pytest.raises(UsageError, match="no file"):
        dedup_files([], out)
    with pytest.raises(UsageError, match="stdin is named twice"):
        dedup_files(["-", path], against=["-"], rules=TEXT)
    with pytest.raises(FileError, match=r"out\.txt: its name tells no format"):
        dedup_files([tmp_path / "gone.jsonl"], tmp_path / "out.txt")
    with pytest.raises(FileError, match=r"gone\.jsonl: no such file"):
        dedup_files([path, tmp_path / "gone.jsonl"], out)
    assert not out.exists()


def test_a_file_that_changes_meanwhile_is_told_and_nothing_is_written(path: Path, tmp_path: Path) -> None:
    path.write_text("".join(f'{{"text": "row {at} of many {at}"}}\n' for at in range(3_000)))
    out, done = tmp_path / "out.jsonl", threading.Event()

    def lengthen() -> None:
        with path.open("ab", buffering=0) as file:
            while not done.wait(0.001):
                file.write(b"\n")

    writer = threading.Thread(target=lengthen)
    writer.start()
    try:
        with pytest.raises(FileError, match="was changed while it was read"):
            dedup_files([path], out, rules=TEXT)
    finally:
        done.set()
        writer.join()
    assert not out.exists()


def test_a_pipe_is_read_once(path: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.jsonl"
    os.mkfifo(pipe)
    writer = threading.Thread(target=lambda: pipe.write_bytes(path.read_bytes()))
    writer.start()
    dedup_files([pipe], tmp_path / "out.jsonl", rules=TEXT)
    writer.join()
    assert (tmp_path / "out.jsonl").read_bytes() == b"\n".join([LINES[0], LINES[1], LINES[5], b""])


def test_a_place_that_refuses_is_told(path: Path) -> None:
    with pytest.raises(DiskError, match="cannot be written"):
        dedup_files([path], "/proc/out.jsonl", rules=TEXT)
