"""Transcripts from files, by a reader for each kind of file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path

from synthgen.errors import FileError, SynthgenError
from synthgen.transcripts.apart import sheets_apart
from synthgen.transcripts.cues import cue_utterances, is_cues
from synthgen.transcripts.encodings import text_of
from synthgen.transcripts.folders import transcript_files
from synthgen.transcripts.json_files import json_conversations, jsonl_conversations
from synthgen.transcripts.json_talk import Said
from synthgen.transcripts.limits import MOST_ROWS, MOST_TEXT, bounded
from synthgen.transcripts.plain import text_sheets, utterances_of
from synthgen.transcripts.tables import table_conversations
from synthgen.transcripts.transcript import Transcript, Unreadable

__all__ = ["READERS", "read_transcripts", "transcript_files"]

_EMPTY = "nothing is said in it. Hint: check that the file is whole."

# The conversations of a file: what is said in each, or why that cannot be told.
Reader = Callable[[Path], Iterator[Said | FileError]]

# `[Coach] ...` begins as JSON does; `[{` and `{"` begin nothing else.
_JSON = re.compile(r"\s*(?:\[\s*[\[{]|\{\s*\")")


def read_transcripts(paths: Sequence[Path]) -> Iterator[Transcript | Unreadable]:
    """Yield the transcripts in files and folders, one file at a time in memory.

    What goes wrong with a file is told by an Unreadable in its place. Raises FileError for a path that does not exist.
    """
    for path in transcript_files(paths):
        try:
            kind, reader = _reader_of(path)
            yield from _named(path, kind, reader(path))
        except SynthgenError as error:
            yield Unreadable(_name_of(path), str(error))
        except OSError as error:
            yield Unreadable(_name_of(path), f"cannot be opened: {error.strerror}. Hint: check its permissions.")


def _named(path: Path, kind: str, found: Iterator[Said | FileError]) -> Iterator[Transcript | Unreadable]:
    """Yield conversations by the name of their file, with a number where it has more than one."""
    begin = [item for _, item in zip(range(2), found, strict=False)]
    for number, item in enumerate(chain(begin, found), 1):
        name = f"{_name_of(path)}#{number}" if len(begin) > 1 else _name_of(path)
        if isinstance(item, FileError):
            yield Unreadable(name, str(item))
        elif item:
            yield Transcript(name, kind, item)
        else:
            yield Unreadable(name, _EMPTY)
    if not begin:
        yield Unreadable(_name_of(path), _EMPTY)


def _name_of(path: Path) -> str:
    """Return a path as it is told and stored: a byte that is no UTF-8, which stands in it as half a character, escaped.

    So no two files have the same name.
    """
    return str(path).encode("utf-8", "backslashreplace").decode("utf-8")


def _text(path: Path) -> Iterator[Said | FileError]:
    """Yield what a file of text holds, which may be subtitles or JSON for all its name."""
    text = _content(path, MOST_TEXT)
    if is_cues(text):
        yield cue_utterances(text)
    elif _JSON.match(text) and (found := _json_in(text)):
        yield from found
    else:
        yield utterances_of(text_sheets(text))


def _json_in(text: str) -> Iterator[Said | FileError] | None:
    try:
        return json_conversations(text)
    except FileError:  # it only looks like JSON
        return None


def _subtitles(path: Path) -> Iterator[Said | FileError]:
    yield cue_utterances(_content(path, MOST_TEXT))


def _document(path: Path) -> Iterator[Said | FileError]:
    yield utterances_of(sheets_apart(path))


def _json(path: Path) -> Iterator[Said | FileError]:
    return json_conversations(_content(path, MOST_ROWS))


def _json_lines(path: Path) -> Iterator[Said | FileError]:
    with path.open("rb") as stream:
        yield from jsonl_conversations(stream)


def _table(path: Path) -> Iterator[Said | FileError]:
    yield from table_conversations(_content(path, MOST_ROWS))


def _content(path: Path, most: int) -> str:
    with path.open("rb") as stream:
        return text_of(bounded(stream, most))


# The suffix of a file -> what its kind is called, and its reader.
READERS: Mapping[str, tuple[str, Reader]] = {
    **dict.fromkeys((".txt", ".text", ".md", ".markdown"), ("text", _text)),
    **dict.fromkeys((".vtt", ".srt"), ("subtitles", _subtitles)),
    ".docx": ("docx", _document),
    ".pdf": ("pdf", _document),
    ".json": ("json", _json),
    **dict.fromkeys((".jsonl", ".ndjson"), ("jsonl", _json_lines)),
    **dict.fromkeys((".csv", ".tsv"), ("table", _table)),
}
# What to do with a file of another kind.
_INSTEAD = {
    **dict.fromkeys((".doc", ".docm", ".odt", ".rtf", ".pages", ".wps"), "save it as .docx"),
    **dict.fromkeys((".xls", ".xlsx", ".ods", ".numbers"), "save it as .csv"),
    **dict.fromkeys((".htm", ".html", ".xml", ".epub"), "save its text as .txt"),
    **dict.fromkeys(
        (".mp3", ".m4a", ".wav", ".ogg", ".flac", ".mp4", ".mov", ".webm"), "have Whisper or the like write it down"
    ),
    **dict.fromkeys(
        (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".heic", ".gif"), "have a program for OCR read it first"
    ),
    **dict.fromkeys((".zip", ".gz", ".7z", ".rar", ".tar", ".zst"), "unpack it"),
}


def _reader_of(path: Path) -> tuple[str, Reader]:
    suffix = path.suffix.lower()
    if suffix not in READERS:
        instead = _INSTEAD.get(suffix, f"known are {', '.join(READERS)}")
        raise FileError("no kind of file that transcripts are read from", hint=f"{instead}.")
    if not path.is_file():
        raise FileError("not a file but a pipe or a device", hint="save it to a file.")
    return READERS[suffix]
