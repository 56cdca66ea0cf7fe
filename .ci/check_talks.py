"""Says whether conversations and labels that a model made are sound in form: `check_talks.py FOLDER... LABELLED`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from synthgen.catalog import load_spec

SPEC, _ = load_spec("psy_insight")


def rows_of(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "dataset.jsonl").read_text(encoding="utf-8").splitlines()]


def check_talk(row: dict[str, Any]) -> None:
    """Fail for a conversation that does not alternate, or is longer or shorter than its band."""
    low, _, high = row["turns"].partition("-")
    roles = [message["role"] for message in row["messages"]]
    assert roles == [("user", "assistant")[at % 2] for at in range(len(roles))], row["id"]
    assert int(low) <= len(roles) <= int(high), row["id"]
    assert all(message["content"].strip() for message in row["messages"]), row["id"]


def check_labels(row: dict[str, Any]) -> None:
    """Fail for a field that is neither filled from its list nor null with a reason."""
    missing = row["annotation"].get("missing", {})
    for name, field in SPEC.annotation.session.items():
        check_value(row["annotation"][name], field.labels, missing, f"session {name}")
    for number, message in enumerate(row["messages"], 1):
        fields = SPEC.annotation.user if message["role"] == "user" else SPEC.annotation.assistant
        for name, field in fields.items():
            holder = message["labels"] if field.labels else message
            check_value(holder[name], field.labels, missing, f"turn {number} {name}")


def check_value(value: Any, labels: str, missing: dict[str, str], where: str) -> None:
    if value is None:
        assert missing.get(where), f"{where}: empty, and nothing says why"
        return
    if labels:
        known = {label.name for label in SPEC.label_set(labels)}
        told = [value] if isinstance(value, str) else value
        assert told, where
        assert set(told) <= known, f"{where}: {told}"


def main() -> None:
    *talks, labelled = map(Path, sys.argv[1:])
    for folder in talks:
        for row in rows_of(folder):
            check_talk(row)
    rows = rows_of(labelled)
    assert rows
    for row in rows:
        check_labels(row)
    print(f"{len(talks)} runs of conversations and {len(rows)} labelled conversations are sound in form")


if __name__ == "__main__":
    main()
