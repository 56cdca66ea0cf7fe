"""An `annotate` run that is all prepared: what the user asked for, resolved and checked, before any model is opened."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from synthgen.annotation.fields import chosen
from synthgen.catalog import load_spec
from synthgen.engine.origin import chosen_origin
from synthgen.engine.session import new_folder, stored_settings
from synthgen.errors import UsageError
from synthgen.row_settings import NOTE_DEFAULTS, NoteSettings
from synthgen.rules.annotation import AnnotationRules
from synthgen.settings import checked
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
    said = settings.origin
    settings = checked(settings.over(stored or NOTE_DEFAULTS).over(NOTE_DEFAULTS))
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
    origin = chosen_origin(said, stored.origin if stored else None, out, does="annotate")
    return NoteJob(replace(settings, origin=origin), out or new_folder(RECIPE), spec, path, rules, Path(origin))
