"""The stand-in of the Hub, and a folder to push to it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from card_trials import row, run_of, write_export
from hub_stand_in import TOKEN, Hub, standing_in


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    with standing_in() as standing:
        monkeypatch.setenv("HF_ENDPOINT", standing.url)
        monkeypatch.setenv("HF_TOKEN", TOKEN)
        yield standing


@pytest.fixture
def exported(tmp_path: Path) -> Path:
    return write_export(tmp_path / "exported", {"train": [row(1), row(2), row(3)], "test": [row(4)]})


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return run_of(tmp_path_factory.mktemp("made") / "run")


@pytest.fixture
def run(made_once: Path, tmp_path: Path) -> Path:
    """A run of twelve rows, the same in all tests."""
    return Path(shutil.copytree(made_once, tmp_path / "run"))
