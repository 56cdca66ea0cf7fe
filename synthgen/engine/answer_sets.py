"""Answers to the same questions out of files and runs, found by the question's text, else by its id."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from synthgen.errors import FileError
from synthgen.formats.private import private_source
from synthgen.formats.records import own_id
from synthgen.formats.rows import read_rows
from synthgen.formats.shapes import dialogue_of, language_of
from synthgen.formats.sources import DATASET
from synthgen.questions import Question, first_round
from synthgen.records import Turn
from synthgen.store.private import private_run
from synthgen.text import normalize

_ANSWER_KEYS = ("answer", "response", "reply", "output", "completion", "prediction", "generation", "text")


@dataclass(frozen=True, slots=True)
class AnswerSet:
    """The answers of one file or run, by the places of the questions in their list; of an empty one nothing is kept.

    `unmatched` rows answer none of them and `spare` rows one that has an answer already. `private` says what some
    were made from that is so, "" for nothing of the kind.
    """

    name: str
    answers: Mapping[int, str]
    unmatched: int = 0
    spare: int = 0
    private: str = ""


def read_answers(path: str, name: str, questions: Sequence[Question]) -> AnswerSet:
    """Return the answers in a file or a run. Raises FileError where none belongs to a question."""
    by_text, by_id = _places(questions)
    languages = dict.fromkeys(question.language for question in questions)
    answers: dict[int, str] = {}
    unmatched = spare = 0
    private = private_run(path)
    for _, row in read_rows(path):
        private = private or private_source(row)
        message, answer = _round(row)
        places = by_text.get(normalize(message), []) if message else []
        if not places and (named := own_id(row)):
            places = by_id.get((named, language_of(row, (Turn("assistant", answer),), languages)), [])
        unmatched += not places
        for place in places if answer else ():
            spare += place in answers
            answers.setdefault(place, answer)
    if not answers:
        raise FileError(
            f"{path}: answers none of the {len(questions):,} questions.",
            hint="its rows need the questions' texts or ids; --questions names the file that they are in.",
        )
    return AnswerSet(name, answers, unmatched, spare, private)


def set_names(paths: Sequence[str], models: Sequence[str]) -> list[str]:
    """Return what the sets are called: by their files or runs, then by the models that are to answer; no name twice."""
    names = [_name(path) for path in paths] + list(models)
    told: list[str] = []
    for name in names:
        numbered = (f"{name} ({number})" for number in count(1))
        told.append(next(new for new in numbered if new not in (*told, *names)) if names.count(name) > 1 else name)
    return told


def asked_places(questions: Sequence[Question], sets: Sequence[AnswerSet]) -> list[int]:
    """Return the places of the questions that are asked: those that a set answers, all where there are no sets."""
    answered = {place for each in sets for place in each.answers}
    return sorted(answered) if sets else list(range(len(questions)))


def records_of(questions: Sequence[Question], sets: Sequence[AnswerSet]) -> Iterator[dict[str, Any]]:
    """Yield a row for each question asked: its message, then the answer of each set, empty where it has none."""
    for place in asked_places(questions, sets):
        question = questions[place]
        answers = [each.answers.get(place, "") for each in sets]
        yield {
            "id": question.id,
            "topic": question.topic,
            "language": question.language,
            "risk": question.risk,
            "references": list(question.references),
            "messages": [
                {"role": "user", "content": question.text},
                *({"role": "assistant", "content": answer} for answer in answers),
            ],
        }


def _places(
    questions: Sequence[Question],
) -> tuple[dict[str, list[int]], dict[tuple[str, str], list[int]]]:
    by_text: dict[str, list[int]] = {}
    by_id: dict[tuple[str, str], list[int]] = {}
    for place, question in enumerate(questions):
        by_text.setdefault(normalize(question.text), []).append(place)
        by_id.setdefault((question.id, question.language), []).append(place)
    return by_text, by_id


def _round(row: Mapping[str, Any]) -> tuple[str, str]:
    """Return the question and the answer of a row, "" for what it lacks."""
    message, answer = first_round(dialogue_of(row) or ())
    if not answer:
        answer = next((row[key].strip() for key in _ANSWER_KEYS if isinstance(row.get(key), str)), "")
    return message, answer


def _name(path: str) -> str:
    place = Path(path)
    if place.name == DATASET and place.parent.name:
        return place.parent.name
    # What is behind the point of "llama-3.1" is of the name.
    while place.suffix[1:].isalpha() and not place.is_dir():
        place = place.with_suffix("")
    return place.name or path
