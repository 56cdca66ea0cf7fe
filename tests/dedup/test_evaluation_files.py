"""What of a row is looked for, where it has no shape that is known."""

from __future__ import annotations

import json
from pathlib import Path

from synthgen.dedup.evaluation_files import evaluation_texts, sought


def test_all_texts_of_a_row_are_looked_for_in_their_order() -> None:
    row = {"id": 3, "a": "One.", "b": ["Two.", {"c": "Three.", "d": [["Four."]]}], "e": "Five.", "f": None}
    texts = [text for text, *_ in sought(1, row).texts]
    assert texts == ["one.", "two.", "three.", "four.", "five."]


def test_a_text_is_found_however_deep_it_stands(tmp_path: Path) -> None:
    nested = json.dumps("Deep down.")
    for _ in range(450):
        nested = f'{{"a": [{nested}]}}'
    path = tmp_path / "deep.jsonl"
    path.write_text(f'{{"b": {nested}}}\n', encoding="utf-8")
    (found,) = evaluation_texts(path)
    assert [text for text, *_ in found.texts] == ["deep down."]
