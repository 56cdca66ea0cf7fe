"""What is told while files of rows are compared."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from synthgen.dedup.batch import dedup_files
from synthgen.dedup.pool import Pool
from synthgen.dedup.rules import Match, Rules
from synthgen.formats.watch import Watch, watched

TEXTS = ["The rent is late again.", "Who waters the plants?", "the rent is late again.", "The lift is out of order."]


def written(path: Path, texts: list[str]) -> Path:
    path.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts), encoding="utf-8")
    return path


def test_each_stage_is_told_row_by_row_to_its_end(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []

    def by_meaning(pool: Pool, matches: Mapping[int, Match], watch: Watch) -> Mapping[int, Match]:
        kept = [*watched([number for number in pool.in_order() if number not in matches], watch, "Meaning")]
        assert len(kept) == 2
        return {}

    result = dedup_files(
        [written(tmp_path / "one.jsonl", TEXTS[:2]), written(tmp_path / "two.jsonl", TEXTS[2:])],
        tmp_path / "out.jsonl",
        clusters=tmp_path / "clusters.jsonl",
        against=[written(tmp_path / "exam.jsonl", TEXTS[3:])],
        rules=Rules(fields=("text",)),
        compare=by_meaning,
        watch=lambda *now: told.append(now),
    )
    assert result.dropped == {"exact_duplicate": 1, "near_evaluation": 1}
    assert told == [
        ("Reading evaluation sets", 0, 0),
        *rows_told("Reading rows", 4, 0),
        *rows_told("Comparing rows", 4, 4),
        *rows_told("Meaning", 2, 0),
        *rows_told("Writing rows", 4, 4),
        ("Writing clusters", 0, 0),
    ]


def rows_told(doing: str, rows: int, of: int) -> Iterator[tuple[str, int, int]]:
    return ((doing, number, of) for number in range(1, rows + 1))
