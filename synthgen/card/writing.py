"""The card and the metadata of an export, written into its folder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from synthgen.card.card import dataset_card
from synthgen.card.croissant import croissant
from synthgen.card.facts import Facts, facts_of
from synthgen.card.files import CARD, CROISSANT, Written, WrittenFile
from synthgen.card.kinds import columns_in
from synthgen.export.recipe import Exported
from synthgen.files import json_aside, written_aside
from synthgen.formats.sources import STDIN


def card_export(exported: Exported, origins: Sequence[str | Path], *, license: str, name: str) -> list[Path]:
    """Write README.md and croissant.json beside the files of an export, and return their paths.

    `origins` are the runs and files that its rows came from, `name` is what people call the dataset. Raises UsageError
    for a license that is not known; else RunError, FileError, MissingExtraError or DiskError.
    """
    record = exported.record
    files = [
        WrittenFile(
            file.path,
            file.split,
            file.rows,
            file.bytes,
            file.hash.removeprefix("sha256:"),
            columns_in(exported.folder / file.path),
        )
        for file in exported.files
        if file.split
    ]
    written = _written(record)
    facts = [_told(record, written) if str(origin) == STDIN else facts_of(Path(origin)) for origin in origins]
    return write_card(exported.folder, facts, files, license=license, name=name, written=written)


def write_card(
    folder: Path, facts: Sequence[Facts], files: Sequence[WrittenFile], *, license: str, name: str, written: Written
) -> list[Path]:
    """Write README.md and croissant.json into a folder and return their paths.

    Arguments are those of `dataset_card`. Raises UsageError or DiskError.
    """
    card = dataset_card(facts, files, license=license, name=name, written=written)
    metadata = croissant(facts, files, license=license, name=name, written=written)
    with written_aside(folder / CARD) as file:
        file.write(card)
    json_aside(folder / CROISSANT, metadata)
    return [folder / CARD, folder / CROISSANT]


def _written(record: Mapping[str, Any]) -> Written:
    return Written(
        cells={(cell["topic"], cell["language"]): cell["rows"] for cell in record["cells"]},
        tasks=record.get("tasks", {}),
        left_out=record["left_out"],
        changed=record["changed"],
        settings={name: value for name, value in record["settings"].items() if name != "license"},
    )


def _told(record: Mapping[str, Any], written: Written) -> Facts:
    """Return what an export noted of rows that can be read once only."""
    return Facts(cells=written.cells, fake=bool(record["fake"]), private=record.get("private", ""))
