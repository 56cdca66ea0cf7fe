"""Croissant metadata, as far as JSON shows it; tests/consumers has mlcroissant read it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from card_trials import row, write_export

from synthgen.card.croissant import croissant, encoding_of
from synthgen.card.facts import Facts
from synthgen.card.fields import fields_of
from synthgen.card.files import Kind, WrittenFile
from synthgen.errors import UsageError

NOTHING = Facts(cells={})


def file_of(path: str, split: str, rows: int = 2) -> WrittenFile:
    return WrittenFile(path, split, rows, 1_000, "ab" * 32, {"id": "text"})


def metadata(*files: WrittenFile) -> dict[str, Any]:
    return croissant([NOTHING], files, license="mit", name="desk")


def ids(value: Any) -> Iterator[str]:
    """Yield the ids that are given, and not those that are only referred to."""
    if isinstance(value, dict):
        if "@type" in value and "@id" in value:
            yield value["@id"]
        for below in value.values():
            yield from ids(below)
    elif isinstance(value, list):
        for below in value:
            yield from ids(below)


def test_every_file_is_there_with_its_hash(tmp_path: Path) -> None:
    folder = write_export(tmp_path / "exported", {"train": [row(1), row(2)], "test": [row(3)]})
    said = json.loads((folder / "croissant.json").read_text(encoding="utf-8"))
    assert said["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert said["description"] == "Dialogues made by synthgen: 3 rows (2 in train, 1 in test)."
    assert said["inLanguage"] == ["en"]
    for entry in said["distribution"]:
        content = (folder / entry["contentUrl"]).read_bytes()
        assert entry["sha256"] == hashlib.sha256(content).hexdigest()
        assert entry["contentSize"] == f"{len(content)} B"
        assert entry["encodingFormat"] == "application/jsonlines"
    assert [records["@id"] for records in said["recordSet"]] == ["train", "test"]


def test_shards_of_a_split_are_one_set() -> None:
    said = metadata(
        file_of("data/a.parquet", "train"), file_of("t.parquet", "test"), file_of("data/b.parquet", "train")
    )
    *_, together, _ = said["distribution"]
    assert together["@type"] == "cr:FileSet"
    assert together["includes"] == ["data/a.parquet", "data/b.parquet"]
    train, test = said["recordSet"]
    assert train["field"][0]["source"]["fileSet"] == {"@id": together["@id"]}
    assert train["description"] == "The 4 rows of train."
    assert test["field"][0]["source"]["fileObject"] == {"@id": "t.parquet"}


def test_ids_are_given_once_and_hold_no_white_space() -> None:
    columns: dict[str, Kind] = {
        "a b": "text",
        "a_b": "text",
        "turns": [{"emotional label": ["text"], "x": {"y": "number"}}],
    }
    fields = fields_of("train", columns, {"fileObject": {"@id": "rows"}}, in_lines=True)
    given = list(ids(fields))
    assert len(given) == len(set(given)) == 6
    assert not [each for each in given if re.search(r"\s", each)]
    assert [field["name"] for field in fields] == list(columns)


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("integer", {"dataType": "sc:Integer"}),
        ("number", {"dataType": "sc:Float"}),
        ("boolean", {"dataType": "sc:Boolean"}),
        (["text"], {"dataType": "sc:Text", "isArray": True, "arrayShape": "-1"}),
        ([["text"]], {"dataType": "sc:Text", "isArray": True, "arrayShape": "-1,-1"}),
    ],
)
def test_a_column_has_its_type(kind: Any, said: dict[str, Any]) -> None:
    (field,) = fields_of("train", {"column": kind}, {}, in_lines=True)
    assert said.items() <= field.items()
    assert field["source"] == {"extract": {"column": "column"}}


def test_what_stands_within_a_column_is_found_by_its_path() -> None:
    columns: dict[str, Kind] = {"turns": [{"labels": [{"it's": "text"}], "about": {"who": {"age": "integer"}}}]}
    (turns,) = fields_of("train", columns, {}, in_lines=True)
    labels, about = turns["subField"]
    assert labels["subField"][0]["source"]["transform"] == {"jsonPath": "labels[*].'it\\'s'"}
    assert about["subField"][0]["subField"][0]["source"]["transform"] == {"jsonPath": "about.who.age"}


def test_a_file_that_is_one_list_is_gone_through() -> None:
    said = metadata(WrittenFile("rows.json", "train", 1, 9, "ab" * 32, {"a b": "text", "turns": [{"who": "text"}]}))
    plain, turns = said["recordSet"][0]["field"]
    assert plain["source"]["extract"] == {"jsonPath": "$[*].'a b'"}
    assert turns["source"]["extract"] == turns["subField"][0]["source"]["extract"] == {"jsonPath": "$[*].turns"}


@pytest.mark.parametrize(
    ("path", "encoding"),
    [
        ("a/b.parquet", "application/x-parquet"),
        ("b.JSONL", "application/jsonlines"),
        ("b.json", "application/json"),
        ("b.csv", "text/csv"),
        ("b.tsv", "text/tab-separated-values"),
        ("b.bin", "application/octet-stream"),
    ],
)
def test_a_file_has_the_media_type_of_its_name(path: str, encoding: str) -> None:
    assert encoding_of(path) == encoding


def test_private_sources_are_among_the_keywords() -> None:
    said = croissant([Facts(cells={}, private="transcripts")], [file_of("a.csv", "train")], license="mit", name="x\ny")
    assert said["keywords"] == ["synthetic", "synthgen", "from-transcripts"]
    assert said["name"] == "x y"


def test_a_license_that_nobody_knows_is_refused() -> None:
    with pytest.raises(UsageError, match="is not a known license"):
        croissant([NOTHING], [file_of("a.csv", "train")], license="mine", name="x")
