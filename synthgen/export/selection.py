"""The examples of an export, which can be gone through again and again: read, made to fit, paired, decontaminated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from synthgen.export.example import Example
from synthgen.export.fitting import TOO_LONG, Fitting, Need
from synthgen.export.layouts import Layout
from synthgen.export.origins import Origin, Passes
from synthgen.export.pairs import REJECTED, Pairs, Rows
from synthgen.export.repairs import Refused, Repairs
from synthgen.export.settings import ExportSettings
from synthgen.export.system import Telling
from synthgen.export.tally import Tally
from synthgen.export.tokens import TokenCounter
from synthgen.formats.watch import Watch
from synthgen.records import Turn
from synthgen.splits.contamination import Evidence, contaminated

CONTAMINATED = "contaminated"


def selected(
    told: Sequence[tuple[Origin, Telling]],
    layout: Layout,
    settings: ExportSettings,
    tokens: TokenCounter | None,
    held: ExitStack,
    watch: Watch,
) -> Rows:
    """Return what yields the examples that are exported, the same each time; `watch` is told of each pass.

    Rows that tasks are made of stay as they are: it is the tasks that have to fit. Raises as reading does.
    """
    rows: Rows = Passes(told, watch).examples
    if layout.preferences:
        rows = _paired(rows, told, layout, settings, tokens, held)
    elif settings.tasks is None:
        rows = fitted(rows, layout.need, settings, tokens)
    if not settings.decontaminate:
        return rows
    watch("Reading evaluation sets", 0, 0)
    return _decontaminated(rows, settings)


def fitted(rows: Rows, need: Need, settings: ExportSettings, tokens: TokenCounter | None) -> Rows:
    """Return what yields the examples of `rows` that fit."""
    fitting = Fitting(need, tokens, settings.max_tokens)
    return lambda tally: fitting.fitted(rows(tally), tally)


def _paired(
    rows: Rows,
    told: Sequence[tuple[Origin, Telling]],
    layout: Layout,
    settings: ExportSettings,
    tokens: TokenCounter | None,
    held: ExitStack,
) -> Rows:
    """Return what yields pairs of answers, those left out of which either is too long."""
    runs = [Repairs(origin.run) for origin, _ in told if origin.run is not None]
    for run in runs:
        held.callback(run.close)

    def refused(name: str, turns: tuple[Turn, ...]) -> Iterator[Refused]:
        for run in runs:
            yield from run.of(name, turns)

    in_rounds = fitted(rows, layout.need, settings, None)
    pairs = held.enter_context(Pairs(in_rounds, refused, settings.score_field, settings.margin))
    if tokens is None or settings.max_tokens is None:
        return pairs.examples
    most = settings.max_tokens

    def short_enough(tally: Tally) -> Iterator[Example]:
        for example in pairs.examples(tally):
            *prompt, chosen, rejected = tokens.counts([*example.turns, Turn("assistant", example.row[REJECTED])])
            if sum(prompt) + max(chosen, rejected) > most:
                tally.leave_out(example.id, TOO_LONG)
            else:
                yield example

    return short_enough


def _decontaminated(rows: Rows, settings: ExportSettings) -> Rows:
    """Return what leaves out the rows that an evaluation set holds, and tells which row of it that is."""
    found = contaminated(
        lambda: rows(Tally(doing="Looking for rows of evaluation sets")),
        settings.decontaminate,
        similarity=settings.similarity,
    ).places

    def clean(tally: Tally) -> Iterator[Example]:
        for place, example in enumerate(rows(tally)):
            if place in found:
                tally.leave_out(example.id, CONTAMINATED, **_shown(found[place]))
            else:
                yield example

    return clean


def _shown(evidence: Evidence) -> dict[str, Any]:
    """Return which row of an evaluation set is meant, without its words, which are not to be published."""
    twin = evidence.twin
    told = {"kind": evidence.kind, "part": evidence.part, "share": round(evidence.share, 4)}
    return {"set": Path(twin.file).name, "row": twin.number, **told}
