"""The runs under a folder, found by what users call them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from synthgen.errors import RunError
from synthgen.formats.sources import LEDGER
from synthgen.store.ledger import Ledger

OUTPUTS = Path("outputs")


def run_folders(outputs: Path) -> list[Path]:
    """Return the run folders in a folder, by name."""
    return sorted(path.parent for path in outputs.glob(f"*/{LEDGER}"))


def find_run(name: str, outputs: Path = OUTPUTS) -> Path:
    """Return the folder of a run named by its folder, its id, or the beginning of its folder's name in `outputs`.

    A whole name goes before the beginning of others. Raises RunError when there is none, or more than one.
    """
    if (Path(name) / LEDGER).is_file():
        return Path(name)
    folders = run_folders(outputs)
    found = (
        [folder for folder in folders if folder.name == name]
        or list(_with_id(folders, name))
        or [folder for folder in folders if name and folder.name.startswith(name)]
    )
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
