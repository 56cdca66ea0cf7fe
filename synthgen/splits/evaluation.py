"""Evaluation sets: files of rows of any format, and texts a line each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from synthgen.errors import FileError
from synthgen.formats.rows import read_records
from synthgen.formats.shapes import dialogue_of
from synthgen.formats.sources import DATASET, FORMS, format_of, source_of
from synthgen.splits.texts import Texts, marked_turns, texts_of
from synthgen.text import normalize

LINES = ".txt"


def evaluation_files(paths: Sequence[Path]) -> list[Path]:
    """Return the files that paths stand for: files, runs' folders, and all in other folders that can be read.

    Raises FileError for a path that stands for none.
    """
    files: dict[Path, None] = {}
    for path in paths:
        if not path.is_dir():
            found = [path]
        elif (path / DATASET).is_file():
            found = [path / DATASET]
        else:
            found = [file for file in sorted(path.rglob("*")) if file.is_file() and _is_known(file.relative_to(path))]
        if not found:
            raise FileError(f"{path}: holds no evaluation set.", hint=f"known are {FORMS}; {LINES} with a text a line.")
        files.update(dict.fromkeys(found))
    return list(files)


def evaluation_texts(path: Path) -> Iterator[tuple[int, Any, list[Texts]]]:
    """Yield the number of each row or line from 1, the id of a row that has one, and its texts.

    A row without a dialogue has as many texts as there are in it; each may be said by either side. Raises FileError
    or MissingExtraError.
    """
    if path.suffix.lower() == LINES:
        for number, line in enumerate(_lines(path), 1):
            yield number, None, _either([line])
        return
    for record in read_records(source_of(path)):
        turns = dialogue_of(record.row)
        texts = [texts_of(marked_turns(turns))] if turns else _either(_strings(record.row))
        yield record.number, record.row.get("id"), texts


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise FileError(f"{path}: cannot be read: {error.strerror}.", hint="name a file that can be read.") from error
    except UnicodeDecodeError as error:
        raise FileError(f"{path}: not UTF-8 text.", hint="save it as UTF-8.") from error


def _is_known(path: Path) -> bool:
    if any(part.startswith(".") for part in path.parts):
        return False
    try:
        return path.suffix.lower() == LINES or bool(format_of(path))
    except FileError:
        return False


def _either(texts: Sequence[str]) -> list[Texts]:
    found = [normalize(text) for text in texts]
    return [(text, text, "") for text in found if text]


def _strings(value: Any) -> list[str]:
    """Return all texts in a row."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, Mapping):
        value = list(value.values())
    return [text for each in value for text in _strings(each)] if isinstance(value, list | tuple) else []
