"""Evaluation sets: files of rows of any format, and texts a line each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from synthgen.dedup.texts import Texts, texts_in
from synthgen.errors import FileError
from synthgen.files import text_in
from synthgen.formats.private import private_source
from synthgen.formats.rows import read_records
from synthgen.formats.sources import DATASET, FORMS, format_of, source_of
from synthgen.text import normalize

LINES = ".txt"


class Sought(NamedTuple):
    """The texts of a row of an evaluation set, with its number from 1 and its id, if it has one.

    A row without a dialogue has as many texts as there are in it, each of which may be said by either side. `private`
    is what it says that it was made from, as `private_source` has it.
    """

    number: int
    id: Any
    texts: list[Texts]
    private: str = ""


def evaluation_files(paths: Sequence[str | Path]) -> list[Path]:
    """Return the files that paths stand for: files, runs' folders, and all in other folders that can be read.

    Raises FileError for a path that stands for none.
    """
    files: dict[Path, None] = {}
    for path in map(Path, paths):
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


def evaluation_texts(path: Path, fields: Sequence[str] = ()) -> Iterator[Sought]:
    """Yield the texts of each row or line. Raises FileError or MissingExtraError."""
    if path.suffix.lower() == LINES:
        for number, line in enumerate(text_in(path, "name a file that can be read.").splitlines(), 1):
            yield Sought(number, None, _either([line], fields))
        return
    for record in read_records(source_of(path)):
        yield sought(record.number, record.row, fields)


def sought(number: int, row: Mapping[str, Any], fields: Sequence[str] = ()) -> Sought:
    """Return the texts of a row: of its fields together where some are named."""
    texts = texts_in(row, fields)
    return Sought(
        number, row.get("id"), [texts] if fields or any(texts) else _either(_strings(row), fields), private_source(row)
    )


def _is_known(path: Path) -> bool:
    if any(part.startswith(".") for part in path.parts):
        return False
    try:
        return path.suffix.lower() == LINES or bool(format_of(path))
    except FileError:
        return False


def _either(texts: Sequence[str], fields: Sequence[str]) -> list[Texts]:
    found = [normalize(text) for text in texts]
    return [(text,) if fields else (text, text, "") for text in found if text]


def _strings(row: Any) -> list[str]:
    """Return all texts in a row, in their order, however deep they stand."""
    texts: list[str] = []
    waiting = [row]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            texts.append(value)
        elif isinstance(value, Mapping):
            waiting += reversed(list(value.values()))
        elif isinstance(value, list | tuple):
            waiting += reversed(value)
    return texts
