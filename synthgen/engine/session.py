"""A run folder in use: opened and compared with what it was begun with, and finished into files."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from synthgen.engine.changes import told_changes
from synthgen.errors import RunChangedError, RunError
from synthgen.export.dataset import native_rows, no_source, write_dataset
from synthgen.files import json_aside
from synthgen.filters.ingredients import EvidenceCount
from synthgen.formats.sources import DATASET, LEDGER, RUN_RECORD
from synthgen.records import Cell, Row, Slot, State
from synthgen.report.summary import Summary, run_record, summarize_ledger
from synthgen.settings import Settings
from synthgen.store.ledger import BEGINNINGS, Ledger

S = TypeVar("S", bound=Settings)

# Messages whose ingredients are looked for at the end of a run: enough for shares within a percent, in half a second.
MEASURED_ROWS = 5_000


def new_folder(spec: str) -> Path:
    """Return a folder under outputs/ that does not exist yet."""
    now = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")
    return Path("outputs") / f"{spec}-{now}-{secrets.token_hex(2)}"


def stored_settings(folder: Path, recipe: str, kind: type[S]) -> S | None:
    """Return the settings that a run folder was begun with, None for a new one.

    Raises RunError when the folder holds something else, or a run of another recipe.
    """
    if not folder.exists():
        return None
    if not folder.is_dir():
        raise RunError(f"{folder}: is a file.", hint="--out wants a folder, new or of an earlier run.")
    if not (folder / LEDGER).exists():
        if {path.name for path in folder.iterdir()} - BEGINNINGS:
            raise RunError(
                f"{folder}: holds something that is not a run.", hint="choose a new folder, or empty this one."
            )
        return None
    ledger = Ledger(folder, write=False)
    try:
        meta = ledger.meta()
    finally:
        ledger.close()
    if not meta:
        return None
    if meta["recipe"] != recipe:
        raise RunError(
            f"{folder}: is a run of `synthgen {meta['recipe']}`, not of `synthgen {recipe}`.",
            hint=f"go on with it by `synthgen {meta['recipe']} --out`, or choose another folder.",
        )
    said: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in meta["settings"].items()
    }
    if unknown := said.keys() - {field.name for field in fields(kind)}:
        raise RunError(
            f"{folder}: was begun by another version of synthgen, with settings unknown to this one: "
            f"{', '.join(sorted(unknown))}.",
            hint="go on with it by that version, or choose another --out.",
        )
    return kind(**said)


def standing(folder: Path, settings: Settings, plan: str) -> tuple[list[int], list[tuple[Slot, State]]]:
    """Return the totals of a run with the one wanted now, and the rows that it has; nothing is changed.

    Raises RunError, or RunChangedError when its quotas do not fit the settings any more.
    """
    assert settings.n is not None
    if not (folder / LEDGER).exists():
        return [settings.n], []
    ledger = Ledger(folder, write=False)
    try:
        meta = ledger.meta()
        if meta:
            check_quotas(folder, meta, settings, plan)
        return totals_with(meta.get("totals", []), settings.n), list(ledger.slots())
    finally:
        ledger.close()


def totals_with(totals: Sequence[int], n: int) -> list[int]:
    """Return a run's totals, oldest first, with a larger one put last."""
    return [*totals, n] if not totals or n > totals[-1] else list(totals)


def check_quotas(folder: Path, meta: Mapping[str, Any], settings: Settings, plan: str) -> None:
    """Raise RunChangedError when a run's quotas, which depend on these, would not be what they were."""
    assert settings.n is not None
    seed, totals = meta["settings"]["seed"], meta["totals"]
    if settings.seed != seed:
        raise RunChangedError(
            f"{folder}: was begun with --seed {seed}, now {settings.seed}.",
            hint="its plan depends on the seed: choose another --out.",
        )
    if plan != meta["spec"]["plan"]:
        raise RunChangedError(
            f"{folder}: topics, weights, languages, facets, or the conversations wanted, have changed.",
            hint="its quotas depend on them: choose another --out.",
        )
    if settings.n < totals[-1]:
        raise RunChangedError(
            f"{folder}: wants {totals[-1]} rows, --n {settings.n} is less.",
            hint="a run can only grow; choose another --out for a smaller one.",
        )


class Session:
    """An open run: its ledger, locked to this process, and the seconds that it has taken."""

    def __init__(self, folder: Path) -> None:
        """Open or make the run folder. Raises RunError or RunLockedError."""
        self.folder = folder
        self.ledger = Ledger(folder, write=True)
        self.meta = self.ledger.meta()
        self._started = time.monotonic()

    @property
    def seconds(self) -> float:
        """Wall time of all processes so far."""
        return float(self.meta.get("seconds", 0.0)) + time.monotonic() - self._started

    def totals(self, settings: Settings, plan: str) -> list[int]:
        """Return how many rows were wanted, oldest first; the last one is what is wanted now.

        `plan` is the hash of what quotas depend on. Raises RunChangedError for a change that no run can take.
        """
        assert settings.n is not None
        if self.meta:
            check_quotas(self.folder, self.meta, settings, plan)
        return totals_with(self.meta.get("totals", []), settings.n)

    async def begin(
        self,
        settings: Settings,
        *,
        recipe: str,
        spec: Mapping[str, str],
        content: dict[str, Any],
        making: dict[str, Any],
        templates: dict[str, str],
        fakes: Iterable[str],
        accept_changes: bool,
        totals: Sequence[int] = (),
    ) -> None:
        """Note what the run is made by.

        `spec` is the spec's name and hashes, `content` all that it says, `totals` how many rows were and are wanted,
        `fakes` the names of backends that are no real models.
        Raises RunChangedError for a change that the user has not accepted.
        """
        if self.meta:
            self._compare({"spec": content, "making": making, "templates": templates}, accept_changes)
        await self._note(
            run=self.meta.get("run", secrets.token_hex(4)),
            recipe=recipe,
            created=self.meta.get("created", datetime.now(UTC).isoformat(timespec="seconds")),
            settings=asdict(settings),
            totals=list(totals),
            spec=dict(spec),
            content=content,
            making=making,
            templates=templates,
            fakes=sorted({*fakes, *self.meta.get("fakes", ())}),
            status="running",
        )

    async def plan(self, targets: Mapping[Cell, int]) -> None:
        """Note how many rows each cell is to have."""
        await self._note(targets=[[*cell, wanted] for cell, wanted in targets.items()])

    async def finish(
        self,
        status: str,
        source_of: Callable[[Row], Mapping[str, Any]] = no_source,
        rows: Iterable[dict[str, Any]] | None = None,
    ) -> Summary:
        """Write dataset.jsonl and run.json from the ledger and return the figures. Raises DiskError.

        `source_of` returns what else a row says of where it came from. `rows` are written in place of the native ones.
        """
        await self._note(status=status, seconds=round(self.seconds, 3))
        self._started = time.monotonic()
        ledger, meta = self.ledger, self.meta
        summary = summarize_ledger(ledger)
        seen = EvidenceCount()
        if rows is None:
            accepted = _watched(ledger.rows(State.ACCEPTED), seen, every=1 + summary.accepted // MEASURED_ROWS)
            rows = native_rows(ledger.run, summary.recipe, summary.fake, accepted, ledger.provenance(), source_of)
        write_dataset(self.folder / DATASET, rows)
        json_aside(self.folder / RUN_RECORD, run_record(summary, meta) | {"ingredients": seen.shares()})
        return summary

    def close(self) -> None:
        self.ledger.close()

    async def _note(self, **values: Any) -> None:
        await self.ledger.note(**values)
        self.meta |= values

    def _compare(self, now: dict[str, Any], accept_changes: bool) -> None:
        before = {"spec": self.meta["content"], "making": self.meta["making"], "templates": self.meta["templates"]}
        if (changes := told_changes(before, now)) and not accept_changes:
            raise RunChangedError(
                f"{self.folder}: what makes its rows has changed: {changes}.",
                hint="undo the change, choose another --out, or go on all the same with --accept-changes.",
            )


def _watched(rows: Iterable[Row], seen: EvidenceCount, *, every: int) -> Iterator[Row]:
    """Yield the rows, having looked at what one message of so many tells."""
    for at, row in enumerate(rows):
        if at % every == 0:
            seen.add(row.query, row.slot.cell.language)
        yield row
