"""Run folders of other versions of synthgen, told before anything is done with them."""

from __future__ import annotations

import asyncio
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from synthgen.engine.session import stored_settings
from synthgen.errors import RunError
from synthgen.settings import Settings
from synthgen.store.ledger import Ledger


def noted(folder: Path, **values: Any) -> None:
    async def note() -> None:
        with closing(Ledger(folder, write=True)) as ledger:
            await ledger.note(**values)

    asyncio.run(note())


def test_settings_come_back_as_they_were_noted(tmp_path: Path) -> None:
    noted(tmp_path, recipe="generate", settings={"n": 7, "topics": "tenants"})
    assert stored_settings(tmp_path, "generate", Settings) == Settings(n=7, topics="tenants")


def test_a_run_of_another_version_is_told(tmp_path: Path) -> None:
    noted(tmp_path, recipe="generate", settings={"n": 7, "moods": 1, "aims": None})
    with pytest.raises(RunError, match=r"another version of synthgen, .* unknown to this one: aims, moods\.") as caught:
        stored_settings(tmp_path, "generate", Settings)
    assert str(tmp_path) in caught.value.message
    assert caught.value.hint
    assert "\n" not in str(caught.value)
