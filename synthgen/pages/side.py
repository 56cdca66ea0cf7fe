"""What is known of a run, or of a file of rows, for a report: one side of it where two are compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from synthgen.card.facts import Facts, facts_of
from synthgen.catalog import load_spec
from synthgen.formats.private import private_source
from synthgen.formats.rows import read_rows
from synthgen.formats.sources import DATASET, LEDGER, source_of
from synthgen.measures.pace import pace_figures
from synthgen.measures.portrait import Portrait
from synthgen.measures.reservoir import Reservoir
from synthgen.measures.shown import Shown, shown_row
from synthgen.measures.variety import Group
from synthgen.records import Row, State
from synthgen.report.standing import status_now
from synthgen.rules.annotation import TOPICS
from synthgen.spec import Spec, spec_of_run
from synthgen.store.call_book import CallTotal, call_ends, call_totals
from synthgen.store.ledger import LOCK, Ledger
from synthgen.store.lock import lock_holder
from synthgen.store.private import private_run

# The spec whose labels are looked for in rows that come without one of their own.
LABELLED_SPEC = "psy_insight"
_EXAMPLES = 3
# Recipes whose rows are another run's with something put in: only their dataset has both.
_LABELLING = ("annotate", "judge")

Reason = tuple[str, str]


@dataclass(slots=True)
class Side:
    """A run or a file. Of a file there are no `facts`, calls and dropped rows, no `status` and no wanted counts.

    `dropped` are examples by (stage, reason), None where they may hold what is nobody's to show, which `private` says.
    `variety` is filled once both sides are read.
    """

    name: str
    portrait: Portrait
    spec: Spec | None = None
    facts: Facts | None = None
    status: str = ""
    totals: list[CallTotal] = field(default_factory=list)
    pace: dict[str, Any] | None = None
    dropped: dict[Reason, list[Shown]] | None = None
    private: str = ""
    variety: dict[Group, dict[str, Any]] = field(default_factory=dict)

    def figures(self) -> dict[str, Any]:
        """Return all numbers of the side, as JSON can hold them; no text of a row is among them."""
        return {
            "name": self.name,
            "run": _run_json(self.facts, self.status) if self.facts else None,
            "rows": self.portrait.figures(),
            "variety": {" ".join(group): found for group, found in self.variety.items()},
            "calls": [total._asdict() for total in self.totals],
            "pace": self.pace,
        }


def read_side(path: Path, *, labels: Spec | None = None, with_dropped: bool = False) -> Side:
    """Return what is known of a run's folder or a file of rows, which is read once.

    `labels` is the spec whose labels are counted, in place of the run's own. Dropped rows of runs made from
    transcripts or case reports are read only `with_dropped`. Raises RunError, FileError or MissingExtraError.
    """
    if (path / LEDGER).is_file():
        return _of_run(path, labels, with_dropped)
    portrait = Portrait(labels or _labelled_spec())
    private = private_run(path)
    for number, row in read_rows(path):
        private = private or private_source(row)
        portrait.add(row, number)
    return Side(Path(source_of(path).name).name, portrait, private=private)


@lru_cache(maxsize=1)
def _labelled_spec() -> Spec:
    return load_spec(LABELLED_SPEC)[0]


def _of_run(folder: Path, labels: Spec | None, with_dropped: bool) -> Side:
    facts = facts_of(folder)
    noted = facts.summary.status if facts.summary else ""
    with closing(Ledger(folder, write=False)) as ledger:
        meta = ledger.meta()
        spec = spec_of_run(meta) if TOPICS in meta.get("content", {}) else None
        portrait = Portrait(labels or (spec if spec and any(spec.annotation.fields()) else _labelled_spec()))
        for number, row in _rows(folder, ledger, facts.recipe):
            portrait.add(row, number)
        return Side(
            folder.resolve().name,
            portrait,
            spec,
            facts,
            status_now(noted, lock_holder(folder / LOCK)),
            call_totals(ledger),
            pace_figures(call_ends(ledger)),
            _dropped(ledger) if with_dropped or not facts.private else None,
            facts.private,
        )


def _rows(folder: Path, ledger: Ledger, recipe: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Yield the accepted rows: of a run that was killed before it wrote its dataset as the ledger has them."""
    if (folder / DATASET).is_file():
        yield from read_rows(folder)
    elif recipe not in _LABELLING:
        yield from enumerate(map(_native, ledger.rows(State.ACCEPTED)), 1)


def _native(row: Row) -> dict[str, Any]:
    cell = row.slot.cell
    return {
        "id": row.id,
        "topic": cell.topic,
        "language": cell.language,
        "approach": cell.approach,
        "facets": dict(row.slot.facets),
        "messages": [{"role": turn.role, "content": turn.content} for turn in row.messages],
        **({"scores": dict(row.judgement.scores)} if row.judgement.scores is not None else {}),
    }


def _dropped(ledger: Ledger) -> dict[Reason, list[Shown]]:
    """Return examples of what was dropped, by stage and reason."""
    found: dict[Reason, Reservoir[Shown]] = {}
    for row in ledger.rows(State.DROPPED):
        if (drop := row.drop) is None:
            continue
        why = f"{drop.detail} [{drop.evidence}]" if drop.evidence else drop.detail
        cell = row.slot.cell
        kept = found.setdefault((drop.stage, drop.reason), Reservoir(_EXAMPLES, 0))
        kept.add(shown_row(row.id, cell.topic, cell.language, row.messages, {}, why))
    return {reason: kept.kept for reason, kept in found.items()}


def _run_json(facts: Facts, status: str) -> dict[str, Any]:
    summary = facts.summary
    assert summary is not None, "a run has a summary"
    return {
        "run": facts.run,
        "recipe": facts.recipe,
        "created": facts.created,
        "status": status,
        "fake": facts.fake,
        "private": facts.private,
        "models": [*facts.models],
        "spec": dict(facts.spec),
        "templates": dict(facts.templates),
        "settings": dict(facts.settings),
        "wanted": summary.wanted,
        "accepted": summary.accepted,
        "surplus": summary.surplus,
        "pending": summary.pending,
        "dropped": dict(summary.dropped),
        "cells": [
            {name: value for name, value in cell._asdict().items() if value} | {"accepted": kept, "wanted": wanted}
            for cell, (kept, wanted) in summary.cells.items()
        ],
        "calls": summary.calls,
        "prompt_tokens": summary.prompt_tokens,
        "cached_tokens": summary.cached_tokens,
        "completion_tokens": summary.completion_tokens,
        "cost": summary.cost,
        "seconds": summary.seconds,
        "judging": dict(facts.scores),
        "annotation": dict(facts.notes),
        "contest": dict(facts.contest),
    }
