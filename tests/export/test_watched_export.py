"""What is told while rows are exported: each pass over them, with how many there are once that is known."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from export_trials import native_row, talk, write_rows

from synthgen.export.recipe import export
from synthgen.export.settings import ExportSettings

ROWS = 12
ROUNDS = 160


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def passes(rows: list[dict[str, Any]], layout: str, **settings: Any) -> list[tuple[str, int, int]]:
    """Return what was told last of each stage of an export."""
    told: list[tuple[str, int, int]] = []
    path = write_rows(Path("rows.jsonl"), rows)
    export([path], ExportSettings(layout, **settings), Path("out"), lambda *now: told.append(now))
    return [list(stage)[-1] for _, stage in groupby(told, key=lambda now: now[0])]


def test_a_single_pass_has_no_end_that_is_known() -> None:
    assert passes([native_row(number) for number in range(ROWS)], "chat") == [("Writing rows", ROWS, 0)]


def test_every_pass_and_every_stage_between_is_told() -> None:
    rows = [native_row(number) for number in range(ROWS)] + [{"text": "no dialogue"}]
    exam = write_rows(Path("exam.jsonl"), [{"question": talk(3)[0]["content"]}])
    told = passes(rows, "chat", split={"train": 3.0, "test": 1.0}, decontaminate=(exam,))
    assert told == [
        ("Reading evaluation sets", 0, 0),
        ("Looking for rows of evaluation sets", ROWS + 1, 0),
        ("Reading rows", 1, ROWS + 1),
        ("Reading rows to split", ROWS + 1, ROWS + 1),
        ("Comparing queries in rounds", ROUNDS, ROUNDS),
        ("Comparing replies in rounds", ROUNDS, ROUNDS),
        ("Comparing dialogues in rounds", ROUNDS, ROUNDS),
        ("Comparing turns", 0, 0),
        ("Dealing groups to splits", ROWS - 1, ROWS - 1),
        ("Writing rows", ROWS + 1, ROWS + 1),
    ]


def test_pairs_are_looked_for_before_they_are_written() -> None:
    question = [{"role": "user", "content": "Where is the night bus?"}]
    rows = [
        {"messages": [*question, {"role": "assistant", "content": answer}], "scores": {"mean": mean}}
        for answer, mean in (("At the north gate.", 9), ("No idea.", 2))
    ]
    assert passes(rows, "dpo") == [("Pairing answers", 2, 0), ("Writing rows", 2, 2)]
