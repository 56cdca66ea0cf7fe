"""Questions that answers are compared on, by what users call them: a bundled name, or a path."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from synthgen.errors import FileError
from synthgen.formats.private import private_source
from synthgen.formats.records import own_id
from synthgen.formats.rows import read_rows
from synthgen.formats.shapes import dialogue_of, language_of
from synthgen.records import Turn
from synthgen.resources import question_files

DEFAULT_QUESTIONS = "open200"

_QUESTION_KEYS = ("question", "query", "prompt", "instruction", "message", "text")
_REFERENCE_KEYS = ("references", "reference", "gold")
_RISK_KEYS = ("risk", "crisis")


@dataclass(frozen=True, slots=True)
class Question:
    """A message to be answered, in one language. `references` are answers that it is known to have.

    `private` says what it was made from that is so, as formats/private.py has it; "" for nothing of the kind.
    """

    id: str
    topic: str
    language: str
    text: str
    references: tuple[str, ...] = ()
    risk: bool = False
    private: str = ""


def questions_path(named: str) -> Path:
    """Return the file that `named` names. Raises FileError."""
    path = Path(named)
    if path.suffix or len(path.parts) > 1 or path.exists():
        return path
    files = question_files()
    if named not in files:
        raise FileError(
            f"--questions {named}: no such questions; there are {', '.join(sorted(files))}.",
            hint="give one of these names, or the path of a file of questions.",
        )
    return files[named]


def read_questions(path: Path, languages: Collection[str] = (), among: Collection[str] = ()) -> list[Question]:
    """Return the questions in a file of rows, those of some `languages` or all.

    Where a row does not say its language it is told among these and those in `among`.

    A row has its text under `question` (or the like), in one language or in several by name, else it is a dialogue,
    whose first message is the question and the answer to it a reference. Raises FileError or MissingExtraError.
    """
    found: list[Question] = []
    for number, row in read_rows(path):
        asked = _questions(row, number, (*languages, *among))
        found += [each for each in asked if not languages or each.language in languages]
    if not found:
        wanted = f" in {', '.join(sorted(languages))}" if languages else ""
        raise FileError(
            f"{path}: holds no questions{wanted}.", hint='a row is {"id": "1", "question": "..."}, or a dialogue.'
        )
    return found


def first_round(turns: tuple[Turn, ...]) -> tuple[str, str]:
    """Return the first message of the user in a dialogue and what the assistant answers to it, "" for what lacks."""
    at = next((at for at, turn in enumerate(turns) if turn.role == "user"), None)
    if at is None:
        return "", ""
    answer = next((turn.content for turn in turns[at + 1 :] if turn.role == "assistant"), "")
    return turns[at].content.strip(), answer.strip()


def _questions(row: Mapping[str, Any], number: int, among: Collection[str]) -> Iterator[Question]:
    named = own_id(row, number)
    topic, risk = str(row.get("topic") or ""), any(row.get(key) is True for key in _RISK_KEYS)
    private = private_source(row)
    said = next((row[key] for key in _QUESTION_KEYS if isinstance(row.get(key), Mapping)), None)
    if said is not None:
        for language, text in said.items():
            if isinstance(text, str) and text.strip():
                yield Question(
                    named, topic, str(language), text.strip(), _references(row, str(language)), risk, private
                )
        return
    turns = dialogue_of(row) or ()
    text, answer = first_round(turns)
    if not text:
        text = next((row[key].strip() for key in _QUESTION_KEYS if isinstance(row.get(key), str)), "")
    if text:
        known = _references(row, "") or ((answer,) if answer else ())
        yield Question(named, topic, language_of(row, (Turn("user", text),), among), text, known, risk, private)


def _references(row: Mapping[str, Any], language: str) -> tuple[str, ...]:
    """Return the known answers of a row in a language: texts and numbers, by the first key that has any."""
    return next((found for key in _REFERENCE_KEYS if (found := _texts(row.get(key), language))), ())


def _texts(value: Any, language: str) -> tuple[str, ...]:
    if isinstance(value, Mapping):
        value = value.get(language)
    told = value if isinstance(value, list) else [value]
    texts = (str(each).strip() for each in told if isinstance(each, str | int | float) and not isinstance(each, bool))
    return tuple(text for text in texts if text)
