"""Says whether the scores that a real model gave are sound in form: `check_scores.py FOLDER ROWS`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from synthgen.rubrics import load_rubric


def main() -> None:
    folder, rows = Path(sys.argv[1]), int(sys.argv[2])
    figures = json.loads((folder / "scores.json").read_text(encoding="utf-8"))
    rubric, _ = load_rubric(figures["rubric"])
    low, high = rubric.scale
    judged = [json.loads(line) for line in (folder / "verdicts.jsonl").read_text(encoding="utf-8").splitlines()]
    assert len(judged) == rows, len(judged)
    for row in judged:
        for verdict in (verdict for own in row["verdicts"] for verdict in own):
            assert {*verdict["scores"], *verdict["failures"]} == {metric.name for metric in rubric.metrics}, row["id"]
            for score in verdict["scores"].values():
                assert isinstance(score["points"], int), row["id"]
                assert low <= score["points"] <= high, row["id"]
    print(f"the scores of {rows} rows are sound in form")


if __name__ == "__main__":
    main()
