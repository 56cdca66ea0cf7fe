"""How large a file of transcripts may be, in one place.

An hour of talk is about 10,000 words: 60 KB of text, 2 MB of JSON with the time of every word. The limits leave room
for a hundred times that and keep the memory of a command under 500 MB, whatever the file.
"""

from __future__ import annotations

from typing import BinaryIO

from synthgen.errors import FileError

MB = 1 << 20

# Text and subtitles. An emoji in it makes Python hold four bytes a character, and lines are held beside their text.
MOST_TEXT = 16 * MB
# A JSON value or a table; a line of JSON lines is held to the limit of text, since two of them are held at once.
MOST_ROWS = 24 * MB
# What stands between the values of JSON: `[[],[],` takes 36 bytes of memory for each byte of the file.
MOST_MARKS = 2_000_000
# A paragraph or a field in characters: nobody speaks 180,000 words in one go.
MOST_LINE = MB
MOST_LINES = 250_000
# DOCX and PDF, for their pictures, and what a DOCX may unpack to.
MOST_DOCUMENT = 64 * MB
MOST_UNPACKED = 128 * MB
MOST_PAGES = 5_000
# What the process may use that opens a DOCX or PDF.
MOST_SECONDS = 60
MOST_MEMORY = 400 * MB


def bounded(stream: BinaryIO, most: int) -> bytes:
    """Return what a stream holds. Raises FileError when that is more than `most` bytes."""
    content = stream.read(most + 1)
    if len(content) > most:
        raise too_large(most)
    return content


def too_large(most: int) -> FileError:
    """Return the error for a file of more than `most` bytes."""
    return FileError(f"larger than {most // MB} MB", hint="split it into a file for each conversation.")
