"""DOCX and PDF are opened in a process of their own, which is held to a time and a memory.

Such files may be made to run their reader for ever, to eat its memory or to crash it. A process can be ended.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from itertools import chain
from pathlib import Path

from synthgen.errors import FileError, SynthgenError
from synthgen.extras import late
from synthgen.interpreter import interpreter_for
from synthgen.transcripts.limits import MB, MOST_DOCUMENT, MOST_LINES, MOST_MEMORY, MOST_SECONDS, MOST_TEXT, too_large
from synthgen.transcripts.plain import Line, Sheets

if sys.platform != "win32":
    import resource

# The suffix of a file -> our module that reads it, the package that it needs, and what such a file begins with.
_READERS = {
    ".docx": ("synthgen.transcripts.word", "docx", b"PK\x03\x04"),
    ".pdf": ("synthgen.transcripts.pdf", "pypdfium2", b"%PDF-"),
}
# Readers of PDF allow for so much before its mark.
_BEGIN = 1024
# Word puts a document that it encrypts, and one of its old kind, into this other sort of file.
_OLD_WORD = b"\xd0\xcf\x11\xe0"
_DAMAGED = "check that the file opens elsewhere and save it anew, or save its text as .txt."


def sheets_apart(path: Path, seconds: float = MOST_SECONDS) -> Sheets:
    """Return the lines of a DOCX or PDF file by sheets. Raises FileError or MissingExtraError."""
    _check(path)
    command, environment = interpreter_for(__name__)
    try:
        done = subprocess.run(
            [*command, str(path.absolute())],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise FileError(f"not read within {seconds:g} s", hint=_DAMAGED) from None
    try:
        found = json.loads(done.stdout)
    except ValueError:
        raise FileError(
            f"its reader broke down ({_end_of(done.returncode)}): damaged, or more than {MOST_MEMORY // MB} MB to read",
            hint=_DAMAGED,
        ) from None
    if "reason" in found:
        raise FileError(found["reason"], hint=found["hint"])
    return [[line if isinstance(line, str) else (line[0], line[1]) for line in sheet] for sheet in found["sheets"]]


def _check(path: Path) -> None:
    """Raises FileError for a file that is too large, or by its first bytes no such document."""
    if path.stat().st_size > MOST_DOCUMENT:
        raise too_large(MOST_DOCUMENT)
    with path.open("rb") as file:
        begin = file.read(_BEGIN)
    if begin.startswith(_OLD_WORD):
        raise FileError("encrypted, or of Word before 2007", hint="save it as .docx without a password.")
    if _READERS[path.suffix.lower()][2] not in begin:
        raise FileError(f"no {path.suffix.lower()} file by its content", hint=_DAMAGED)


def _end_of(code: int) -> str:
    if code >= 0:
        return f"exit code {code}"
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"signal {-code}"


def answer_for(path: Path) -> dict[str, object]:
    """Return what the process says of a file: its sheets, or why there are none."""
    module, package, _ = _READERS[path.suffix.lower()]
    try:
        reader = late(module, package, "transcripts", f"a {path.suffix.lower()} file")
        sheets: Sheets = reader.sheets_of(path)
        if sum(map(len, sheets)) > MOST_LINES or sum(map(_size, chain.from_iterable(sheets))) > MOST_TEXT:
            raise FileError(
                f"more text than {MOST_LINES:,} lines or {MOST_TEXT // MB} MB",
                hint="split it into a file for each conversation.",
            )
    except SynthgenError as error:
        return {"reason": error.message, "hint": error.hint}
    except MemoryError:
        return {"reason": f"reading it takes more than {MOST_MEMORY // MB} MB of memory", "hint": _DAMAGED}
    except Exception as error:  # whatever a library makes of a damaged file; its words may quote the content
        return {
            "reason": f"damaged, or not {path.suffix.lower()[1:].upper()} ({type(error).__name__})",
            "hint": _DAMAGED,
        }
    return {"sheets": sheets}


def _size(line: Line) -> int:
    return len(line) if isinstance(line, str) else sum(map(len, line))


def main() -> None:
    if sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # what it holds is private
    answer = json.dumps(answer_for(Path(sys.argv[1])), ensure_ascii=False)
    sys.stdout.buffer.write(answer.encode("utf-8", "replace"))


if __name__ == "__main__":
    main()
