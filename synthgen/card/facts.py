"""What is known of how rows were made: from the ledger of a run, or from what the rows of a file say themselves."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path, PureWindowsPath
from typing import Any

from synthgen.formats.private import PRIVATE_RECIPE, REPORTS, TRANSCRIPTS, private_source
from synthgen.formats.rows import read_rows
from synthgen.formats.shapes import dialogue_of, language_of
from synthgen.formats.sources import DATASET
from synthgen.records import State
from synthgen.report.summary import Summary, summarize_ledger
from synthgen.store.ledger import LEDGER, Ledger
from synthgen.store.page_book import PageBook

# Of the settings, those that say how texts were asked for. Others are paths, addresses and paces, which are the user's.
SAID = (
    *("mode", "turns", "approaches", "languages", "n", "seed", "plain", "batch_size", "temperature", "top_p", "top_k"),
    *("min_p", "presence_penalty", "frequency_penalty", "repeat_penalty", "max_tokens", "min_score", "judge_on"),
    *("votes", "repeats", "fields", "rounds", "page_tokens", "overlap"),
)
# Figures that recipes leave beside their rows.
_SCORES, _NOTES, _CONTEST, _RECORD = "scores.json", "annotation.json", "comparison.json", "run.json"
# The recipes whose rows are their own, and not another run's with something put in.
WRITERS = ("generate", PRIVATE_RECIPE)
# A run may work on the rows of another, and so on.
_MOST_ORIGINS = 8


@dataclass(frozen=True, slots=True)
class Facts:
    """How rows were made, and what they are; whatever is empty or None was not measured.

    `cells` are accepted rows by topic and language. `models` and `templates` (name -> hash) are those that made them.
    `spec` is the name and hash of the topic spec, or of the rubric in a run of `judge`; `content` is all that it says.
    `repairs` are the accepted rows that were mended, `risk` those that are flagged. `scores`, `notes` and `contest` are
    the figures of report/scores.py, report/notes.py and report/comparison.py. `private` says why the rows may not be
    anybody's to publish, "" where they may. `origin` are the facts of the run whose rows these were.
    """

    cells: Mapping[tuple[str, str], int]
    recipe: str = ""
    run: str = ""
    created: str = ""
    version: str = ""
    fake: bool = False
    models: tuple[str, ...] = ()
    templates: Mapping[str, str] = field(default_factory=dict)
    spec: Mapping[str, str] = field(default_factory=dict)
    content: Mapping[str, Any] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)
    summary: Summary | None = None
    priced: bool = False
    repaired: int | None = None
    risk: int | None = None
    transcripts: tuple[int, int] | None = None
    scores: Mapping[str, Any] = field(default_factory=dict)
    notes: Mapping[str, Any] = field(default_factory=dict)
    contest: Mapping[str, Any] = field(default_factory=dict)
    private: str = ""
    origin: Facts | None = None

    def chain(self) -> list[Facts]:
        """Return these facts and those of the runs that the rows went through before, the first one first."""
        return [*(self.origin.chain() if self.origin else ()), self]


def facts_of(folder: Path) -> Facts:
    """Return what is known of a run's folder, or of a file of rows, which is read once.

    Raises RunError, FileError or MissingExtraError.
    """
    return _of_run(folder, _MOST_ORIGINS) if (folder / LEDGER).is_file() else _of_rows(folder)


def _of_run(folder: Path, origins: int) -> Facts:
    with closing(Ledger(folder, write=False)) as ledger:
        meta, summary = ledger.meta(), summarize_ledger(ledger)
        settings = meta.get("settings", {})
        cells: Counter[tuple[str, str]] = Counter()
        for cell, (kept, _) in summary.cells.items():
            cells[cell.topic, cell.language] += kept
        repaired = risk = 0
        for row in ledger.rows(State.ACCEPTED):
            repaired += row.repairs > 0
            risk += row.risk
        counts = PageBook(ledger).counts() if summary.recipe == PRIVATE_RECIPE else None
    writes = summary.recipe in WRITERS
    source = _origin(settings.get("origin"), origins)
    origin = None if writes else _checked(source, folder / DATASET)
    return Facts(
        cells={place: count for place, count in cells.items() if count},
        recipe=summary.recipe,
        run=summary.run,
        created=str(meta.get("created") or ""),
        version=str(_figures(folder / _RECORD).get("versions", {}).get("synthgen", "")),
        fake=summary.fake or bool(source and source.fake),
        models=tuple(map(_model, summary.models)),
        templates=meta.get("templates", {}),
        spec={name: value for name, value in meta.get("spec", {}).items() if name in ("name", "hash")},
        content=meta.get("content", {}),
        settings={name: settings[name] for name in SAID if settings.get(name) is not None},
        summary=summary,
        priced=settings.get("price_in") is not None or settings.get("price_out") is not None,
        repaired=repaired if writes else None,
        risk=risk if writes and _detects(meta) else None,
        transcripts=counts,
        scores=_figures(folder / _SCORES),
        notes=_figures(folder / _NOTES),
        contest=_figures(folder / _CONTEST),
        private=_private(meta) or next((found.private for found in (origin, source) if found and found.private), ""),
        origin=origin,
    )


def _private(meta: Mapping[str, Any]) -> str:
    if meta.get("recipe") == PRIVATE_RECIPE or meta.get("private"):
        return TRANSCRIPTS
    return REPORTS if meta.get("settings", {}).get("mode") == "memo" else ""


def _detects(meta: Mapping[str, Any]) -> bool:
    return bool(meta.get("content", {}).get("crisis", {}).get("detect"))


def _origin(named: Any, origins: int) -> Facts | None:
    """Return the facts of the run that is at a path now."""
    if not isinstance(named, str) or not origins:
        return None
    path = Path(named)
    folder = path if path.is_dir() else path.parent
    return _of_run(folder, origins - 1) if (folder / LEDGER).is_file() else None


def _checked(found: Facts | None, dataset: Path) -> Facts | None:
    """Return the facts of the run that rows came from: those found, if the rows name that run, else what they say."""
    if not dataset.is_file():
        return None
    said = _of_rows(dataset)
    return found if found and found.run == said.run else said


def _figures(path: Path) -> dict[str, Any]:
    """Return the figures in a file, none where there is no such file."""
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return read if isinstance(read, dict) else {}


def _of_rows(path: Path) -> Facts:
    """Return what the rows of a file say of themselves; they need not say anything."""
    cells: Counter[tuple[str, str]] = Counter()
    models: dict[str, None] = {}
    templates: dict[str, str] = {}
    fake, private = False, ""
    runs: set[str] = set()
    for _, row in read_rows(path):
        cells[str(row.get("topic") or ""), language_of(row, dialogue_of(row) or ())] += 1
        source, made = _mapping(row.get("source")), _mapping(row.get("provenance"))
        fake |= source.get("fake") is True
        private = private or private_source(row)
        models |= dict.fromkeys(map(_model, _texts(made.get("models"))))
        runs.add(str(made.get("run") or ""))
        for name, _, digest in (text.partition("@") for text in _texts(made.get("templates"))):
            templates[name] = digest
    run = runs.pop() if len(runs) == 1 else ""
    return Facts(cells=cells, run=run, fake=fake, models=tuple(models), templates=templates, private=private)


def _model(name: str) -> str:
    """Return what a model is called; some servers say where its file lies, which is nobody's business."""
    path = PureWindowsPath(name)  # takes both kinds of slashes
    return path.name if path.root or name.startswith("~") else name


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _texts(value: Any) -> Iterable[str]:
    return [text for text in value if isinstance(text, str)] if isinstance(value, list | tuple) else []
