"""What is known of how rows were made: from the ledger of a run, or from what the rows of a file say themselves."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path, PureWindowsPath
from typing import Any

from synthgen.formats.private import PRIVATE_RECIPE, private_in_notes, private_source
from synthgen.formats.rows import read_rows
from synthgen.formats.shapes import dialogue_of, language_of
from synthgen.formats.sources import DATASET, FIGURES_OF, LEDGER, RUN_RECORD
from synthgen.records import State
from synthgen.report.roles import Role
from synthgen.report.summary import Summary, summarize_ledger
from synthgen.rubrics import DEFAULT_RUBRIC
from synthgen.store.call_book import mended_rows
from synthgen.store.ledger import Ledger
from synthgen.store.page_book import PageBook
from synthgen.store.private import private_run

# Of the settings, those that say how texts were asked for. Others are paths, addresses and paces, which are the user's.
SAID = (
    *("mode", "turns", "approaches", "languages", "n", "seed", "plain", "batch_size", "temperature", "top_p", "top_k"),
    *("min_p", "presence_penalty", "frequency_penalty", "repeat_penalty", "max_tokens", "min_score", "judge_on"),
    *("votes", "repeats", "fields", "rounds", "page_tokens", "overlap"),
)
# The kinds of models whose argument is a file: of one it names the model, of the other answers that were made up.
_FILES, _FAKE = ("gguf", "llama-cpp"), "scripted"
# The recipes whose rows are their own, and not another run's with something put in.
WRITERS = ("generate", PRIVATE_RECIPE)
# A run may work on the rows of another, and so on.
_MOST_ORIGINS = 8


@dataclass(frozen=True, slots=True)
class Facts:
    """How rows were made, and what they are; whatever is empty or None was not measured.

    `cells` are accepted rows by topic and language. `models` and `templates` (name -> hash) are those that made them;
    `roles` tell of a run which models wrote and which judged. `fake` is whether any of what came out is a fake's.
    `spec` is the name and hash of the topic spec, or of the rubric in a run of `judge`; `content` is all that it says.
    `repaired` are the accepted rows that were mended, `risk` those that are flagged. `scores`, `notes` and `contest`
    are the figures of report/scores.py, report/notes.py and report/comparison.py. `private` says why the rows may not
    be anybody's to publish, "" where they may. `origin` are the facts of the run whose rows these were.
    """

    cells: Mapping[tuple[str, str], int]
    recipe: str = ""
    run: str = ""
    created: str = ""
    version: str = ""
    fake: bool = False
    models: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
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
        writes = summary.recipe in WRITERS
        repaired = mended_rows(ledger) if writes else None
        risk = sum(row.risk for row in ledger.rows(State.ACCEPTED)) if writes and _detects(meta) else None
        counts = PageBook(ledger).counts() if summary.recipe == PRIVATE_RECIPE else None
    source = _origin(settings.get("origin"), origins)
    origin = None if writes else _checked(source, folder / DATASET)
    return Facts(
        cells={place: count for place, count in cells.items() if count},
        recipe=summary.recipe,
        run=summary.run,
        created=str(meta.get("created") or ""),
        version=str(_figures(folder / RUN_RECORD).get("versions", {}).get("synthgen", "")),
        fake=summary.fake or bool(source and source.fake),
        models=tuple(map(_model, summary.models)),
        roles=tuple(map(_cleaned, summary.roles)),
        templates=meta.get("templates", {}),
        spec={name: value for name, value in meta.get("spec", {}).items() if name in ("name", "hash")},
        content=meta.get("content", {}),
        settings=_said(settings),
        summary=summary,
        priced=settings.get("price_in") is not None or settings.get("price_out") is not None,
        repaired=repaired,
        risk=risk,
        transcripts=counts,
        scores=_figures(folder / FIGURES_OF["judge"]),
        notes=_figures(folder / FIGURES_OF["annotate"]),
        contest=_figures(folder / FIGURES_OF["evaluate"]),
        private=private_in_notes(meta)
        or next((found.private for found in (origin, source) if found and found.private), ""),
        origin=origin,
    )


def _said(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Return the settings that are told, with who judged the rows that had to reach a score, and by which rubric."""
    said = {name: settings[name] for name in SAID if settings.get(name) is not None}
    if "min_score" not in said:
        return said
    rubric = PureWindowsPath(settings.get("judge_rubric") or DEFAULT_RUBRIC)
    judged_by = {"judge_model": _opened(settings["judge_model"]), "judge_rubric": rubric.stem}
    return said | judged_by


def _opened(named: str) -> str:
    """Return the model in a name as users type it, KIND:MODEL."""
    kind, _, model = named.partition(":")
    if kind == _FAKE or not model:
        return kind
    return PureWindowsPath(model).name if kind in _FILES else _model(model)


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
    fake, private = False, private_run(path)
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


def _cleaned(role: Role) -> Role:
    return replace(role, models=tuple(map(_model, role.models)), fakes=tuple(map(_model, role.fakes)))


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _texts(value: Any) -> Iterable[str]:
    return [text for text in value if isinstance(text, str)] if isinstance(value, list | tuple) else []
