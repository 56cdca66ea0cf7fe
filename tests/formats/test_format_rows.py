"""Rows come out of every format as they went in, and a fault in a file is told by its place."""

from __future__ import annotations

import csv
import gzip
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from synthgen.errors import DiskError, FileError, MissingExtraError
from synthgen.formats.rows import open_writer, read_records, read_rows
from synthgen.formats.sources import source_of
from synthgen.formats.tables import MARKS

NESTED = [".jsonl", ".ndjson", ".jsonl.gz", ".JSONL.zst", ".json", ".json.gz", ".parquet"]
FLAT = [".csv", ".tsv", ".csv.gz"]
ROWS = [
    {"id": "a-1", "messages": [{"role": "user", "content": "I can't sleep.\nWhat now?"}], "n": 1},
    {"id": "a-2", "messages": [{"role": "user", "content": '她说："好"\u2028🙂'}], "n": 2},
    {"id": "a-3", "messages": [], "n": 3},
]


def write(path: Path, rows: list[dict]) -> Path:
    with open_writer(path) as writer:
        for row in rows:
            writer.write(row)
    return path


def rows_in(path: Path) -> list[dict]:
    return [row for _, row in read_rows(path)]


@pytest.mark.parametrize("suffix", NESTED)
def test_nested_rows_come_back_as_they_were(tmp_path: Path, suffix: str) -> None:
    path = write(tmp_path / f"rows{suffix}", ROWS)
    assert list(read_rows(path)) == [(1, ROWS[0]), (2, ROWS[1]), (3, ROWS[2])]
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("suffix", FLAT)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(
    rows=st.lists(
        st.fixed_dictionaries({"a": st.text(st.characters(exclude_categories=["Cs"])), "b, c": st.text("\r\n\t\",'x ")})
    )
)
def test_tables_of_text_come_back_as_they_were(tmp_path: Path, suffix: str, rows: list[dict[str, str]]) -> None:
    assert rows_in(write(tmp_path / f"rows{suffix}", rows)) == rows


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100, deadline=None)
@given(
    rows=st.lists(
        st.dictionaries(
            st.text(),
            st.recursive(
                st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
                lambda below: st.lists(below) | st.dictionaries(st.text(), below),
                max_leaves=5,
            ),
        )
    )
)
def test_any_json_comes_back_as_it_was_from_lines_and_lists(tmp_path: Path, rows: list[dict]) -> None:
    assert rows_in(write(tmp_path / "rows.jsonl", rows)) == rows
    assert rows_in(write(tmp_path / "rows.json", rows)) == rows


@pytest.mark.parametrize("suffix", [*NESTED, *FLAT])
def test_no_rows_are_no_rows(tmp_path: Path, suffix: str) -> None:
    assert rows_in(write(tmp_path / f"rows{suffix}", [])) == []


@pytest.mark.parametrize("suffix", [*NESTED, *FLAT])
def test_odd_characters_and_a_long_row_crash_nothing(tmp_path: Path, suffix: str) -> None:
    rows = [{"text": "a\ud800b"}, {"text": "nul\0"}, {"text": "x" * 1_000_000}]
    first, second, third = rows_in(write(tmp_path / f"rows{suffix}", rows))
    assert first["text"] in ("a\ud800b", "a?b")
    assert (second, third) == (rows[1], rows[2])


@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
def test_rows_with_other_keys_share_the_columns_of_all(tmp_path: Path, suffix: str) -> None:
    rows = [{"a": "x"}, *[{"a": "y"}] * 1_000, {"b": "z"}]
    found = rows_in(write(tmp_path / f"rows{suffix}", rows))
    nothing = "" if suffix == ".csv" else None
    assert found[0] == {"a": "x", "b": nothing}
    assert found[-1] == {"a": nothing, "b": "z"}
    assert len(found) == 1_002


def test_tables_hold_what_is_no_text_as_json(tmp_path: Path) -> None:
    path = write(tmp_path / "rows.csv", [{"a": None, "b": [{"c": "好"}], "d": 1.5, "e": True}])
    assert rows_in(path) == [{"a": "", "b": '[{"c": "好"}]', "d": "1.5", "e": "true"}]


def test_parquet_widens_numbers_and_lets_empty_objects_go(tmp_path: Path) -> None:
    rows = [{"n": 1, "facets": {}}, *[{"n": 2, "facets": {}}] * 1_000, {"n": 2.5, "facets": {"tone": "calm"}}]
    found = rows_in(write(tmp_path / "rows.parquet", rows))
    assert found[0] == {"n": 1.0, "facets": None}
    assert found[-1] == rows[-1]


@pytest.mark.parametrize("apart", [0, 1_000])
def test_a_column_of_two_kinds_is_told_and_leaves_the_old_file(tmp_path: Path, apart: int) -> None:
    path = tmp_path / "rows.parquet"
    path.write_bytes(b"old")
    with pytest.raises(FileError, match=r"rows\.parquet: .*(column|Field) count "):
        write(path, [*[{"count": 1}] * (apart + 1), {"count": "one"}])
    assert path.read_bytes() == b"old"
    assert len(list(tmp_path.iterdir())) == 1


def test_parquet_of_one_schema_keeps_it(tmp_path: Path) -> None:
    schema = pa.schema([("when", pa.timestamp("s")), ("n", pa.int8())], metadata={"made": "here"})
    path = tmp_path / "in.parquet"
    pq.write_table(pa.Table.from_pylist([{"when": 5, "n": at % 100} for at in range(2_500)], schema=schema), path)
    source = source_of(path)
    with open_writer(tmp_path / "out.parquet", like=[source, source]) as writer:
        for record in read_records(source):
            writer.write(record.row, record.line)
    copied = pq.read_table(tmp_path / "out.parquet")
    assert copied.equals(pq.read_table(path))
    assert copied.schema.metadata[b"made"] == b"here"


def test_lines_are_copied_byte_for_byte(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_bytes(b'\xef\xbb\xbf{"a":1.0,  "b":"\\u00e9"}\r\n\n  \n{"a": 2}')
    records = list(read_records(source_of(path)))
    assert [(record.number, record.row) for record in records] == [(1, {"a": 1.0, "b": "é"}), (4, {"a": 2})]
    with open_writer(tmp_path / "out.jsonl") as writer:
        for record in records:
            writer.write(record.row, record.line)
    assert (tmp_path / "out.jsonl").read_bytes() == b'{"a":1.0,  "b":"\\u00e9"}\n{"a": 2}\n'


def test_a_json_file_may_hold_lines(tmp_path: Path) -> None:
    path = tmp_path / "rows.json"
    path.write_text('\n{"a": 1}\n{"a": 2}\n')
    assert list(read_rows(path)) == [(2, {"a": 1}), (3, {"a": 2})]


def test_a_table_may_come_from_a_spreadsheet(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_bytes('\ufeffquestion,answer\r\n"one,\nsame ""row""",two\r\n\r\nthree,\r\n'.encode())
    assert list(read_rows(path)) == [
        (1, {"question": 'one,\nsame "row"', "answer": "two"}),
        (2, {"question": "three", "answer": ""}),
    ]


def test_the_folder_of_a_run_stands_for_its_dataset(tmp_path: Path) -> None:
    (tmp_path / "dataset.jsonl").write_text('{"a": 1}\n')
    assert rows_in(tmp_path) == [{"a": 1}]
    assert source_of(tmp_path).name == str(tmp_path / "dataset.jsonl")


def test_stdin_is_read_as_lines() -> None:
    code = "from synthgen.formats.rows import read_rows; print(list(read_rows('-')))"
    done = subprocess.run([sys.executable, "-c", code], input='{"a": 1}\n', capture_output=True, text=True, check=True)
    assert done.stdout == "[(1, {'a': 1})]\n"


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.jsonl", b'{"a": 1}\n{"a": }\n', "a.jsonl:2: not JSON at column 7: Expecting value"),
        ("a.jsonl", b'{"a": 1}\n[1]\n', "a.jsonl:2: not a row but a list"),
        ("a.jsonl", b"null", "a.jsonl:1: not a row but a null"),
        ("a.jsonl", b'{"a": "\xff"}', "a.jsonl:1: not UTF-8"),
        ("a.jsonl", b"\0\0\0", "a.jsonl:1: not JSON"),
        ("a.jsonl", b'{"a": ' + b"[" * 200_000, "a.jsonl:1: not JSON that can be read"),
        ("a.jsonl", b'{"a": ' + b"1" * 5_000 + b"}", "a.jsonl:1: not JSON that can be read"),
        ("a.json", b'[{"a": 1},\n{"a" 2}]', "a.json: not JSON at line 2, column 6"),
        ("a.json", b'[{"a": 1}, 2]', "a.json:2: not a row but a int"),
        ("a.json", b"7", "a.json: not a list"),
        ("a.json", b"", "a.json: not JSON"),
        ("a.json", b'{\n "a": [1]\n}', "a.json:1: not JSON"),
        ("a.csv", b"a,b\n1,2\n1,2,3\n", "a.csv:3: a row of 3 values under a head of 2"),
        ("a.csv", b"a,b\n1\n", "a.csv:2: a row of 1 values under a head of 2"),
        ("a.csv", b"a,a\n1,2\n", "a.csv:1: two columns are called 'a'"),
        ("a.csv", b'a,b\n1,"2\n3,4\n', "a.csv:3: not a table"),
        ("a.csv", b"a,b\n1,Z\xfcrich\n", "a.csv:2: not UTF-8 text but in another encoding, such as Latin-1"),
        ("a.csv", b"\xe4,b\n", "a.csv:1: not UTF-8"),
        ("a.tsv", b"a\tb\n" + b"1\t2\n" * 9_000 + b'"\n\n"\t\xff\n', "a.tsv:9004: not UTF-8"),
        ("a.jsonl.gz", b"{}\n", "a.jsonl.gz: cannot be read: Not a gzipped file"),
        ("a.jsonl.gz", gzip.compress(b'{"a": 1}\n' * 9)[:-9], "a.jsonl.gz: cannot be read: Compressed file ended"),
        ("a.jsonl.zst", b"{}\n", "a.jsonl.zst: cannot be read"),
        (
            "a.jsonl.zst",
            zstandard.compress(b'{"a": 1}\n' * 9)[:-3],
            "a.jsonl.zst: cannot be read: it ends in the midst",
        ),
        ("a.parquet", b"PAR1", "a.parquet: not Parquet"),
        ("a.parquet", b"", "a.parquet: not Parquet"),
        ("a.xlsx", b"", "a.xlsx: its name tells no format"),
        ("a.parquet.gz", b"", "a.parquet.gz: its name tells no format"),
        ("a", b"", "a: its name tells no format"),
    ],
)
def test_a_fault_is_told_with_its_place(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(FileError) as told:
        rows_in(tmp_path / name)
    assert f"{tmp_path}/{words}" in told.value.message
    assert told.value.hint
    assert "\n" not in told.value.message.rstrip()


def test_what_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileError, match=r"none\.jsonl: no such file"):
        rows_in(tmp_path / "none.jsonl")
    with pytest.raises(FileError, match=r"a folder without dataset\.jsonl") as told:
        rows_in(tmp_path)
    assert told.value.hint == "name a file, or the folder of a run."


def test_a_line_without_end_is_refused_before_it_fills_the_memory(tmp_path: Path) -> None:
    with gzip.open(tmp_path / "a.jsonl.gz", "wb", compresslevel=1) as file:
        file.write(b'{"a": 1}\n')
        for _ in range(65):
            file.write(b" " * (1 << 20))
    with pytest.raises(FileError, match=r"a\.jsonl\.gz:2: longer than 64 MB"):
        rows_in(tmp_path / "a.jsonl.gz")


def test_frames_of_zstd_follow_each_other(tmp_path: Path) -> None:
    frames = [zstandard.compress(json.dumps({"n": n, "text": "x" * 300_000}).encode() + b"\n") for n in range(3)]
    (tmp_path / "a.jsonl.zst").write_bytes(b"".join(frames))
    assert [row["n"] for row in rows_in(tmp_path / "a.jsonl.zst")] == [0, 1, 2]


@pytest.mark.parametrize("suffix", [".jsonl.gz", ".jsonl.zst", ".csv.gz"])
def test_the_same_rows_give_the_same_file(tmp_path: Path, suffix: str) -> None:
    one, other = (write(tmp_path / f"{name}{suffix}", ROWS).read_bytes() for name in "ab")
    assert one == other


@pytest.mark.parametrize("suffix", [*NESTED, *FLAT])
def test_a_failure_leaves_the_old_file(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"rows{suffix}"
    path.write_bytes(b"old")

    def rows() -> Iterator[dict]:
        yield {"a": "x"}
        raise KeyError

    with pytest.raises(KeyError), open_writer(path) as writer:
        any(map(writer.write, rows()))
    assert path.read_bytes() == b"old"
    assert len(list(tmp_path.iterdir())) == 1


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").mkdir()
    with pytest.raises(FileError, match="is a folder"), open_writer(tmp_path / "a.jsonl"):
        pass
    with pytest.raises(FileError, match="there is no folder"), open_writer(tmp_path / "no" / "a.jsonl"):
        pass
    with pytest.raises(DiskError, match="cannot be written"), open_writer(Path("/proc/a.jsonl")):
        pass


@pytest.mark.parametrize(
    ("name", "package", "extra"), [("a.parquet", "pyarrow", "parquet"), ("a.jsonl.zst", "zstandard", "zstd")]
)
def test_a_missing_package_names_its_extra(
    name: str, package: str, extra: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path / name, ROWS)
    monkeypatch.setitem(sys.modules, package, None)  # Python finds no such package then
    with pytest.raises(MissingExtraError) as told:
        rows_in(path)
    assert str(told.value).startswith(f"{path}: the package {package} is not installed.")
    assert told.value.hint == f"pip install 'synthgen[{extra}]'."


def test_reading_a_table_widens_the_limit_of_the_csv_module(tmp_path: Path) -> None:
    write(tmp_path / "a.csv", [{"a": "x" * 200_000}])
    assert len(rows_in(tmp_path / "a.csv")[0]["a"]) == 200_000
    assert csv.field_size_limit() >= 64 << 20
    assert set(MARKS.values()) == {",", "\t"}
