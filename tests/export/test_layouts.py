"""Every layout, held to what its readers say of it."""

from __future__ import annotations

import csv
import json
import random
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from export_trials import contents, exported, lines, native_row, talk

from synthgen.errors import UsageError
from synthgen.export.layouts import LAYOUTS
from synthgen.export.recipe import export
from synthgen.export.settings import ExportSettings
from synthgen.formats.rows import read_rows
from synthgen.formats.shapes import dialogue_of

SYSTEM = {"role": "system", "content": "Be kind, and brief."}
ROWS = [
    native_row(1),
    native_row(2, turns=6, approach="cbt"),
    native_row(3, turns=4, scores={"warmth": 7, "mean": 6.5, "odd": None}),
    {**native_row(4), "messages": [SYSTEM, *native_row(4)["messages"]]},
    native_row(5, topic="睡眠", language="zh", messages=[
        {"role": "user", "content": "半夜三点就醒，\"怎么办\"？\n再也睡不着。"},
        {"role": "assistant", "content": "先起身，喝口水，别看钟。🙂"},
    ]),
]  # fmt: skip


def test_chat_passes_the_checks_that_openai_documents() -> None:
    exported(ROWS, "chat")
    for record in lines("out/train.jsonl"):
        assert record.keys() == {"messages"}
        for message in record["messages"]:
            assert message.keys() <= {"role", "content", "name", "weight"}
            assert message["role"] in ("system", "user", "assistant")
            assert isinstance(message["content"], str)
            assert message["content"]
        assert record["messages"][-1]["role"] == "assistant"
    assert [record["messages"] for record in lines("out/train.jsonl")] == [row["messages"] for row in ROWS]


def test_the_loss_can_be_on_the_last_turn_alone() -> None:
    exported([native_row(1, turns=6)], "chat", last_only=True)
    (record,) = lines("out/train.jsonl")
    assert [message.get("weight") for message in record["messages"]] == [None, 0, None, 0, None, 1]
    exported([native_row(1, turns=4)], "sharegpt", last_only=True)
    (record,) = lines("out/train.jsonl")
    assert [turn["train"] for turn in record["conversations"]] == [False, False, False, True]


def test_sharegpt_has_the_columns_and_tags_of_its_entry() -> None:
    exported(ROWS, "sharegpt", split={"train": 3.0, "test": 2.0})
    info = json.loads(Path("out/dataset_info.json").read_text())
    assert list(info) == ["rows_train", "rows_test"]
    count = 0
    for entry in info.values():
        columns, tags = entry["columns"], entry["tags"]
        assert entry["formatting"] == "sharegpt"
        for record in lines(Path("out") / entry["file_name"]):
            count += 1
            said = record[columns["messages"]]
            assert isinstance(record[columns["system"]], str)
            assert [turn[tags["role_tag"]] for turn in said] == [tags["user_tag"], tags["assistant_tag"]] * (
                len(said) // 2
            )
            assert all(turn[tags["content_tag"]] for turn in said)
    assert count == len(ROWS)


def test_sharegpt_calls_the_sides_as_it_is_told() -> None:
    exported(ROWS, "sharegpt", roles={"user": "Client", "assistant": "Counselor"})
    tags = json.loads(Path("out/dataset_info.json").read_text())["rows_train"]["tags"]
    assert (tags["user_tag"], tags["assistant_tag"]) == ("Client", "Counselor")
    assert {turn["from"] for record in lines("out/train.jsonl") for turn in record["conversations"]} == {
        "Client",
        "Counselor",
    }


def test_alpaca_holds_the_last_round_with_those_before_as_history() -> None:
    exported(ROWS, "alpaca")
    columns = json.loads(Path("out/dataset_info.json").read_text())["rows_train"]["columns"]
    assert columns == {
        "prompt": "instruction",
        "query": "input",
        "response": "output",
        "system": "system",
        "history": "history",
    }
    records = lines("out/train.jsonl")
    assert all(record.keys() == set(columns.values()) for record in records)
    texts = [message["content"] for message in ROWS[1]["messages"]]
    assert records[0] == {
        "instruction": texts[4],
        "input": "",
        "output": texts[5],
        "system": "",
        "history": [texts[:2], texts[2:4]],
    }
    assert records[3]["system"] == SYSTEM["content"]


def test_the_first_row_of_alpaca_has_a_history_if_any_has() -> None:
    """A column's type is told by the first rows: see tests/consumers."""
    rows = [native_row(number, turns=6 if number in (7, 9) else 2) for number in range(12)]
    exported(rows, "alpaca")
    found = [record["output"] for record in lines("out/train.jsonl")]
    wanted = [row["messages"][-1]["content"] for row in (rows[7], *rows[:7], *rows[8:])]
    assert found == wanted
    exported(rows[8:], "alpaca", split={"train": 1.0, "test": 1.0})
    assert sorted(path.name for path in Path("out").iterdir() if path.suffix == ".jsonl") == [
        "test.jsonl",
        "train.jsonl",
    ]


@pytest.mark.parametrize("layout", ["chat", "sharegpt"])
def test_a_dialogue_comes_back_as_it_was(layout: str) -> None:
    exported(ROWS, layout)
    turns = [dialogue_of(row) for _, row in read_rows("out/train.jsonl")]
    assert turns == [dialogue_of(row) for row in ROWS]


def test_mentalchat_has_its_columns_and_the_topic_and_pairs_alone() -> None:
    record = exported(ROWS, "mentalchat16k", system="Answer as a counselor.").record
    with open("out/train.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == ["instruction", "input", "output", "topic"]
    assert [row["topic"] for row in rows] == ["Topic 1", "Topic 1", "睡眠"]
    assert {row["instruction"] for row in rows} == {"Answer as a counselor."}
    assert rows[2]["input"] == ROWS[4]["messages"][0]["content"]
    assert record["left_out"] == {"more_than_a_pair": 2}
    assert [each["id"] for each in lines("out/left_out.jsonl")] == [ROWS[1]["id"], ROWS[2]["id"]]


@pytest.mark.parametrize("layout", ["parquet", "hf"])
def test_columns_are_typed_and_hold_nothing_else(layout: str) -> None:
    result = exported(ROWS, layout)
    table = pq.read_table(result.paths[0])
    text = pa.string()
    assert table.schema == pa.schema(
        {
            "id": text,
            "topic": text,
            "language": text,
            "turns": pa.int32(),
            "approach": text,
            "task": text,
            "source": text,
            "scores": pa.list_(pa.struct({"metric": text, "points": pa.float64()})),
            "messages": pa.list_(pa.struct({"role": text, "content": text})),
        }
    )
    rows = table.to_pylist()
    assert [row["messages"] for row in rows] == [row["messages"] for row in ROWS]
    assert [row["turns"] for row in rows] == [2, 6, 4, 2, 2]
    assert rows[1]["approach"] == "cbt"
    assert rows[2]["scores"] == [{"metric": "warmth", "points": 7.0}, {"metric": "mean", "points": 6.5}]
    assert {row["source"] for row in rows} == {"generate"}
    assert b"stays here" not in result.paths[0].read_bytes()


def test_csv_holds_texts_and_json() -> None:
    exported(ROWS, "csv")
    with open("out/train.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [json.loads(row["messages"]) for row in rows] == [row["messages"] for row in ROWS]
    assert [row["turns"] for row in rows] == ["2", "6", "4", "2", "2"]
    assert json.loads(rows[2]["scores"]) == {"warmth": 7, "mean": 6.5}


def test_shards_are_named_by_how_many_there_are() -> None:
    rows = [native_row(number, turns=8) for number in range(2_500)]
    result = exported(rows, "hf", shard_size=700_000)
    names = [file.path for file in result.files]
    assert names == [f"data/train-{at:05d}-of-{len(names):05d}.parquet" for at in range(len(names))]
    assert [file.rows for file in result.files] == [1_000, 1_000, 500]
    found = [row["id"] for path in result.paths for row in pq.read_table(path).to_pylist()]
    assert found == [row["id"] for row in rows]


@pytest.mark.parametrize("size", [10_000, 30_000])
def test_a_shard_is_hardly_larger_than_it_is_to_be(size: int) -> None:
    rows = [native_row(number, turns=2 + number % 5) for number in range(300)]
    files = exported(rows, "hf", shard_size=size).files
    assert len(files) >= 3
    assert max(file.bytes for file in files) < 1.1 * size
    assert sum(file.rows for file in files) == 300
    assert sorted(file.bytes for file in files)[1] > size / 3


def test_a_row_that_is_larger_than_a_shard_stands_alone() -> None:
    rows = [native_row(number) for number in range(5)]
    draw = random.Random(1)
    rows[2]["messages"][0]["content"] = "".join(chr(draw.randrange(0x4E00, 0x9000)) for _ in range(10_000))
    assert [file.rows for file in exported(rows, "hf", shard_size=20_000).files] == [2, 1, 2]
    assert [file.rows for file in exported(rows, "hf", shard_size=1).files] == [1] * 5


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_same_rows_give_the_same_bytes(layout: str) -> None:
    rows = [native_row(number, turns=2, scores={"mean": number % 4}) for number in range(40)]
    # Asked once more and answered otherwise.
    rows += [
        native_row(100 + at, scores={"mean": 9}, messages=[row["messages"][0], talk(100 + at)[1]])
        for at, row in enumerate(rows[1:20])
    ]
    split = {"train": 80.0, "test": 20.0}
    exported(rows, layout, split=split)
    first = contents(Path("out"))
    exported(rows, layout, split=split)
    assert contents(Path("out")) == first
    stems = {Path(name).name.partition(".")[0].partition("-")[0] for name in first}
    assert stems >= {"train", "test", "export"}


@pytest.mark.parametrize("layout", sorted(set(LAYOUTS) - {"dpo", "psy-insight"}))
def test_half_of_a_surrogate_pair_harms_no_file(layout: str) -> None:
    row = native_row(1)
    row["messages"][0]["content"] = "Half \ud83d a pair, \u0000 and a nul."
    path = Path("rows.jsonl")
    path.write_text(json.dumps(row) + "\n", encoding="utf-8")
    found = export([path], ExportSettings(layout), Path("out")).paths[0].read_bytes()
    assert b"Half ? a pair" in found
    assert "\ud83d".encode("utf-8", "surrogatepass") not in found


@pytest.mark.parametrize(
    ("layout", "settings", "words"),
    [
        ("alpaca", {"roles": {"user": "Client"}}, "--roles"),
        ("csv", {"last_only": True}, "--train-on last"),
        ("chat", {"max_tokens": 100}, "--tokenizer"),
        ("chat", {"similarity": 0.2}, "--similarity 0.2"),
        ("hf", {"shard_size": 0}, "--shard-size"),
        ("dpo", {"margin": -1.0}, "--margin -1"),
        ("chat", {"margin": 0.0}, "--margin: --format chat"),
        ("chat", {"score_field": "scores.mean"}, "--score-field: --format chat"),
        ("parquet", {"shard_size": 10_000_000}, "--shard-size: --format parquet"),
        ("dpo", {"tasks": "all"}, "--tasks"),
        ("psy-insight", {"tasks": "all"}, "--tasks"),
        ("chat", {"tasks": "all", "system": "Be kind."}, "--tasks and --system"),
        ("chatml", {}, "no such format"),
    ],
)
def test_what_a_layout_cannot_have_is_told(layout: str, settings: dict[str, Any], words: str) -> None:
    with pytest.raises(UsageError, match=words):
        exported(ROWS, layout, **settings)
    assert not Path("out").exists()
