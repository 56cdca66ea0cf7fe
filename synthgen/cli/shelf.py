"""The runs under a folder: found by what users call them, and told how they stand."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from synthgen.errors import RunError
from synthgen.report.summary import Summary, summarize_ledger
from synthgen.store.ledger import LEDGER, LOCK, Ledger
from synthgen.store.lock import lock_holder

OUTPUTS = Path("outputs")


@dataclass(frozen=True, slots=True)
class Standing:
    """How a run stands: its figures, what was noted about it, and the process at work on it."""

    folder: Path
    summary: Summary
    meta: dict[str, Any]
    process: int | None

    @property
    def status(self) -> str:
        """The status in a few words; a run whose process was killed still says that it is running."""
        if self.process is not None:
            return f"running, process {self.process}"
        return "killed" if self.summary.status == "running" else self.summary.status


def run_folders(outputs: Path) -> list[Path]:
    """Return the run folders in a folder, by name."""
    return sorted(path.parent for path in outputs.glob(f"*/{LEDGER}"))


def read_standing(folder: Path) -> Standing:
    """Return how a run stands. Raises RunError."""
    with closing(Ledger(folder, write=False)) as ledger:
        return Standing(folder, summarize_ledger(ledger), ledger.meta(), lock_holder(folder / LOCK))


def find_run(name: str, outputs: Path = OUTPUTS) -> Path:
    """Return the folder of a run named by its folder, its id, or the beginning of its folder's name in `outputs`.

    Raises RunError when there is none, or more than one.
    """
    if (Path(name) / LEDGER).is_file():
        return Path(name)
    folders = run_folders(outputs)
    found = [folder for folder in folders if folder.name.startswith(name)] or list(_with_id(folders, name))
    if len(found) == 1:
        return found[0]
    if found:
        raise RunError(
            f"{name}: {len(found)} runs begin so: {', '.join(folder.name for folder in found[:5])}.",
            hint="give more of the name.",
        )
    raise RunError(
        f"{name}: no such run, and none in {outputs}/.", hint="`synthgen runs list` shows the runs there are."
    )


def _with_id(folders: list[Path], run: str) -> Iterator[Path]:
    for folder in folders:
        try:
            with closing(Ledger(folder, write=False)) as ledger:
                if ledger.run == run:
                    yield folder
        except RunError:
            continue
