"""Exports loaded by `datasets`, as `load_dataset(folder)` does it."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

from synthgen.export.recipe import Exported

pytestmark = [pytest.mark.consumers, pytest.mark.filterwarnings("default")]

Package = Callable[[str], ModuleType]
Write = Callable[..., Exported]
SPLIT = {"train": 8.0, "validation": 1.0, "test": 1.0}
LAYOUTS = ["chat", "sharegpt", "alpaca", "mentalchat16k", "parquet", "hf", "csv", "psy-insight"]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_folder_is_loaded_with_its_splits(
    package: Package, exported: Write, rows: list[dict[str, Any]], layout: str
) -> None:
    written = exported(rows, layout, split=SPLIT)
    found = package("datasets").load_dataset(str(written.folder))
    assert {split: len(found[split]) for split in found} == written.record["splits"]
    assert list(found) == list(SPLIT)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_folder_without_splits_is_one_for_training(
    package: Package, exported: Write, rows: list[dict[str, Any]], layout: str
) -> None:
    written = exported(rows, layout)
    found = package("datasets").load_dataset(str(written.folder))
    assert {split: len(found[split]) for split in found} == {"train": written.record["rows"]["written"]}


def test_the_features_of_hf_are_those_of_dialogues(
    package: Package, exported: Write, rows: list[dict[str, Any]]
) -> None:
    datasets = package("datasets")
    written = exported(rows, "hf", shard_size=1)
    found = datasets.load_dataset(str(written.folder), split="train")
    value = datasets.Value
    assert found.features["turns"] == value("int32")
    assert found.features["messages"] == datasets.List({"role": value("string"), "content": value("string")})
    assert found.features["scores"] == datasets.List({"metric": value("string"), "points": value("float64")})
    assert [row["messages"] for row in found] == [row["messages"] for row in rows]


def test_rows_without_history_may_come_first(package: Package, exported: Write, rows: list[dict[str, Any]]) -> None:
    """A column that is empty for the first ten megabytes still takes what comes after."""
    pairs = [
        {"id": f"pair-{number}", "question": "Why? " * 400, "answer": f"Because of {number}."}
        for number in range(7_000)
    ]
    written = exported([*pairs, *rows], "alpaca")
    found = package("datasets").load_dataset(str(written.folder), split="train")
    assert len(found) == len(pairs) + len(rows)
    assert max(len(history) for history in found["history"]) == 2


def test_shards_are_streamed(package: Package, exported: Write, rows: list[dict[str, Any]]) -> None:
    written = exported(rows, "hf")
    found = package("datasets").load_dataset(str(written.folder), split="train", streaming=True)
    assert [row["id"] for row in found] == [row["id"] for row in rows]
