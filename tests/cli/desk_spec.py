"""A small spec of a domain of its own."""

from __future__ import annotations

from pathlib import Path

DESK = """
name: library_desk
description: Questions that readers bring to the desk.
roles: {user: reader, assistant: librarian}
facets: {tone: {calm: 2, upset: 1}}
topics:
  - {name: Loans, weight: 3, seeds: ["Can I keep the blue atlas for another week while I am in bed with a cold?"]}
  - {name: "Fees [bold]", weight: 1, names: {zh: 费用}}
query: {words: [40, 80], batch_size: 4}
reply: {words: [40, 120]}
"""


def write_desk(folder: Path) -> Path:
    path = folder / "library.yaml"
    path.write_text(DESK, encoding="utf-8")
    return path
