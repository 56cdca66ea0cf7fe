"""Questions and their references as rows of users' files hold them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from synthgen.questions import read_questions


def references_of(row: dict[str, Any], folder: Path) -> tuple[str, ...]:
    path = folder / "questions.jsonl"
    path.write_text(json.dumps({"question": "How many legs has a spider?"} | row) + "\n")
    (question,) = read_questions(path)
    return question.references


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("Eight.", ("Eight.",)),
        ([" Eight. ", "8"], ("Eight.", "8")),
        (8, ("8",)),
        (0, ("0",)),
        (2.5, ("2.5",)),
        (["Eight.", 8, None, True, " ", {"a": "b"}], ("Eight.", "8")),
        (True, ()),
        (False, ()),
        (None, ()),
        ("", ()),
        ([], ()),
        ({"fr": "Huit."}, ()),
    ],
)
@pytest.mark.parametrize("key", ["references", "reference", "gold"])
def test_references_are_texts_and_numbers(key: str, value: Any, found: tuple[str, ...], tmp_path: Path) -> None:
    assert references_of({key: value}, tmp_path) == found


def test_a_key_without_any_gives_way_to_the_next(tmp_path: Path) -> None:
    assert references_of({"references": True, "reference": [], "gold": 8}, tmp_path) == ("8",)


def test_references_by_language_belong_to_the_question_in_it(tmp_path: Path) -> None:
    path = tmp_path / "questions.jsonl"
    row = {"question": {"en": "How many?", "zh": "几条？"}, "reference": {"en": 8, "zh": ["八条", True]}}
    path.write_text(json.dumps(row) + "\n")
    assert [question.references for question in read_questions(path)] == [("8",), ("八条",)]


def test_a_question_without_a_language_is_told_among_those_that_it_may_have(tmp_path: Path) -> None:
    path = tmp_path / "questions.jsonl"
    rows = [{"id": 0, "question": "Wie viele Beine hat eine Spinne?"}, {"question": "How many legs has a spider?"}]
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    assert [(each.id, each.language) for each in read_questions(path, among=["en", "de"])] == [("0", "de"), ("2", "en")]
    assert [each.id for each in read_questions(path, ["de"], among=["en"])] == ["0"]
    assert {each.language for each in read_questions(path)} == {"en"}
