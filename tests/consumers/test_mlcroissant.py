"""mlcroissant reads the metadata of every layout, and by it every row."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from synthgen.card.writing import card_export
from synthgen.export.layouts import LAYOUTS
from synthgen.export.recipe import export
from synthgen.export.settings import ExportSettings
from synthgen.recipes import generate
from synthgen.settings import Settings

# mlcroissant stands on parts of rdflib that are about to go.
pytestmark = [pytest.mark.consumers, pytest.mark.filterwarnings("ignore::DeprecationWarning")]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "run"
    generate(Settings(topics="tenant_advice", n=30, model="scripted"), folder)
    return folder


@pytest.mark.parametrize("layout", [name for name in LAYOUTS if not LAYOUTS[name].preferences])
def test_the_metadata_is_valid_and_leads_to_every_row(layout: str, run: Path, tmp_path: Path) -> None:
    mlcroissant = pytest.importorskip("mlcroissant")
    settings = ExportSettings(layout=layout, split={"train": 80, "test": 20}, license="cc-by-4.0")
    if layout == "hf":
        settings = replace(settings, shard_size=20_000)
    exported = export([run], settings, tmp_path / "exported")
    card_export(exported, [run], license="cc-by-4.0", name="Tenants")
    dataset = mlcroissant.Dataset(str(exported.folder / "croissant.json"))  # raises for metadata that is not valid
    assert not dataset.metadata.ctx.issues.errors
    for split, rows in exported.record["splits"].items():
        assert sum(1 for _ in dataset.records(split)) == rows
