"""An `annotate` run that is all prepared: what the user asked for, resolved and checked, before any model is opened."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from synthgen.annotation.fields import chosen
from synthgen.catalog import load_spec
from synthgen.engine.session import new_folder, stored_settings
from synthgen.errors import FileError, UsageError
from synthgen.formats.rows import read_rows
from synthgen.formats.sources import STDIN
from synthgen.rules.annotation import AnnotationRules
from synthgen.settings import NOTE_DEFAULTS, NoteSettings, checked
from synthgen.spec import Spec

RECIPE = "annotate"
USUAL_SPEC = "psy_insight"


@dataclass(frozen=True, slots=True)
class NoteJob:
    """A run that is all prepared. `rules` are the fields wanted; `origin` is what is annotated, a file or a run."""

    settings: NoteSettings
    folder: Path
    spec: Spec
    spec_path: Path
    rules: AnnotationRules
    origin: Path

    @property
    def annotators(self) -> tuple[str, ...]:
        """What the calls of each annotator are for."""
        return ("annotate", "annotate_b") if self.settings.model_b else ("annotate",)


def prepare_notes(settings: NoteSettings, out: Path | None = None) -> NoteJob:
    """Return the job for settings: what was not said comes from the run in `out`, else from the defaults.

    Raises UsageError, SpecError, FileError or RunError.
    """
    stored = stored_settings(out, RECIPE, NoteSettings) if out is not None else None
    if stored and stored.origin and settings.origin and not _is_same(settings.origin, stored.origin):
        raise UsageError(
            f"{out}: annotates {stored.origin}, not {settings.origin}.", hint="choose another --out for another source."
        )
    settings = checked(settings.over(stored or NOTE_DEFAULTS).over(NOTE_DEFAULTS))
    origin = (stored and stored.origin) or settings.origin
    if origin is None:
        raise UsageError(
            "nothing to annotate is named.", hint="give a run or a file: synthgen annotate dialogues.jsonl"
        )
    topics = settings.topics or USUAL_SPEC
    settings = replace(settings, topics=topics)
    spec, path = load_spec(topics)
    if not any(True for _ in spec.annotation.fields()):
        raise UsageError(
            f"--spec {topics}: has no fields to annotate.",
            hint="add an `annotation` section, or use psy_insight.",
        )
    wanted = [name.strip() for name in (settings.fields or "").split(",") if name.strip()]
    rules = chosen(spec.annotation, wanted)
    if stored is None and origin != STDIN:
        _check_readable(origin)
    return NoteJob(replace(settings, origin=origin), out or new_folder(RECIPE), spec, path, rules, Path(origin))


def _check_readable(origin: str) -> None:
    """Raise FileError for a file that cannot be read or has no rows; that of all of them shows when they are."""
    if not any(True for _ in read_rows(origin)):
        raise no_rows(origin)


def no_rows(origin: str | Path) -> FileError:
    return FileError(f"{origin}: holds no rows.", hint="name a run or a file with dialogues.")


def _is_same(one: str, other: str) -> bool:
    """Whether two paths are of one file; what is on stdin can only be told by its name."""
    return one == other or (STDIN not in (one, other) and Path(one).resolve() == Path(other).resolve())
