"""Answers found by their questions: by text, by id and language, once each; and the names of their sets."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from note_trials import write_rows

from synthgen.engine.answer_sets import AnswerSet, asked_places, read_answers, records_of, set_names
from synthgen.errors import FileError
from synthgen.questions import DEFAULT_QUESTIONS, Question, questions_path, read_questions

QUESTIONS = [
    Question("1", "Deposit", "en", "Where is my deposit?"),
    Question("1", "Deposit", "zh", "我的押金在哪里？"),
    Question("2", "Repairs", "en", "Who mends the roof?", ("The landlord.",), risk=True),
]


def read(folder: Path, *rows: dict[str, Any]) -> AnswerSet:
    return read_answers(str(write_rows(folder / "made.jsonl", rows)), "made", QUESTIONS)


@pytest.mark.parametrize(
    "row",
    [
        {"question": " where is\nMY deposit？", "answer": "There."},
        {"messages": [{"role": "user", "content": QUESTIONS[0].text}, {"role": "assistant", "content": "There. "}]},
        {"conversations": [{"from": "human", "value": QUESTIONS[0].text}, {"from": "gpt", "value": "There."}]},
        {"instruction": QUESTIONS[0].text, "input": "", "output": "There."},
        {"system": "Be kind.", "prompt": QUESTIONS[0].text, "completion": "There."},
        # By the text, whatever the id is.
        {"id": "2", "question": QUESTIONS[0].text, "answer": "There."},
        # By the id, where there is no such text: in the language that is told, else in that of the answer.
        {"id": 1, "response": "There."},
        {"id": " 1 ", "question": "Something else?", "answer": "There."},
        {"id": "1", "language": "English", "text": "There."},
    ],
)
def test_an_answer_is_known_by_its_text_else_by_its_id(row: dict[str, Any], tmp_path: Path) -> None:
    assert read(tmp_path, row) == AnswerSet("made", {0: "There."})


def test_of_one_id_each_language_has_its_own(tmp_path: Path) -> None:
    found = read(tmp_path, {"id": "1", "output": "在房东那里。"}, {"id": "1", "output": "With the landlord."})
    assert found.answers == {0: "With the landlord.", 1: "在房东那里。"}
    assert read(tmp_path, {"id": "1", "language": "zh", "output": "OK."}).answers == {1: "OK."}


def test_of_a_longer_talk_the_first_answer_counts(tmp_path: Path) -> None:
    said = [QUESTIONS[2].text, "The landlord.", "And who pays?", "He too."]
    messages = [{"role": ("user", "assistant")[at % 2], "content": text} for at, text in enumerate(said)]
    assert read(tmp_path, {"messages": messages}).answers == {2: "The landlord."}


def test_what_matches_nothing_or_again_is_counted(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        {"id": "1", "answer": "There."},
        {"question": QUESTIONS[0].text, "answer": "Here."},
        {"id": "9", "answer": "There."},
        {"id": "1", "language": "fr", "answer": "Ici."},
        {"title": "nothing"},
    )
    assert found == AnswerSet("made", {0: "There."}, unmatched=3, spare=1)


def test_an_empty_answer_is_none_and_keeps_no_place(tmp_path: Path) -> None:
    found = read(tmp_path, {"id": "1", "answer": "  "}, {"id": "1", "answer": "There."}, {"id": "2", "answer": ""})
    assert found == AnswerSet("made", {0: "There."})


def test_a_question_that_stands_twice_has_its_answer_twice(tmp_path: Path) -> None:
    twice = [*QUESTIONS, Question("3", "Repairs", "en", QUESTIONS[0].text)]
    path = write_rows(tmp_path / "made.jsonl", [{"question": QUESTIONS[0].text, "answer": "There."}])
    assert read_answers(str(path), "made", twice).answers == {0: "There.", 3: "There."}


@pytest.mark.parametrize("rows", [[{"id": "9", "answer": "There."}], [{"id": "1", "answer": ""}], [{"id": "1"}]])
def test_a_file_that_answers_nothing_is_told(rows: list[dict[str, Any]], tmp_path: Path) -> None:
    with pytest.raises(FileError, match=r"made.jsonl: answers none of the 3 questions"):
        read(tmp_path, *rows)


def test_what_was_made_from_transcripts_is_told(tmp_path: Path) -> None:
    here, there = {"id": "1", "answer": "There."}, {"id": "9", "source": {"kind": "summarize"}}
    assert (read(tmp_path, here).private, read(tmp_path, here, there).private) == ("", "transcripts")


@pytest.mark.parametrize(
    ("paths", "models", "names"),
    [
        (["a.jsonl", "x/b.jsonl.gz", "c.csv"], [], ["a", "b", "c"]),
        (["runs/one", "runs/two/dataset.jsonl", "runs/three/"], ["openai:m"], ["one", "two", "three", "openai:m"]),
        # What stands behind a point may be of the name.
        (["llama-3.1.jsonl", "llama-3.2.jsonl", "qwen2.5-7b.json"], [], ["llama-3.1", "llama-3.2", "qwen2.5-7b"]),
        (["x/a.jsonl", "y/a.jsonl"], ["m", "m"], ["a (1)", "a (2)", "m (1)", "m (2)"]),
        (["x/a.jsonl", "a (1).jsonl", "a.csv"], [], ["a (2)", "a (1)", "a (3)"]),
        (["dataset.jsonl", "-", ".", ".hidden"], [], ["dataset", "-", ".", ".hidden"]),
    ],
)
def test_no_two_sets_have_one_name(paths: list[str], models: list[str], names: list[str]) -> None:
    assert set_names(paths, models) == names


def test_asked_is_what_any_set_answers_or_all() -> None:
    sets = [AnswerSet("a", {2: "x"}), AnswerSet("b", {0: "y", 2: "z"})]
    assert asked_places(QUESTIONS, sets) == [0, 2]
    assert asked_places(QUESTIONS, []) == [0, 1, 2]
    first, last = records_of(QUESTIONS, sets)
    assert [turn["content"] for turn in first["messages"]] == ["Where is my deposit?", "", "y"]
    assert last == {
        "id": "2",
        "topic": "Repairs",
        "language": "en",
        "risk": True,
        "references": ["The landlord."],
        "messages": [
            {"role": "user", "content": "Who mends the roof?"},
            {"role": "assistant", "content": "x"},
            {"role": "assistant", "content": "z"},
        ],
    }


def test_the_bundled_questions_are_there_in_both_languages() -> None:
    questions = read_questions(questions_path(DEFAULT_QUESTIONS))
    assert len(questions) == len({(each.id, each.language) for each in questions}) == 400
    for language in ("en", "zh"):
        own = read_questions(questions_path(DEFAULT_QUESTIONS), [language])
        assert (len(own), sum(each.risk for each in own)) == (200, 20)
        assert {each.language for each in own} == {language}
    assert all(each.topic and each.text and not each.references for each in questions)


@pytest.mark.parametrize(
    ("row", "wanted"),
    [
        ({"id": 7, "question": "Why? "}, Question("7", "", "en", "Why?")),
        ({"prompt": "为什么？", "topic": "Deposit"}, Question("4", "Deposit", "zh", "为什么？")),
        ({"text": "Why?", "language": "German"}, Question("4", "", "German", "Why?")),
        ({"question": "Why?", "answer": "So."}, Question("4", "", "en", "Why?", ("So.",))),
        (
            {"question": "Why?", "answer": "So.", "references": ["Thus.", " ", 3]},
            Question("4", "", "en", "Why?", ("Thus.", "3")),
        ),
        ({"question": {"zh": "为什么？", "en": " "}, "risk": True}, Question("4", "", "zh", "为什么？", (), risk=True)),
        (
            {"question": {"en": "Why?"}, "gold": {"en": "So.", "zh": "因为"}, "crisis": "yes"},
            Question("4", "", "en", "Why?", ("So.",)),
        ),
    ],
)
def test_a_question_is_read_from_rows_of_many_shapes(row: dict[str, Any], wanted: Question, tmp_path: Path) -> None:
    path = tmp_path / "asked.jsonl"
    path.write_text(f"{{}}\n{{}}\n{{}}\n{json.dumps(row)}\n", encoding="utf-8")
    assert read_questions(path) == [wanted]
