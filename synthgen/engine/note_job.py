"""An `annotate` run that is all prepared: what the user asked for, resolved and checked, before any model is opened."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from synthgen.annotation.fields import chosen
from synthgen.catalog import load_spec
from synthgen.engine.origin import chosen_origin
from synthgen.engine.session import new_folder, stored_settings
from synthgen.errors import UsageError
from synthgen.formats.sources import LEDGER
from synthgen.row_settings import NOTE_DEFAULTS, NoteSettings
from synthgen.rules.annotation import TOPICS, AnnotationRules
from synthgen.settings import checked
from synthgen.spec import Spec, spec_of_run
from synthgen.store.ledger import Ledger

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
    said = settings.origin
    settings = checked(settings.over(stored or NOTE_DEFAULTS).over(NOTE_DEFAULTS))
    origin = chosen_origin(said, stored.origin if stored else None, out, does="annotate")
    # What a run says of its own spec is in its ledger, and an annotating run goes on without the run that it is of.
    own = None if settings.topics else _spec_of_run(origin, out if stored else Path(origin))
    if own is None:
        settings = replace(settings, topics=settings.topics or USUAL_SPEC)
    spec, path = own or load_spec(settings.topics or USUAL_SPEC)
    if not any(spec.annotation.fields()):
        raise UsageError(
            f"--spec {settings.topics}: has no fields to annotate.",
            hint="add an `annotation` section, or use psy_insight.",
        )
    wanted = [name.strip() for name in (settings.fields or "").split(",") if name.strip()]
    rules = chosen(spec.annotation, wanted)
    return NoteJob(replace(settings, origin=origin), out or new_folder(RECIPE), spec, path, rules, Path(origin))


def _spec_of_run(origin: str, told_by: Path | None) -> tuple[Spec, Path] | None:
    """Return the spec that the run in a folder tells of, if it has fields to annotate, and the file it was read from.

    Beside that file are its templates; the run that is annotated, at `origin`, knows it. Raises RunError or SpecError.
    """
    meta = _meta(told_by)
    if TOPICS not in meta.get("content", {}):
        return None
    spec = spec_of_run(meta)
    named = _meta(Path(origin)).get("settings", {}).get("topics")
    return (spec, Path(named or USUAL_SPEC)) if any(spec.annotation.fields()) else None


def _meta(folder: Path | None) -> dict[str, Any]:
    """Return what was noted about the run in a folder, nothing where there is none."""
    if folder is None or not (folder / LEDGER).is_file():
        return {}
    with closing(Ledger(folder, write=False)) as ledger:
        return ledger.meta()
