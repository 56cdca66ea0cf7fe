"""The runs and files that are exported, read as often as needed."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
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
from synthgen.formats.watch import Watch, unwatched
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


@dataclass(slots=True)
class Passes:
    """The dialogues of origins, each with what the system is to say, to be gone through again and again.

    `watch` is told of each row, and of how many once the first pass has come to its end.
    """

    told: Sequence[tuple[Origin, Telling]]
    watch: Watch = unwatched
    _rows: int = field(default=0, init=False)

    def examples(self, tally: Tally) -> Iterator[Example]:
        """Yield the dialogues in order, and count in the tally what becomes of rows.

        Rows that have no id are called by their place among all. Raises FileError or MissingExtraError.
        """
        for origin, tell in self.told:
            for record in read_records(origin.source):
                tally.read += 1
                self.watch(tally.doing, tally.read, self._rows)
                example = native_example(record.row) or example_of(record.row, tally.read)
                if example is None:
                    tally.leave_out(own_id(record.row, tally.read), NO_DIALOGUE)
                else:
                    yield tell(example)
        self._rows = tally.read
