"""Cards of real exports, from what these noted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from card_trials import row

from synthgen.card.parcel import parcel_of
from synthgen.card.writing import card_export
from synthgen.errors import UsageError
from synthgen.export.recipe import Exported, export
from synthgen.export.settings import ExportSettings


def exported_rows(folder: Path, *rows: dict[str, object], layout: str = "chat") -> Exported:
    path = folder / "rows.jsonl"
    path.write_text("".join(json.dumps(each) + "\n" for each in rows), encoding="utf-8")
    return export([path], ExportSettings(layout=layout, license="mit"), folder / "exported")


def test_a_card_tells_what_the_export_noted(tmp_path: Path) -> None:
    exported = exported_rows(tmp_path, row(1), row(2, language="zh"), {"id": "x", "note": "no dialogue"})
    card, metadata = card_export(exported, [tmp_path / "rows.jsonl"], license="mit", name="desk")
    text = card.read_text(encoding="utf-8")
    for line in ("| Luggage | 1 | 1 | 2 |", "| format | chat |", "| no dialogue | 1 |", "| `train` | 2 | 1 |"):
        assert line in text
    assert "| license |" not in text
    assert [*parcel_of(exported.folder).files] == ["README.md", "croissant.json", "train.jsonl"]
    assert str(tmp_path) not in text + metadata.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("source", "private"),
    [({"kind": "summarize"}, "transcripts"), ({"kind": "generate", "mode": "memo"}, "case reports")],
)
def test_of_rows_on_stdin_the_card_knows_what_the_export_noted(
    tmp_path: Path, source: dict[str, str], private: str
) -> None:
    rows = [row(1, source={**source, "fake": True}), row(2)]
    exported = exported_rows(tmp_path, *rows)
    card, _ = card_export(exported, ["-"], license="mit", name="desk")
    text = card.read_text(encoding="utf-8")
    assert "| Luggage | 2 | 2 |" in text
    assert "A trial, not for training" in text
    assert parcel_of(exported.folder).private == private


@pytest.mark.parametrize("layout", ["hf", "parquet", "csv", "chat", "psy-insight"])
def test_whatever_the_layout_rows_from_transcripts_are_known(tmp_path: Path, layout: str) -> None:
    exported = exported_rows(tmp_path, row(1), row(2, source={"kind": "summarize"}), layout=layout)
    card_export(exported, [tmp_path / "rows.jsonl"], license="mit", name="desk")
    assert parcel_of(exported.folder).private == "transcripts"


def test_a_license_that_nobody_knows_leaves_nothing(tmp_path: Path) -> None:
    exported = exported_rows(tmp_path, row(1))
    with pytest.raises(UsageError, match="is not a known license"):
        card_export(exported, [tmp_path / "rows.jsonl"], license="mine", name="desk")
    assert not (exported.folder / "README.md").exists()
