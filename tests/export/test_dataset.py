from __future__ import annotations

import json

import pytest

from synthgen.errors import DiskError
from synthgen.export.dataset import native_rows, write_dataset
from synthgen.records import Cell, Row, Slot, State, Turn


def row_of(number, text="How do I ask for repairs?"):
    slot = Slot(Cell("Repairs", "zh"), number, 0, {"tone": "calm", "年龄": "三十多岁"})
    turns = (Turn("user", text), Turn("assistant", "Write it down."))
    return Row(f"ab12-{number:06d}", slot, turns, State.ACCEPTED, risk=number == 2)


LINKS = [
    (1, [(3, "tiny", "query/zh.j2@sha256:1"), (7, "big", "reply/zh.j2@sha256:2")]),
    (2, [(3, "tiny", "query/zh.j2@sha256:1"), (8, "big", "reply/zh.j2@sha256:2"), (9, "big", "reply/zh.j2@sha256:2")]),
]


def test_a_row_says_what_it_is_and_where_it_came_from():
    first, second = native_rows("ab12", "generate", True, [row_of(1), row_of(2)], LINKS)
    assert first == {
        "id": "ab12-000001",
        "topic": "Repairs",
        "language": "zh",
        "facets": {"tone": "calm", "年龄": "三十多岁"},
        "messages": [
            {"role": "user", "content": "How do I ask for repairs?"},
            {"role": "assistant", "content": "Write it down."},
        ],
        "risk": False,
        "source": {"kind": "generate", "fake": True},
        "provenance": {
            "run": "ab12",
            "calls": [3, 7],
            "models": ["tiny", "big"],
            "templates": ["query/zh.j2@sha256:1", "reply/zh.j2@sha256:2"],
        },
    }
    assert second["risk"] is True
    assert second["provenance"]["calls"] == [3, 8, 9]
    assert second["provenance"]["models"] == ["tiny", "big"]
    assert len(second["provenance"]["templates"]) == 2


def test_rows_and_links_that_do_not_match_are_a_bug():
    with pytest.raises(ValueError, match="shorter"):
        list(native_rows("ab12", "generate", False, [row_of(1), row_of(2)], LINKS[:1]))


def test_a_line_is_a_row_whatever_it_holds(tmp_path):
    texts = ["plain", "two\nlines\r\nand\u2028more\u0085", '"quotes" \\ and\ttabs\x00', "押金🙂", ""]
    path = tmp_path / "dataset.jsonl"
    rows = [row_of(1, text) for text in texts]
    assert write_dataset(path, native_rows("ab12", "generate", False, rows, [LINKS[0]] * len(rows))) == len(texts)
    lines = path.read_bytes().split(b"\n")
    assert lines.pop() == b""
    assert [json.loads(line)["messages"][0]["content"] for line in lines] == texts
    assert "押金🙂" in path.read_text(encoding="utf-8")  # to be read by people too


def test_no_row_is_an_empty_file(tmp_path):
    assert write_dataset(tmp_path / "dataset.jsonl", []) == 0
    assert (tmp_path / "dataset.jsonl").read_bytes() == b""


def test_a_dataset_is_replaced_at_once_or_not_at_all(tmp_path):
    path = tmp_path / "dataset.jsonl"
    write_dataset(path, [{"id": 1}])

    def broken():
        yield {"id": 2}
        assert json.loads(path.read_text()) == {"id": 1}  # still the old one while the new one is written
        raise ValueError("a bug")

    with pytest.raises(ValueError, match="a bug"):
        write_dataset(path, broken())
    assert json.loads(path.read_text()) == {"id": 1}
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_not_there_is_told(tmp_path):
    with pytest.raises(DiskError, match=r"dataset\.jsonl: cannot be written: No such file or directory"):
        write_dataset(tmp_path / "gone" / "dataset.jsonl", [])
