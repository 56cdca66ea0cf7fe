"""The runs and files that are exported, read as often as needed."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from synthgen.export.example import Example, example_of
from synthgen.export.fitting import NO_DIALOGUE
from synthgen.export.native import native_example
from synthgen.export.system import Telling
from synthgen.export.tally import Tally
from synthgen.formats.pipes import readable_again
from synthgen.formats.records import own_id
from synthgen.formats.rows import read_records
from synthgen.formats.sources import LEDGER, Source, source_of
from synthgen.store.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Origin:
    """A file of rows. `run` is the folder of the run that it belongs to, if it belongs to one."""

    source: Source
    run: Path | None

    @property
    def name(self) -> str:
        """What it may be called where others read it: no path of this machine."""
        if self.source.is_stdin or self.run is None:
            return Path(self.source.name).name
        return self.run.resolve().name

    def meta(self) -> dict[str, Any]:
        """Return what was noted about the run, nothing for other files. Raises RunError."""
        if self.run is None:
            return {}
        with contextlib.closing(Ledger(self.run, write=False)) as ledger:
            return ledger.meta()


@contextlib.contextmanager
def opened_origins(paths: Sequence[str | Path]) -> Iterator[list[Origin]]:
    """Return origins that can be read as long as the block lasts. Raises FileError or DiskError."""
    with ExitStack() as held:
        origins = []
        for path in paths:
            source = held.enter_context(readable_again(source_of(path)))
            folder = Path(path)
            origins.append(Origin(source, folder if (folder / LEDGER).is_file() else None))
        yield origins


def examples_of(told: Sequence[tuple[Origin, Telling]], tally: Tally) -> Iterator[Example]:
    """Yield the dialogues of all origins in order, each with what the system is to say.

    Rows that have no id are called by their place among all. Raises FileError or MissingExtraError.
    """
    numbers = count(1)
    for origin, tell in told:
        for record in read_records(origin.source):
            tally.read += 1
            number = next(numbers)
            example = native_example(record.row) or example_of(record.row, number)
            if example is None:
                tally.leave_out(own_id(record.row, number), NO_DIALOGUE)
            else:
                yield tell(example)
