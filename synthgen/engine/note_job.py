"""An `annotate` run that is all prepared: what the user asked for, resolved and checked, before any model is opened."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from synthgen.annotation.fields import chosen
from synthgen.catalog import load_spec
from synthgen.engine.session import new_folder, stored_settings
from synthgen.errors import UsageError
from synthgen.formats.sources import source_of
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
    if stored and settings.origin is not None and settings.origin != stored.origin:
        raise UsageError(
            f"{out}: annotates {stored.origin}, not {settings.origin}.", hint="choose another --out for another source."
        )
    settings = checked(settings.over(stored or NOTE_DEFAULTS).over(NOTE_DEFAULTS))
    if settings.origin is None:
        raise UsageError(
            "nothing to annotate is named.", hint="give a run or a file: synthgen annotate dialogues.jsonl"
        )
    if stored is None:
        source_of(settings.origin)
    settings = replace(settings, topics=settings.topics or USUAL_SPEC)
    assert settings.origin is not None
    assert settings.topics is not None
    spec, path = load_spec(settings.topics)
    if not any(True for _ in spec.annotation.fields()):
        raise UsageError(
            f"--spec {settings.topics}: has no fields to annotate.",
            hint="add an `annotation` section, or use psy_insight.",
        )
    wanted = [name.strip() for name in (settings.fields or "").split(",") if name.strip()]
    return NoteJob(
        settings, out or new_folder(RECIPE), spec, path, chosen(spec.annotation, wanted), Path(settings.origin)
    )

