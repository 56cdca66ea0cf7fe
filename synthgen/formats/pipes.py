"""What comes through a pipe can be read once; a file that holds it, as often as needed."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from synthgen.files import no_room
from synthgen.formats.compression import opened
from synthgen.formats.sources import Source


@contextlib.contextmanager
def readable_again(source: Source) -> Iterator[Source]:
    """Return a source that can be read more than once, as long as the block lasts. Raises FileError or DiskError."""
    if not (source.is_stdin or source.path.is_fifo()):
        yield source
        return
    with tempfile.NamedTemporaryFile() as held, opened(source) as pipe:
        try:
            shutil.copyfileobj(pipe, held)
            held.flush()
        except OSError as error:
            raise no_room(f"what comes from {source.name}", error) from error
        yield replace(source, path=Path(held.name))
